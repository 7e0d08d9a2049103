"""A procedure as a page: what it is, its picture, its steps in words, its terms, its lists, letters and examples."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qyzmet import law
from qyzmet.cases.rules import rules
from qyzmet.law import Example, Procedure, Step
from qyzmet.law.draw import svg
from qyzmet.law.letter_list import letter_codes, letter_name, readable
from qyzmet.law.lists import lists, opening
from qyzmet.law.paths import numbers
from qyzmet.law.picture import picture
from qyzmet.law.sentences import long_date, say
from qyzmet.letters.paragraphs import paragraphs
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.law import said, terms_said
from qyzmet.portal.law.question import SUSPENDED, UNVERIFIED
from qyzmet.text.languages import LANGS

ASKED = {"procedure", "says", "received", "term", "count", "cutoff", "suspended", "switched_on"}
FOUND = {"registered_on", "due_on", "due_at", "status", "error"}
"""Parts of an example: what the calculator can be asked with, and what comes out."""


def context(procedure: Procedure, on: date, *, only: bool) -> dict[str, Any]:
    """Everything the page shows. `only`: as of the day `on`, without the redactions of other days."""
    return {
        "kind": procedure,
        "chapter": said.CHAPTERS[procedure.chapter],
        "begins": begins(procedure),
        "source": terms_said.source(procedure.source),
        "drawing": _drawing(procedure),
        "states": [_state(procedure, code) for code in procedure.states],
        "steps": [_step(procedure, step, number) for step, number in _numbered(procedure)],
        "terms": terms_said.all_terms(procedure, on, only=only),
        "outcomes": [_outcome(one) for one in procedure.outcomes.values()],
        "sections": sections(procedure),
        "letters": [_letter(procedure, code) for code in letter_codes(rules(), procedure)],
        "examples": [_example(one) for one in _examples(procedure)],
    }


def begins(procedure: Procedure) -> list[Any]:
    """Who may take the first step, in words."""
    return [said.ROLES[role] for role in opening(procedure)]


def _drawing(procedure: Procedure) -> SafeString:
    title = _("States of: %(name)s") % {"name": procedure.name[lang()]}
    about = _(
        "Boxes are states, lines are steps with their numbers. The tables after the picture say the same in words."
    )
    return SafeString(svg(picture(procedure, lang()), title=title, description=about, name="states"))  # escaped there


def _state(procedure: Procedure, code: str) -> dict[str, Any]:
    state = procedure.states[code]
    return {"name": state.name[lang()], "open": state.open, "waits": said.WAITS[state.waits]}


def _numbered(procedure: Procedure) -> list[tuple[Step, int]]:
    return [(procedure.steps[code], number) for code, number in numbers(procedure).items()]


def _step(procedure: Procedure, step: Step, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "name": step.name[lang()],
        "who": [said.ROLES[role] for role in step.who],
        "when": _when(procedure, step),
        "to": [_place(procedure, place) for place in (step.to, *step.also)],
        "starts": [procedure.terms[key].name[lang()] for key in step.starts],
        "ends": [procedure.terms[key].name[lang()] for key in step.ends],
        "letter": letter_name(procedure, step.letter).get(lang(), step.letter) if step.letter else "",
        "public": step.public,
        "not_while": [one.name[lang()] for one in _causes(procedure, step.not_while)],
        "source": terms_said.source(step.source),
    }


def _causes(procedure: Procedure, codes: tuple[str, ...]) -> list[law.Suspension]:
    """Causes of suspension in their newest redaction."""
    found = (law.cause_named(procedure, code, date.max) for code in codes)
    return [one for one in found if one]


def _when(procedure: Procedure, step: Step) -> list[str]:
    """The states in which the step may be taken; "any" and "any open" in a word."""
    if not step.from_:
        return [_("it opens the case")]
    if set(step.from_) == set(procedure.states):
        return [_("any")]
    is_open = {state.code for state in procedure.states.values() if state.open}
    if set(step.from_) == is_open and len(is_open) > 1:
        return [_("any in which the case is open")]
    return [procedure.states[code].name[lang()] for code in step.from_]


def _place(procedure: Procedure, place: str) -> str:
    if place == "same":
        return _("stays where it is")
    return _("back to the state before") if place == "back" else procedure.states[place].name[lang()]


def _outcome(found: law.Outcome) -> dict[str, Any]:
    return {
        "name": found.name[lang()],
        "adverse": said.ADVERSE[found.adverse],
        "source": terms_said.source(found.source),
    }


def sections(procedure: Procedure) -> list[dict[str, Any]]:
    """Every list of named entries with sources that the procedure has."""
    return [
        {"heading": said.SECTIONS[name], "entries": [_entry(one) for one in entries]}
        for name, entries in lists(procedure).items()
    ]


def _entry(one: Any) -> dict[str, Any]:
    note = getattr(one, "note", {})
    return {"name": one.name[lang()], "note": note.get(lang(), ""), "source": terms_said.source(one.source)}


def _letter(procedure: Procedure, code: str) -> dict[str, Any]:
    """A letter in all languages, the reader's first."""
    texts = []
    for language in (lang(), *(one for one in LANGS if one != lang())):
        text = readable(law.letter_text(procedure, code, language), language)
        texts.append({"lang": language, "subject": text.subject, "paragraphs": paragraphs(text.body)})
    return {"code": code, "name": letter_name(procedure, code).get(lang(), texts[0]["subject"]), "texts": texts}


def _examples(procedure: Procedure) -> tuple[Example, ...]:
    try:
        return law.examples(procedure)
    except law.LawError:  # a city's own procedure may have none
        return ()


def _example(one: Example) -> dict[str, Any]:
    received = rules().registration.local(one.received)
    return {
        "says": one.says[lang()],
        "received": f"{long_date(received.date(), lang())}, {received:%H:%M:%S}".removesuffix(":00"),
        "registered_on": long_date(one.registered_on, lang()) if one.registered_on else "",
        "due_on": long_date(one.due_on, lang()) if one.due_on else "",
        "status": one.status,
        "status_words": say("status", one.status, lang()) if one.status else "",
        "href": _calculator(one, received),
    }


def _calculator(one: Example, received: datetime) -> str:
    """The calculator, filled in with what happened in the example; "" for a thing the calculator does not ask about."""
    others = {part.name for part in fields(one)} - ASKED - FOUND
    if any(getattr(one, name) for name in others):
        return ""
    asked: dict[str, Any] = {"kind": one.procedure, "term": one.term, "day": f"{received:%Y-%m-%d}"}
    asked["hour"] = f"{received:%H:%M:%S}".removesuffix(":00")
    asked |= {"count": one.count} if one.count else {}
    asked |= {"closing": f"{one.cutoff:%H:%M}"} if one.cutoff else {}
    asked |= {SUSPENDED: [str(stretch) for stretch in one.suspended]}
    asked |= {UNVERIFIED: 1} if one.switched_on else {}
    return f"{reverse('portal:law_date')}?{urlencode(asked, doseq=True)}"
