"""The mails that tell whoever has a case in hand that its last day is near, or that its clock stands: number and day,
nothing of the matter."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from qyzmet import law
from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Person
from qyzmet.cases import seen, words
from qyzmet.cases.models import Case, CaseLetter, Step
from qyzmet.cases.rules import rules
from qyzmet.letters import actions as letters
from qyzmet.text.dates import local, long_date
from qyzmet.text.languages import known

KIND = "reminder"


def horizon(today: date) -> date:
    """A case whose last day comes no later than this is reminded of today: the next working day.

    Past the last calendar row it is the next day.
    """
    try:
        return rules().calendar.next_working(today + timedelta(days=1))
    except law.OutOfCalendar:
        return today + timedelta(days=1)


def send(case: Case, step: Step, *, at: datetime) -> None:
    """Queue the mail to the executor, else to the body's registrar; to nobody who may not see the case by now."""
    person = _whom(case, local(at).date())
    if person and case.due_on:
        _mail(case, step, person, Words(words.REMINDER_SUBJECT, words.REMINDER_BODY, "due_on", case.due_on), at)


def send_standing(case: Case, step: Step, since: date, *, at: datetime) -> None:
    """Queue the mail that the clock still stands: to the executor, else to the registrar, and to the heads."""
    on = local(at).date()
    heads = [person for person in bodies.persons_with_role(case.body, "head", on) if _sees(person, case, on)]
    said = Words(words.STANDING_SUBJECT, words.STANDING_BODY, "stands_since", since)
    for person in dict.fromkeys([_whom(case, on), *heads]):
        if person:
            _mail(case, step, person, said, at)


class Words(NamedTuple):
    """What a mail says besides number and body: its texts, and the one day in them with its placeholder."""

    subject: Mapping[str, str]
    body: Mapping[str, str]
    name: str
    day: date


def _mail(case: Case, step: Step, person: Person, said: Words, at: datetime) -> None:
    if not person.email:
        return
    lang = known(person.language)
    placeholders = frozenset({"number", said.name, "body_name"})
    letter = letters.compose(
        kind=KIND,
        case_number=case.number,
        body_code=case.body.code,
        body_names=case.body.names,
        body_address=case.body.address[lang],
        language=lang,
        text=law.LetterText(said.subject[lang], said.body[lang], placeholders),
        values={"number": case.number, said.name: long_date(said.day, lang), "body_name": case.body.name(lang)},
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
