"""The decision on its way: draft, remark, signature."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qyzmet.cases import queries, signing
from qyzmet.cases.actions import Answer
from qyzmet.desk import names
from qyzmet.desk.forms.base import Setting, StepForm, carried
from qyzmet.desk.forms.fields import Area, Listed, One, OneFile, named_choices
from qyzmet.look import words

OWN_STEP = "terminated"
"""An outcome that no draft may have: ending the procedure is a step of its own."""


def lacks(setting: Setting) -> dict[str, list[str]]:
    """What the gate misses in the latest draft now, in words, by field; empty where no draft is being written."""
    drafts = setting.view.drafts
    found: dict[str, list[str]] = {}
    if drafts and drafts[0].stage != "signed":
        for lack in queries.draft_lacks(setting.case, drafts[0], setting.asking.at):
            found.setdefault(lack.where, []).append(words.say(lack.code, setting.lang, value=lack.value))
        for row in unanswering(setting):
            found.setdefault(row.where, []).append(names.finding(row, setting.lang))
    return found


def unanswering(setting: Setting) -> list[Any]:
    """What looks like no answer in the latest draft now, and nobody has overruled."""
    drafts = setting.view.drafts
    if not drafts or drafts[0].stage == "signed":
        return []
    rows = queries.draft_findings(setting.case, drafts[0], setting.asking.today)
    return [row for row in rows if row.overruled_id is None]


class DraftForm(StepForm):
    """A version of the decision, begun from the latest one."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    outcome = One(label=_("Outcome"))
    language = One(label=_("Language of the answer"))
    facts = Area(label=_("Facts that were found"), required=False)
    ground = Area(label=_("Legal ground"), help_text=_("Act and article."), required=False, max_length=4000)
    adverse = forms.BooleanField(
        label=_("This decision is against the person"),
        help_text=_("Where the outcome alone does not say so. An adverse decision needs a preliminary one first."),
        required=False,
    )
    exemption = Listed(label=_("Ground for deciding without a preliminary decision"), required=False)
    exemption_reason = Area(label=_("Why this ground applies"), required=False, max_length=4000)

    def prepare(self) -> None:
        rule, lang = self.setting.rule, self.setting.lang
        outcomes = {code: one for code, one in rule.outcomes.items() if code != OWN_STEP}
        self.choose_named("outcome", outcomes)
        allowed = [code for code in ("kk", self.setting.case.language) if code != "en"]
        self.choose("language", [(code, names.LANGUAGES[code]) for code in dict.fromkeys(allowed)])
        self.choose("exemption", [("", gettext("none")), *named_choices(rule.hearing_exemptions, lang)])
        if "preliminary" not in rule.steps:
            for name in ("adverse", "exemption", "exemption_reason"):
                del self.fields[name]
        self._add_questions()
        self._begin_from_latest()

    @property
    def refusals(self) -> list[tuple[str, str]]:
        """On which grounds the law lets the matter be refused: in words, and act with article."""
        lang = self.setting.lang
        return [(one.name[lang], one.source.said(lang)) for one in self.setting.rule.refusal_grounds.values()]

    def _add_questions(self) -> None:
        numbers = [question.n for question in self.setting.view.questions]
        for n in numbers:
            self.fields[f"answer_{n}"] = Area(label=gettext("Answer to question %(n)s") % {"n": n}, required=False)
            if len(numbers) > 1:
                self.fields[f"joined_{n}"] = self._joined([other for other in numbers if other != n])

    def _joined(self, others: list[int]) -> forms.ChoiceField:
        named = [(str(n), gettext("Question %(n)s") % {"n": n}) for n in others]
        label = gettext("… or joined to the answer to")
        return forms.ChoiceField(label=label, choices=[("", gettext("none")), *named], required=False)

    def _begin_from_latest(self) -> None:
        latest = self.latest
        self.initial = {"base": latest.n if latest else 0, "language": self.setting.case.answer_language}
        if latest is None:
            return
        kept = ("outcome", "language", "facts", "ground", "adverse", "exemption", "exemption_reason")
        self.initial |= {name: getattr(latest, name) for name in kept}
        for n, answer in latest.answers.items():
            self.initial |= {f"answer_{n}": answer.get("text", ""), f"joined_{n}": answer.get("joined_to") or ""}

    @property
    def latest(self) -> Any:
        """The version that stands now."""
        return self.setting.view.drafts[0] if self.setting.view.drafts else None

    def clean(self) -> None:
        """Nobody's newer version is written over unseen; what was typed stays in the form."""
        now = self.latest.n if self.latest else 0
        if self.cleaned_data.get("base", "") not in ("", str(now)):
            self.data = carried(self.data, base=str(now))
            author = self.latest.author.short_name()
            said = gettext("%(name)s has saved version %(n)s meanwhile. Compare, and save again to keep yours.")
            self.add_error(None, said % {"name": author, "n": now})

    def arguments(self, at: datetime) -> dict[str, Any]:
        given = {
            name: value for name, value in self.cleaned_data.items() if not name.startswith(("answer_", "joined_"))
        }
        del given["base"]
        return given | {"answers": dict(self._answers())}

    def _answers(self) -> Iterator[tuple[int, Answer]]:
        for question in self.setting.view.questions:
            joined = self.cleaned_data.get(f"joined_{question.n}")
            yield question.n, Answer(self.cleaned_data[f"answer_{question.n}"], int(joined) if joined else None)

    def asked(self) -> list[dict[str, Any]]:
        """The questions with their bound fields, for the template."""
        return [
            {
                "question": question,
                "answer": self[f"answer_{question.n}"],
                "joined": self[f"joined_{question.n}"] if f"joined_{question.n}" in self.fields else None,
                "lacks": self.missing.get(f"answer_{question.n}", []),
            }
            for question in self.setting.view.questions
        ]

    @property
    def looks_unanswered(self) -> bool:
        """Whether something in the latest version looks like no answer."""
        return bool(unanswering(self.setting))

    @property
    def missing(self) -> dict[str, list[str]]:
        """What the gate misses, by field; worked out once."""
        if not hasattr(self, "_missing"):
            self._missing = lacks(self.setting)
        return self._missing


class Overruling(StepForm):
    """A step at the gate: asks for a reason where something looks like no answer."""

    overrule = Area(
        label=_("Why this is an answer all the same"),
        help_text=_("Only if the remark above is wrong. Your words stand in the record of the case, for good."),
        required=False,
        max_length=2000,
    )

    def prepare(self) -> None:
        if not unanswering(self.setting):
            del self.fields["overrule"]


class SendBack(StepForm):
    """What must be changed."""

    remark = Area(label=_("What must be changed"))


class Sign(Overruling):
    """The way of signing."""

    provider = One(label=_("How you sign"))
    paper = OneFile(label=_("The signed file"), required=False)

    def prepare(self) -> None:
        super().prepare()
        ways = [(code, names.SIGNING[code]) for code in signing.available()]
        self.choose("provider", ways)
        self.fields["provider"].initial = ways[0][0] if len(ways) == 1 else None
