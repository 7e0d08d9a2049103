"""The calculator's answer as a page and as a file for calendars."""

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from qyzmet.law import NOT_KNOWN, Answer, BadCount, Fact, Law, MomentNeeded, OutOfCalendar, QuestionError, explain
from qyzmet.law.sentences import long_date, say
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.law import said
from qyzmet.portal.law.question import Question
from qyzmet.portal.law.year_page import weekday, words_of
from qyzmet.text.ical import Event

FIELDS: tuple[tuple[type[QuestionError], str], ...] = ((BadCount, "count"), (MomentNeeded, "hour"))
"""Beside which field an error of the law stands; all others stand beside the day."""
ARRIVAL = "received"
SEPARATOR = "\n"


def context(law: Law, question: Question, found: Answer) -> dict[str, Any]:
    """Everything the page shows of the answer."""
    procedure = law.procedure(question.kind)
    known = found.due.on if found.due.on != NOT_KNOWN else None
    return {
        "term": procedure.term(question.term).name[lang()],
        "due_on": known,
        "weekday": weekday(known) if known else "",
        "at": f"{found.due.at:%H:%M}" if found.due.at else "",
        "status": found.due.status,
        "status_words": say("status", found.due.status, lang()),
        "why": told(question, found, lang()),
        "others": _others(question, found),
        "skipped": _skipped(found.facts),
        "unverified": question.unverified,
        "year": (known or question.day).year,
    }


def told(question: Question, found: Answer, language: str) -> list[str]:
    """The way to the date in a language. Where no hour was given, no hour is told."""
    facts = found.facts
    if question.hour or not facts or facts[0]["fact"] != ARRIVAL:
        return explain(facts, language)
    with translation.override(language):
        opening = _("Received: %(day)s. No hour was given: within working hours.") % {
            "day": long_date(question.day, language)
        }
    return [opening.replace("г..", "г."), *explain(facts[1:], language)]


def _others(question: Question, found: Answer) -> list[dict[str, Any]]:
    return [
        {"lang": code, "name": name, "why": told(question, found, code)}
        for code, name in settings.LANGUAGES
        if code != lang()
    ]


def _skipped(facts: tuple[Fact, ...]) -> list[dict[str, Any]]:
    """Days on the way that did not count, each with its reason, in order and once."""
    off = {fact["date"]: fact for fact in facts if fact["fact"] in said.KINDS and fact["fact"] != "worked"}
    return [_day_off(date.fromisoformat(day), off[day]) for day in sorted(off)]


def _day_off(day: date, fact: Fact) -> dict[str, Any]:
    words = words_of(fact["fact"], fact["name"][lang()] if "name" in fact else "")
    return {"day": long_date(day, lang()), "weekday": weekday(day), "words": words}


def fault(error: QuestionError) -> tuple[str, str, str]:
    """The field an error belongs to, words that say what to do, and the cause of suspension it is about."""
    words = error.said(lang())
    if isinstance(error, OutOfCalendar) and error.code == "after_calendar":
        words = _(
            "The calendar is known until %(last)s, and the term ends later. Choose an earlier day, or ask again when "
            "the calendar of the next year is announced."
        ) % {"last": long_date(error.values["last"], lang())}
    field = next((name for kind, name in FIELDS if isinstance(error, kind)), "day")
    field = "unverified" if error.code == "not_switched_on" else field
    return field, f"{words} {_advice(error.code)}".strip(), str(error.values.get("code", ""))


def _advice(code: str) -> str:
    return {
        "before_calendar": _("Choose a later day."),
        "no_earlier_redaction": _("Choose a later day."),
        "no_later_redaction": _("Choose an earlier day."),
        "not_switched_on": _("Ask the body whether it applies this rule; if it does, tick the box."),
        "count_not_chosen": _("Leave the field empty."),
    }.get(code, "")


def event(law: Law, question: Question, found: Answer, *, link: str, made: datetime) -> Event:
    """The answer as an entry of a calendar. Its identifier follows from the question alone."""
    procedure = law.procedure(question.kind)
    names = {"term": procedure.term(question.term).name[lang()], "kind": procedure.name[lang()]}
    return Event(
        uid=str(uuid5(NAMESPACE_URL, f"qyzmet:date?{question.query}")),
        on=found.due.on,
        at=found.due.at,
        made=made,
        lang=lang(),
        summary=_("Last day: %(term)s (%(kind)s)") % names,
        description=SEPARATOR.join(told(question, found, lang())),
        url=link,
    )
