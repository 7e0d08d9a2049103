"""The mail that tells whoever has a case in hand that its last day is near: number and day, nothing of the matter."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

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


def of_decision(case: Case, step: Step, *, on: date, at: datetime) -> None:
    """Queue the mail about the last day of an open case."""
    _send(case, step, on, words.REMINDER_BODY, lambda lang: {}, at=at)


def of_duty(case: Case, step: Step, keys: Sequence[str], *, on: date, at: datetime) -> None:
    """Queue the mail about what is owed in a closed case: its terms by name."""
    terms = procedure(case.procedure).terms

    def owed(lang: Lang) -> dict[str, str]:
        return {"subject": "; ".join(say(terms[key].name, lang) for key in keys)}

    _send(case, step, on, words.DUTY_BODY, owed, at=at)


def _send(
    case: Case, step: Step, on: date, body: Words, more: Callable[[Lang], dict[str, str]], *, at: datetime
) -> None:
    """To the executor, else to the body's registrar; to nobody who may not see the case by now."""
    person = _whom(case, local(at).date())
    if person is None or not person.email:
        return
    lang = known(person.language)
    values = {"number": case.number, "due_on": long_date(on, lang), "body_name": case.body.name(lang), **more(lang)}
    letter = letters.compose(
        kind=KIND,
        case_number=case.number,
        body_code=case.body.code,
        body_names=case.body.names,
        body_address=case.body.address[lang],
        language=lang,
        text=law.LetterText(words.REMINDER_SUBJECT[lang], body[lang], frozenset(values)),
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
