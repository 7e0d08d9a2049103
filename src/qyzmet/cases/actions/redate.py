"""A calendar row changed: every case with a running term is dated again, and where a day moved that is a step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from qyzmet import rows
from qyzmet.cases import deadlines, later
from qyzmet.cases.dating import Days, Moved, Running, moved
from qyzmet.cases.models import CalendarOrder, Case, Deadline, Step
from qyzmet.cases.rules import begin_anew, procedure
from qyzmet.journal import actions as journal
from qyzmet.text.dates import ALMATY, local
from qyzmet.text.hashes import sha

BATCH = 500
READ = (
    "number", "procedure", "body", "state", "is_open", "registered_on", "due_on", "act_on", "steps_count",
    "last_leaf", "is_accusation", "language", "answer_language", "answer_channel",
)  # fmt: skip
"""What dating a case needs of it: not the appeal itself."""


@dataclass(frozen=True)
class Told:
    """Numbers of a batch that may be shown to anybody: of open cases, without those about a person's conduct."""

    seen: int = 0
    moved: int = 0
    letters: int = 0


@dataclass(frozen=True)
class Redated:
    """How far a run came: the last case looked at (None when all were), how many were looked at, how many moved."""

    after: int | None
    seen: int
    moved: int
    told: Told = Told()


@transaction.atomic
def redate_batch(*, after: int, at: datetime, batch: int = BATCH, order: CalendarOrder | None = None) -> Redated:
    """Date the next `batch` cases with an id above `after` again, in one transaction: stop and go on at will.

    Open cases, and closed ones in which a term of the person still runs: to complain, to go to court.
    `order`: the row that changed the calendar, for the letters to those whose last day moved to a later one.
    """
    cases = list(_locked(Case.objects.filter(_dated(local(at).date()), id__gt=after)).order_by("id")[:batch])
    if not cases:
        return Redated(None, 0, 0)
    done, letters = _date(cases, at, order)
    told = Told(sum(map(_counts, cases)), sum(_counts(one.case) for one in done), letters)
    return Redated(cases[-1].pk, len(cases), len(done), told)


@transaction.atomic
def redate_case(case_id: int, *, at: datetime, order: CalendarOrder | None = None) -> bool:
    """Date one open case again before the clock acts upon its day; whether a day of it moved."""
    cases = list(_locked(Case.objects.filter(is_open=True, pk=case_id)))
    return bool(cases and _date(cases, at, order)[0])


def _dated(today: date) -> Q:
    still = Deadline.objects.filter(case=OuterRef("pk"), is_open=True, on__gte=today)
    return Q(is_open=True) | Q(Exists(still))


def _counts(case: Case) -> bool:
    """Whether the case is one of those that a run counts: open, and about no person's conduct."""
    return case.is_open and not case.is_accusation


def _locked(found: QuerySet[Case]) -> QuerySet[Case]:
    # the body is not joined: PostgreSQL would leave out a case that is on its way to another body
    return found.select_for_update().prefetch_related("body").only(*READ)


def _date(cases: Sequence[Case], at: datetime, order: CalendarOrder | None) -> tuple[list[Moved], int]:
    """What moved, written; how many letters about cases that may be counted."""
    begin_anew()  # the rows are locked: who changes them from now on does it under the same calendar or a newer one
    days = Days()
    found = moved(cases, days, today=local(at).date())
    return found, _write(found, days, at, order)


def _told(found: Sequence[Moved], days: Days) -> dict[int, Deadline]:
    """Deadline id -> the columns that follow from its day: the day, and the way to it."""
    arrived = _arrivals([one.id for each in found for one in each.deadlines if one.key == "decision"])
    return {one.id: _deadline(each.case, one, arrived.get(one.id), days) for each in found for one in each.deadlines}


def _deadline(case: Case, one: Running, arrived: datetime | None, days: Days) -> Deadline:
    arrival = deadlines.arrival(arrived, case.body.cutoff) if arrived else None
    if arrival and arrived and deadlines.arrived_on(case, arrived, arrival) == one.start_on:
        due = deadlines.compute(case, one.key, on=one.start_on, count=one.length, arrival=arrival)
    else:
        due = days.due(case, one)
    return Deadline(pk=one.id, on=due.on, facts=list(due.facts), status=due.status)


def _arrivals(ids: Sequence[int]) -> dict[int, datetime]:
    """Deadline -> the local moment of the arrival that its explanation begins with, here or at a body before this one.

    It is told again with the day: what was late, or came on a day off, keeps its mark.
    """
    first = Deadline.objects.filter(pk__in=ids).values_list("id", "facts__0")
    return {pk: _almaty(fact["at"]) for pk, fact in first if fact and fact["fact"] == "received"}


def _almaty(at: str) -> datetime:
    """A local moment as a fact tells it."""
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


def _write(found: Sequence[Moved], days: Days, at: datetime, order: CalendarOrder | None) -> int:
    """A step and a journal row for each case, the days, and the letters; how many of those may be counted."""
    cases = [one.case for one in found]
    entries = journal.record_many(at=at, rows=[_row(case) for case in cases])
    steps = []
    for one, entry in zip(found, entries, strict=True):
        one.case.last_leaf = bytes(entry.leaf_hash)
        steps.append(_step(one, entry, at, order))
    told = _told(found, days)
    rows.insert_all(steps)
    rows.update_all(list(told.values()), ("on", "facts", "status"))
    rows.update_all(cases, ("due_on", "act_on", "steps_count", "last_leaf"))
    return later.tell(found, steps, told, order=order, at=at)


def _step(one: Moved, entry: Any, at: datetime, order: CalendarOrder | None) -> Step:
    case = one.case
    facts = {"due_on": case.due_on.isoformat() if case.due_on else None}
    if one.before and one.before != case.due_on:
        facts["before"] = one.before.isoformat()
    if order:
        facts["order"] = order.number
    return Step(
        case=case, n=case.steps_count, code="redate", at=at, actor="system", from_state=case.state,
        to_state=case.state, body_id=case.body_id, entry=entry,
        public=procedure(case.procedure).steps["redate"].public, facts=facts,
    )  # fmt: skip


def _row(case: Case) -> journal.Row:
    case.steps_count += 1
    content = {
        "case": case.number,
        "body": case.body.code,
        "event": "redate",
        "n": case.steps_count,
        "state": case.state,
        "note": sha(""),
    }
    return journal.Row(
        content=content,
        prev=bytes(case.last_leaf) if case.last_leaf else None,
        rule=None,
        due_on=case.due_on,
        sealed=case.is_accusation,
    )


def redate_all(*, at: datetime, after: int = 0, batch: int = BATCH) -> int:
    """Date every open case again; how many moved."""
    count = 0
    while True:
        done = redate_batch(after=after, at=at, batch=batch)
        if done.after is None:
            return count
        after, count = done.after, count + done.moved
