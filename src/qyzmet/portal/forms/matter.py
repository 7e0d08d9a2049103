"""What happened, which kind, which body, whom it is about, the text."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qyzmet.cases.accuse import ROOM
from qyzmet.cases.rules import rules
from qyzmet.law import Procedure
from qyzmet.look.forms import DayField
from qyzmet.portal.forms.fields import Files, OneOf, Question, Words, lang, say
from qyzmet.text.dates import local

FIRST = ("application", "complaint", "message", "request", "suggestion", "response")
"""The kinds of the Code, in the order of the page; what else the law offers to anybody follows."""
TEXT_LIMIT = 40_000
UNKNOWN = "?"
"""The body of somebody who does not know which one decides."""
NOT_KNOWN = "whose conduct"
"""Among what was asked about once: whose conduct it is. Whoever does not say it then does not know it."""


class What(Question):
    """The first page: a few words, from which a kind and bodies are suggested."""

    what = Words(
        limit=2000,
        lines=5,
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy(
            "A few words are enough. They help to find the right kind of appeal and the right body."
        ),
    )


EXAMPLES = {
    "application": gettext_lazy("For example: assign an allowance, permit a summer café, put a lamp into our yard."),
    "complaint": gettext_lazy(
        "For example: I was refused without a reason; nobody answered in time; my turn was given away."
    ),
    "message": gettext_lazy(
        "For example: rubbish is not taken away; a head makes the staff “like” the page of the office."
    ),
    "request": gettext_lazy(
        "For example: when the road will be repaired; how many appeals were answered in time last year."
    ),
    "suggestion": gettext_lazy("For example: move the bus stop nearer to the school."),
    "response": gettext_lazy("For example: thanks for the new library; what I think of the plan for the square."),
}
"""Everyday matters of each kind."""


def kinds() -> dict[str, Procedure]:
    """Code -> procedure of all that anybody may file here."""
    offered = {code: rule for code, rule in rules().procedures.items() if "portal" in rule.offered}
    return {code: offered[code] for code in (*(one for one in FIRST if one in offered), *offered)}


def everyday(kind: Procedure) -> str:
    """Everyday matters of the kind: those of this page, else those the law's folder gives."""
    return str(EXAMPLES.get(kind.code) or kind.everyday.get(lang(), ""))


class Kind(Question):
    """Which of the kinds the law offers, each with its definition and everyday examples."""

    kind = OneOf(label=gettext_lazy("Which kind of appeal is it?"), missing=gettext_lazy("Choose the kind of appeal"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = kinds()
        field: Any = self.fields["kind"]
        field.choices = [(code, kind.name[lang()]) for code, kind in found.items()]
        field.widget.hints = {code: f"{kind.definition[lang()]} {everyday(kind)}" for code, kind in found.items()}
        field.widget.folded = frozenset(found) - {*FIRST}
        field.widget.folded_words = _("Other kinds, each regulated by a law of its own")


class Body(Question):
    """One of the bodies found, or none known."""

    q = Words(limit=200, label=gettext_lazy("Name of the body, or what it takes care of"))
    body = OneOf(label=gettext_lazy("Bodies found"), missing=gettext_lazy("Choose a body, or “I don't know”"))

    def __init__(self, *args: Any, found: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["body"]
        field.choices = [(body.code, body.name(lang())) for body in found] + [(UNKNOWN, _("I don't know which body"))]
        field.label = field.label if found else _("Your choice")
        field.widget.hints = {body.code: body.duties[lang()] for body in found}
        field.widget.hints[UNKNOWN] = _("The city's top body takes the appeal and passes it to the one that decides.")


class About(Question):
    """Nobody, what a body did or did not do, or how a person behaved."""

    about = OneOf(
        label=gettext_lazy("Whom is it about?"),
        help_text=gettext_lazy(
            "If it is about a decision and about how an official behaved, choose how an official behaved."
        ),
        missing=gettext_lazy("Choose whom it is about"),
        choices=[
            ("nobody", gettext_lazy("Nobody in particular")),
            ("act", gettext_lazy("What a body decided, did or failed to do")),
            ("conduct", gettext_lazy("How an official behaved")),
        ],
        hints={
            "nobody": gettext_lazy("You ask, propose, report or apply for something."),
            "act": gettext_lazy("A decision, an action or silence of a body."),
            "conduct": gettext_lazy("Rudeness, pressure, unlawful demands, abuse of office."),
        },
    )


class Post(Question):
    """The post of the person complained of, or who it is in the person's own words."""

    post = OneOf(label=gettext_lazy("Whose conduct is it about?"), required=False)
    person = Words(
        limit=ROOM,
        label=gettext_lazy("Or say in your own words who it is"),
        help_text=gettext_lazy("Post, surname, where the person works: what you know."),
    )

    def __init__(self, *args: Any, posts: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["post"]
        field.choices = [*posts, ("", "")] if not posts else [*posts, ("other", _("Somebody else"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unsaid = "person" in cleaned and not cleaned["person"] and cleaned.get("post", "other") in ("", "other")
        if unsaid and NOT_KNOWN not in self.asked:
            self.doubted.append(NOT_KNOWN)
            said = _("Say whose conduct it is about: what you know. If you do not know, press the button again.")
            self.add_error("person", said)
        return cleaned


class Text(Question):
    """The appeal itself and the language it is written in."""

    text = Words(
        limit=TEXT_LIMIT,
        lines=14,
        label=gettext_lazy("Your appeal"),
        help_text=gettext_lazy(
            "What happened, when and where; what you ask for; what proves it. Write each question on a line of its own."
        ),
    )
    language = OneOf(
        label=gettext_lazy("In which language is it written?"),
        choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")],
        langs={"kk": "kk", "ru": "ru", "en": "en"},
    )

    learned = DayField(
        label=gettext_lazy("When did you learn of the act or of what was not done? (not required)"),
        help_text=gettext_lazy(
            "A complaint has a term from that day. One that comes late is taken too, and you may ask to restore "
            "the term."
        ),
        required=False,
    )
    untold = forms.BooleanField(
        required=False, label=gettext_lazy("The act did not say how to complain of it: the term is longer")
    )

    def __init__(self, *args: Any, complains: bool = False, **options: Any) -> None:
        """`complains`: whether it is a kind that has a term to be lodged in."""
        super().__init__(*args, **options)
        if not complains:
            del self.fields["learned"], self.fields["untold"]

    def clean_learned(self) -> date | None:
        day: date | None = self.cleaned_data["learned"]
        if day and day > local(timezone.now()).date():
            raise say("learned_after_filing")
        return day

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text:
            raise say("no_text")
        return text


class Attach(Question):
    """Files to go with the appeal."""

    file = Files(
        label=gettext_lazy("Choose files"),
        help_text=gettext_lazy(
            "PDF, JPG, PNG, DOCX, XLSX, ODT, TXT, MP3, MP4 or WEBM; up to 20 MB each, up to 10 files."
        ),
    )
