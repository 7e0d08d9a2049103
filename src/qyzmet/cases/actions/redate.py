"""A calendar row changed: every open case is dated again, and where a day moved that is a step of the case."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from qyzmet import law, rows
from qyzmet.cases import deadlines
from qyzmet.cases.models import Case, Deadline, Step
from qyzmet.cases.rules import procedure
from qyzmet.journal import actions as journal
from qyzmet.text.hashes import sha

BATCH = 500
READ = (
    "number", "procedure", "body", "state", "received_at", "registered_on", "due_on", "act_on", "steps_count",
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
    """A case with its new days, and the deadlines behind them."""

    case: Case
    deadlines: list[Deadline]


@transaction.atomic
def redate_batch(*, after: int, at: datetime, batch: int = BATCH) -> Redated:
    """Date the next `batch` open cases with an id above `after` again, in one transaction: stop and go on at will."""
    # not joined: PostgreSQL would leave out a case that is on its way to another body
    found = Case.objects.select_for_update().prefetch_related("body").only(*READ).filter(is_open=True, id__gt=after)
    cases = list(found.order_by("id")[:batch])
    if not cases:
        return Redated(None, 0, 0)
    running, days = _running(cases), Days()
    moved = [one for case in cases if (one := _redate(case, running[case.pk], days))]
    _write(moved, at)
    return Redated(cases[-1].pk, len(cases), len(moved))


def _running(cases: Sequence[Case]) -> dict[int, list[Running]]:
    """Case id -> its open deadlines, in the order in which they were begun."""
    found: dict[int, list[Running]] = defaultdict(list)
    open_ones = Deadline.objects.filter(case_id__in=[case.pk for case in cases], is_open=True).order_by("id")
    for row in open_ones.values_list("id", "case_id", "key", "start_on", "count", "on", "whose"):
        one = Running._make(row)
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
    changed = [_changed(case, new, days) for old, new in zip(running, dated, strict=True) if old.on != new.on]
    if not changed:
        return None
    deadlines.set_days(case, dated)
    return Moved(case, changed)


def _changed(case: Case, one: Running, days: Days) -> Deadline:
    """The columns of a deadline that follow from its day."""
    arrival = _arrival(case, one)
    if arrival:
        due = deadlines.compute(case, one.key, on=one.start_on, count=one.length, arrival=arrival)
    else:
        due = days.due(case, one)
    return Deadline(pk=one.id, on=due.on, facts=list(due.facts), status=due.status)


def _arrival(case: Case, one: Running) -> law.Registration | None:
    """What found the first day, told again where the term still runs from the arrival of the appeal."""
    if one.key != "decision" or one.start_on > case.registered_on:
        return None
    arrival = deadlines.arrival(case.received_at, case.body.cutoff)
    return arrival if deadlines.arrived_on(case, case.received_at, arrival) == one.start_on else None


def _write(moved: Sequence[Moved], at: datetime) -> None:
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
    rows.update_all([deadline for one in moved for deadline in one.deadlines], ("on", "facts", "status"))
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
