"""A calendar row changed: every case with a running term is dated again, and where a day moved that is a step."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from qyzmet import law, rows
from qyzmet.cases import deadlines
from qyzmet.cases.models import Case, Deadline, Step
from qyzmet.cases.rules import procedure
from qyzmet.journal import actions as journal
from qyzmet.text.dates import local
from qyzmet.text.hashes import sha

BATCH = 500
READ = (
    "number", "procedure", "body", "state", "is_open", "registered_on", "due_on", "act_on", "steps_count",
    "last_leaf", "is_accusation",
)  # fmt: skip
"""What dating a case needs of it: not the appeal itself."""


@dataclass(frozen=True)
class Redated:
    """How far a run came: the last case looked at (None when all were), how many were looked at, how many moved."""

    after: int | None
    seen: int
    moved: int


class Running(NamedTuple):
    """An open deadline without the way to its day, which is read by nobody until the day moves."""

    id: int
    case: int
    key: str
    start_on: date
    length: int | None
    on: date
    whose: str


class Moved(NamedTuple):
    """A case with its new days, and those of its deadlines that moved."""

    case: Case
    deadlines: list[Running]


@transaction.atomic
def redate_batch(*, after: int, at: datetime, batch: int = BATCH) -> Redated:
    """Date the next `batch` cases with an id above `after` again, in one transaction: stop and go on at will.

    Open cases, and closed ones in which a term of the person still runs: to complain, to go to court.
    """
    today = local(at).date()
    # not joined: PostgreSQL would leave out a case that is on its way to another body
    found = Case.objects.select_for_update().prefetch_related("body").only(*READ).filter(_dated(today), id__gt=after)
    cases = list(found.order_by("id")[:batch])
    if not cases:
        return Redated(None, 0, 0)
    running, days = _running(cases, today), Days()
    moved = [one for case in cases if (one := _redate(case, running[case.pk], days))]
    _write(moved, days, at)
    return Redated(cases[-1].pk, len(cases), len(moved))


def _dated(today: date) -> Q:
    still = Deadline.objects.filter(case=OuterRef("pk"), is_open=True, on__gte=today)
    return Q(is_open=True) | Q(Exists(still))


def _running(cases: Sequence[Case], today: date) -> dict[int, list[Running]]:
    """Case id -> its running deadlines, in the order in which they were begun.

    In an open case those that are over count too: they may turn out not to be.
    """
    found: dict[int, list[Running]] = defaultdict(list)
    closed = {case.pk for case in cases if not case.is_open}
    open_ones = Deadline.objects.filter(case_id__in=[case.pk for case in cases], is_open=True).order_by("id")
    for row in open_ones.values_list("id", "case_id", "key", "start_on", "count", "on", "whose"):
        one = Running._make(row)
        if one.case not in closed or one.on >= today:
            found[one.case].append(one)
    return found


class Days:
    """What the law was asked for already: cases of a batch share kinds and first days."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], law.Due] = {}

    def due(self, case: Case, one: Running) -> law.Due:
        """The day of this deadline under the calendar of now; what found its first day changes the way, not the day."""
        key = (case.procedure, case.registered_on, one.key, one.start_on, one.length)
        if key not in self._known:
            self._known[key] = deadlines.compute(case, one.key, on=one.start_on, count=one.length)
        return self._known[key]


def _redate(case: Case, running: Sequence[Running], days: Days) -> Moved | None:
    """Give the case its days under the calendar of now; None where no day of it moved."""
    dated = [one._replace(on=days.due(case, one).on) for one in running]
    changed = [new for old, new in zip(running, dated, strict=True) if old.on != new.on]
    if not changed:
        return None
    deadlines.set_days(case, dated)
    return Moved(case, changed)


def _told(moved: Sequence[Moved], days: Days) -> list[Deadline]:
    """The columns of the deadlines that follow from their days: the days, and the way to them."""
    arrived = _arrivals([one.id for each in moved for one in each.deadlines if one.key == "decision"])
    return [_deadline(each.case, one, arrived.get(one.id), days) for each in moved for one in each.deadlines]


def _deadline(case: Case, one: Running, arrived: datetime | None, days: Days) -> Deadline:
    arrival = deadlines.arrival(arrived, case.body.cutoff) if arrived else None
    if arrival and arrival.on == one.start_on:
        due = deadlines.compute(case, one.key, on=one.start_on, count=one.length, arrival=arrival)
    else:
        due = days.due(case, one)
    return Deadline(pk=one.id, on=due.on, facts=list(due.facts), status=due.status)


def _arrivals(ids: Sequence[int]) -> dict[int, datetime]:
    """Deadline -> the local moment of the arrival that its explanation begins with, here or at a body before this one.

    It is told again with the day: what was late, or came on a day off, keeps its mark.
    """
    told = Deadline.objects.filter(pk__in=ids).values_list("id", "facts")
    first = [(pk, facts[0]) for pk, facts in told if facts]
    return {pk: datetime.fromisoformat(fact["at"]) for pk, fact in first if fact["fact"] == "received"}


def _write(moved: Sequence[Moved], days: Days, at: datetime) -> None:
    """A step and a journal row for each case, and the days."""
    cases = [one.case for one in moved]
    entries = journal.record_many(at=at, rows=[_row(case) for case in cases])
    steps = []
    for case, entry in zip(cases, entries, strict=True):
        case.last_leaf = bytes(entry.leaf_hash)
        steps.append(
            Step(
                case=case, n=case.steps_count, code="redate", at=at, actor="system", from_state=case.state,
                to_state=case.state, body_id=case.body_id, entry=entry,
                public=procedure(case.procedure).steps["redate"].public,
                facts={"due_on": case.due_on.isoformat() if case.due_on else None},
            )
        )  # fmt: skip
    rows.insert_all(steps)
    rows.update_all(_told(moved, days), ("on", "facts", "status"))
    rows.update_all(cases, ("due_on", "act_on", "steps_count", "last_leaf"))


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
    moved = 0
    while True:
        done = redate_batch(after=after, at=at, batch=batch)
        if done.after is None:
            return moved
        after, moved = done.after, moved + done.moved
