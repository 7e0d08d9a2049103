"""What every form of a step knows and does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from qyzmet.cases import papers, queries
from qyzmet.cases.rules import rules
from qyzmet.desk.asking import Asking
from qyzmet.desk.forms.fields import named_choices
from qyzmet.law import Procedure
from qyzmet.look import words
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Refused

FIELD_OF = {
    "reason_needed": ("reason", "how", "text", "ground"),
    "no_text": ("text", "question"),
    "not_assignable": ("executor_id", "person_id"),
    "executor_already": ("person_id",),
    "unknown_body": ("body",),
    "same_body": ("body",),
    "body_answers_to_accused": ("body",),
    "unknown_post": ("post_code",),
    "unknown_defect": ("defects",),
    "unknown_ground": ("ground", "late_ground"),
    "unknown_cause": ("cause",),
    "stands_already": ("first",),
    "nothing_to_stop": ("first",),
    "standstill_before_term": ("first",),
    "standstill_backwards": ("last",),
    "standstill_open_ahead": ("last",),
    "standstill_past_calendar": ("last",),
    "standstill_only_shorter": ("last",),
    "earlier_case_needed": ("parent",),
    "cure_period_not_over": ("ground",),
    "law_cannot_answer": ("days",),
    "extension_too_short": ("days",),
    "unknown_outcome": ("outcome",),
    "outcome_does_not_satisfy": ("outcome",),
    "unknown_exemption": ("exemption",),
    "hearing_in_past": ("day",),
    "place_needed": ("place",),
    "protocol_needed": ("protocol",),
    "complainant_named": ("question",),
    "overrule_reason_short": ("overrule",),
    "remark_needed": ("remark",),
    "signed_file_needed": ("paper",),
    "signed_paper_needed": ("paper",),
    "file_needed": ("papers",),
    "file_empty": ("papers", "paper"),
    "file_too_large": ("papers", "paper"),
    "file_type": ("papers", "paper"),
    "too_many_files": ("papers",),
    "unknown_signature": ("provider", "how"),
    "identity_check_needed": ("identity",),
    "register_number": ("number",),
    "delivery_date_impossible": ("day",),
}
"""Beside which field the words of a refusal stand; the first that the form has."""


@dataclass(frozen=True)
class Setting:
    """The case as its reader sees it, and who asks: what a form needs to draw its choices."""

    view: queries.CaseView
    asking: Asking

    @property
    def case(self) -> Any:
        """The case."""
        return self.view.case

    @property
    def rule(self) -> Procedure:
        """The case's procedure."""
        return rules().procedure(self.case.procedure)

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.asking.lang


def say_required(form: forms.Form) -> None:
    """Let each field say by its own name that it must be filled in: the summary above the form repeats the words."""
    for field in form.fields.values():
        field.error_messages["required"] = _("“%(field)s” must be filled in") % {"field": field.label}


def carried(data: Any, **values: str) -> Any:
    """What was sent, with values that the form carries along to the next sending."""
    data = data.copy()
    for name, value in values.items():
        data[name] = value
    return data


class StepForm(forms.Form):
    """The form of one step. Its fields are named as the action's arguments, unless `arguments` says otherwise."""

    def __init__(self, setting: Setting, *, grave: bool, data: Any = None, files: Any = None, **options: Any) -> None:
        self.setting = setting
        super().__init__(data, files, **options)
        self.prepare()
        if grave:
            label = _("I have checked it. This step cannot be undone.")
            self.fields["sure"] = forms.BooleanField(label=label)
        say_required(self)
        if grave:
            self.fields["sure"].error_messages["required"] = _("Confirm that you have checked it")

    def prepare(self) -> None:
        """Fill in the choices that follow from the case."""

    def choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """What the field called `name` offers."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def choose_named(self, name: str, named: Mapping[str, Any]) -> None:
        """The field called `name` offers what the law names: defects, grounds, outcomes."""
        self.choose(name, named_choices(named, self.setting.lang))

    def arguments(self, at: datetime) -> dict[str, Any]:
        """What the action is called with. Files are kept here, inside the transaction of the action."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "sure"}
        return {name: self._kept(name, value, at) for name, value in given.items() if not self._no_file(name, value)}

    def kinds(self) -> Mapping[str, tuple[str, str]]:
        """Field of files -> kind and origin of the papers that it brings."""
        return {"papers": ("attachment", "official"), "paper": ("signature", "official")}

    def _no_file(self, name: str, value: Any) -> bool:
        return name in self.kinds() and not value

    def _kept(self, name: str, value: Any, at: datetime) -> Any:
        if name not in self.kinds():
            return value
        kept = [self._keep(name, file, at) for file in (value if isinstance(value, list) else [value])]
        return kept if isinstance(value, list) else kept[0]

    def _keep(self, name: str, file: Any, at: datetime) -> Any:
        kind, origin = self.kinds()[name]
        by = self.setting.asking.who.person
        return papers.keep(file, name=file.name, kind=kind, origin=origin, at=at, by=by)

    def refuse(self, refused: Refused) -> None:
        """Put the words of a refusal beside its field, or above the form."""
        if refused.kind == "gate":
            self.refuse_gate(refused)
            return
        wanted = FIELD_OF.get(refused.code, ())
        field = next((name for name in wanted if name in self.fields), None)
        self.add_error(field, words.refusal(refused, self.setting.lang))

    def refuse_gate(self, refused: Refused) -> None:
        """What the gate misses, above the form, or beside the field where the form has it."""
        for lack in refused.values["lacks"]:
            field = lack.where if lack.where in self.fields else None
            self.add_error(field, words.say(lack.code, self.setting.lang, value=lack.value, count=lack.count))

    @property
    def refused_by(self) -> str:
        """'input' if a field is wrong, else 'state'."""
        return "state" if set(self.errors) == {NON_FIELD_ERRORS} else "input"


class Plain(StepForm):
    """A step without anything to fill in."""
