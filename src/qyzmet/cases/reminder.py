"""The mails that tell whoever has a case in hand that its last day is near, that something is owed after its end, or
that its clock stands: number and day, nothing of the matter."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from qyzmet import law
from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Person
from qyzmet.cases import seen, words
from qyzmet.cases.models import Case, CaseLetter, Step
from qyzmet.cases.rules import procedure, rules
from qyzmet.letters import actions as letters
from qyzmet.text.dates import local, long_date
from qyzmet.text.languages import Lang, Words, known, say

KIND = "reminder"


def horizon(today: date) -> date:
    """A case whose last day comes no later than this is reminded of today: the next working day.

    Past the last calendar row it is the next day.
    """
    try:
        return rules().calendar.next_working(today + timedelta(days=1))
    except law.OutOfCalendar:
        return today + timedelta(days=1)


class Said(NamedTuple):
    """What a mail says besides number and body: its texts, and the values of their other placeholders."""

    subject: Words
    body: Words
    values: Callable[[Lang], dict[str, str]]


def of_decision(case: Case, step: Step, *, on: date, at: datetime) -> None:
    """Queue the mail about the last day of an open case."""
    said = Said(words.REMINDER_SUBJECT, words.REMINDER_BODY, lambda lang: {"due_on": long_date(on, lang)})
    _tell(case, step, said, at)


def of_duty(case: Case, step: Step, keys: Sequence[str], *, on: date, at: datetime) -> None:
    """Queue the mail about what is owed in a closed case: its terms by name."""
    terms = procedure(case.procedure).terms

    def owed(lang: Lang) -> dict[str, str]:
        return {"due_on": long_date(on, lang), "subject": "; ".join(say(terms[key].name, lang) for key in keys)}

    _tell(case, step, Said(words.REMINDER_SUBJECT, words.DUTY_BODY, owed), at)


def of_standing(case: Case, step: Step, *, since: date, at: datetime) -> None:
    """Queue the mail that the clock still stands: to the heads besides."""
    on = local(at).date()
    heads = [person for person in bodies.persons_with_role(case.body, "head", on) if _sees(person, case, on)]
    said = Said(words.STANDING_SUBJECT, words.STANDING_BODY, lambda lang: {"stands_since": long_date(since, lang)})
    _tell(case, step, said, at, besides=heads)


def _tell(case: Case, step: Step, said: Said, at: datetime, *, besides: Sequence[Person] = ()) -> None:
    """To the executor, else to the body's registrar; to nobody who may not see the case by now. Each once."""
    for person in dict.fromkeys([_whom(case, local(at).date()), *besides]):
        if person and person.email:
            _mail(case, step, person, said, at)


def _mail(case: Case, step: Step, person: Person, said: Said, at: datetime) -> None:
    lang = known(person.language)
    values = {"number": case.number, "body_name": case.body.name(lang), **said.values(lang)}
    letter = letters.compose(
        kind=KIND,
        case_number=case.number,
        body_code=case.body.code,
        body_names=case.body.names,
        body_address=case.body.address[lang],
        language=lang,
        text=law.LetterText(said.subject[lang], said.body[lang], frozenset(values)),
        values=values,
        to=letters.Recipient(person.full_name(), email=person.email),
        official=letters.Official(""),
        channels=("email",),
        at=at,
    )
    CaseLetter.objects.create(case=case, step=step, letter=letter, reader="body")


def _whom(case: Case, on: date) -> Person | None:
    if case.executor and _sees(case.executor, case, on):
        return case.executor
    first = bodies.registrar_of(case.body, on)
    others = bodies.persons_with_role(case.body, "registrar", on)
    return next((person for person in [first, *others] if person and _sees(person, case, on)), None)


def _sees(person: Person, case: Case, on: date) -> bool:
    return seen.may_see(seen.reader(person, on), case.pk)
