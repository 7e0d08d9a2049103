"""A calendar row changed: every open case is dated again, and where a day moved that is a step of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qyzmet import law
from qyzmet.cases import deadlines
from qyzmet.cases.models import Case, Deadline, Step
from qyzmet.cases.rules import procedure, rules
from qyzmet.journal import actions as journal
from qyzmet.text.hashes import sha

BATCH = 500


@dataclass(frozen=True)
class Redated:
    """How far a run came: the last case looked at (None when all were), how many were looked at, how many moved."""

    after: int | None
    seen: int
    moved: int


@transaction.atomic
def redate_batch(*, after: int, at: datetime, batch: int = BATCH) -> Redated:
    """Date the next `batch` open cases with an id above `after` again, in one transaction: stop and go on at will."""
    # not joined: PostgreSQL would leave out a case that is on its way to another body
    rows = Case.objects.select_for_update().prefetch_related("body").filter(is_open=True, id__gt=after)
    cases = list(rows.order_by("id")[:batch])
    if not cases:
        return Redated(None, 0, 0)
    running: dict[int, list[Deadline]] = {case.pk: [] for case in cases}
    for deadline in Deadline.objects.filter(case_id__in=list(running), is_open=True).order_by("id"):
        running[deadline.case_id].append(deadline)
    changed = {case.pk: _redate(case, running[case.pk]) for case in cases}
    moved = [case for case in cases if changed[case.pk]]
    _write(moved, [deadline for found in changed.values() for deadline in found], at)
    return Redated(cases[-1].pk, len(cases), len(moved))


def _redate(case: Case, running: Sequence[Deadline]) -> list[Deadline]:
    """Give each deadline its day under the calendar of now; those whose day moved."""
    moved = []
    for deadline in running:
        arrival = _arrival(case, deadline)
        due = deadlines.compute(case, deadline.key, on=deadline.start_on, count=deadline.count, arrival=arrival)
        if due.on != deadline.on:
            deadline.on, deadline.facts, deadline.status = due.on, list(due.facts), due.status
            moved.append(deadline)
    if moved:
        deadlines.set_days(case, running)
    return moved


def _arrival(case: Case, deadline: Deadline) -> law.Registration | None:
    """What found the first day, told again where the term still runs from the arrival of the appeal."""
    if deadline.key != "decision" or deadline.start_on != case.registered_on:
        return None
    arrival = law.registration(rules(), case.received_at, cutoff=case.body.cutoff)
    return arrival if arrival.on == deadline.start_on else None


def _write(moved: Sequence[Case], changed: Sequence[Deadline], at: datetime) -> None:
    rows = [_row(case) for case in moved]
    entries = journal.record_many(at=at, rows=rows)
    steps = []
    for case, entry in zip(moved, entries, strict=True):
        case.last_leaf = bytes(entry.leaf_hash)
        steps.append(
            Step(
                case=case, n=case.steps_count, code="redate", at=at, actor="system", from_state=case.state,
                to_state=case.state, body_id=case.body_id, entry=entry,
                public=procedure(case.procedure).steps["redate"].public,
                facts={"due_on": case.due_on.isoformat() if case.due_on else None},
            )
        )  # fmt: skip
    Step.objects.bulk_create(steps)
    Deadline.objects.bulk_update(changed, ["on", "facts", "status"], batch_size=100)
    Case.objects.bulk_update(moved, ["due_on", "act_on", "steps_count", "last_leaf"], batch_size=100)


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
