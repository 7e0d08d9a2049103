"""The letter to a person whose case has a later last day than was announced, because the calendar changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from qyzmet.cases import post_room, words
from qyzmet.cases.dating import DECISION, Moved
from qyzmet.cases.models import CalendarOrder, Case, Deadline, Party, Step
from qyzmet.cases.moved_days import of
from qyzmet.letters.models import Letter
from qyzmet.text.dates import long_date
from qyzmet.text.languages import Lang

CODE = "redated"


def tell(
    found: Sequence[Moved],
    steps: Sequence[Step],
    told: Mapping[int, Deadline],
    *,
    order: CalendarOrder | None,
    at: datetime,
) -> int:
    """Write and queue the letters of a batch, whose `steps` and deadlines (`told`, by id) are written already.

    As many statements for many letters as for one. How many, of cases about no person's conduct.
    """
    late = [(one, step) for one, step in zip(found, steps, strict=True) if one.is_later]
    people = _people([one.case for one, _ in late])
    letters = [(_written(one, told, people.get(one.case.pk) or Party(name=""), order, at), step) for one, step in late]
    post_room.keep_all([(written, step, where) for (written, where), step in letters])
    return sum(not one.case.is_accusation for one, _ in late)


def _people(cases: Sequence[Case]) -> dict[int, Party]:
    """Case id -> who filed it."""
    found = Party.objects.filter(case_id__in=[case.pk for case in cases]).order_by("-n") if cases else []
    return {person.case_id: person for person in found}


def _written(
    one: Moved, told: Mapping[int, Deadline], person: Party, order: CalendarOrder | None, at: datetime
) -> tuple[list[Letter], post_room.Envelope]:
    case = one.case
    due = next(told[row.id] for row in one.deadlines if row.key in DECISION and row.on == case.due_on)
    where = post_room.applicant_envelope(case, person)
    own: post_room.Values = {"due_before": _day(one.before), "reason": lambda lang: why(order, lang)}
    filling = post_room.Filling(case, case.body, at, None, due, person, own, unsigned=True)
    return post_room.write(filling, CODE, where), where


def _day(day: date | None) -> post_room.Told:
    return lambda lang: long_date(day, lang) if day else ""


def why(order: CalendarOrder | None, lang: Lang) -> str:
    """Which change of the calendar moved the days."""
    if order is None:
        return words.REDATED[lang]
    if order.cancels:
        said = words.ORDER_GONE[lang].format(order=of(order.cancels).cited, url=order.url)
    else:
        said = words.NEW_ORDER[lang].format(order=of(order).cited, url=order.url)
    return f"{words.REDATED[lang]}: {said}"
