"""The mail that tells whoever has a case in hand that its last day is near: number and day, nothing of the matter."""

from datetime import date, datetime, timedelta

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
    if person is None or not person.email or case.due_on is None:
        return
    lang = known(person.language)
    letter = letters.compose(
        kind=KIND,
        case_number=case.number,
        body_code=case.body.code,
        body_names=case.body.names,
        body_address=case.body.address[lang],
        language=lang,
        text=law.LetterText(
            words.REMINDER_SUBJECT[lang], words.REMINDER_BODY[lang], frozenset({"number", "due_on", "body_name"})
        ),
        values={
            "number": case.number,
            "due_on": long_date(case.due_on, lang),
            "body_name": case.body.name(lang),
        },
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
