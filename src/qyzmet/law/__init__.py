"""The law as data: procedures, terms, calendars and the way to every date. Pure: no Django, no clock, no network."""

from qyzmet.law.answer import Answer, answer
from qyzmet.law.calendar import Calendar, DayRow
from qyzmet.law.due import NOT_KNOWN, Due, due, not_known
from qyzmet.law.errors import (
    BadCount,
    BadSuspension,
    LawError,
    MomentNeeded,
    NoRedaction,
    OutOfCalendar,
    QuestionError,
    UnknownProcedure,
    UnknownTerm,
)
from qyzmet.law.examples import Example, examples
from qyzmet.law.explain import explain
from qyzmet.law.facts import Fact
from qyzmet.law.letters import LetterText, letter_text
from qyzmet.law.load import KZ, Law, kz, load
from qyzmet.law.procedure import NEEDS, Named, Need, Outcome, Procedure, Quota, State, Step, Suspension, may
from qyzmet.law.registration import Registration, registration, taken_at_once
from qyzmet.law.statuses import STATUSES, worst
from qyzmet.law.suspended import Interval, cause_named, causes, stands_since, stopping, whole
from qyzmet.law.terms import Source, Term, Value
from qyzmet.law.words import LANGS
from qyzmet.law.write_calendar import calendar_text

__all__ = [
    "KZ",
    "LANGS",
    "NEEDS",
    "NOT_KNOWN",
    "STATUSES",
    "Answer",
    "BadCount",
    "BadSuspension",
    "Calendar",
    "DayRow",
    "Due",
    "Example",
    "Fact",
    "Interval",
    "Law",
    "LawError",
    "LetterText",
    "MomentNeeded",
    "Named",
    "Need",
    "NoRedaction",
    "OutOfCalendar",
    "Outcome",
    "Procedure",
    "QuestionError",
    "Quota",
    "Registration",
    "Source",
    "State",
    "Step",
    "Suspension",
    "Term",
    "UnknownProcedure",
    "UnknownTerm",
    "Value",
    "answer",
    "calendar_text",
    "cause_named",
    "causes",
    "due",
    "examples",
    "explain",
    "kz",
    "letter_text",
    "load",
    "may",
    "not_known",
    "registration",
    "stands_since",
    "stopping",
    "taken_at_once",
    "whole",
    "worst",
]
