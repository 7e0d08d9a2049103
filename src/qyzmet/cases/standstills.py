"""When the clock of a case stood: rows written by its steps, as intervals that the law counts with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from qyzmet import law, rows
from qyzmet.cases.models import Case, Standstill
from qyzmet.cases.rules import procedure
from qyzmet.ledger import canonical
from qyzmet.text.hashes import sha

Intervals = Sequence[law.Interval]
FACT = "standstills"
"""The fact of a step, and the part of its journal row's content, that tells what it changed."""
CHECK = "standing_check"
"""The term after which the body is reminded of a clock that stands with no end in sight."""


def of_case(case: Case) -> list[law.Interval]:
    """The intervals of one case; a case that is not written yet has none."""
    return of_cases([case.pk])[case.pk] if case.pk else []


def of_cases(ids: Iterable[int]) -> dict[int, list[law.Interval]]:
    """Case id -> its intervals, the earliest first. One statement."""
    found: dict[int, list[law.Interval]] = defaultdict(list)
    standing = Standstill.objects.filter(case_id__in=list(ids), is_void=False).order_by("first", "n")
    for case, cause, first, last in standing.values_list("case_id", "cause", "first", "last"):
        found[case].append(law.Interval(cause, first, last))
    return found


def told(row: Standstill) -> dict[str, Any]:
    """What the step that changed the row records of it, as plain JSON."""
    return {
        "n": row.n,
        "cause": row.cause,
        "first": row.first.isoformat(),
        "last": row.last.isoformat() if row.last else None,
        "void": row.is_void,
    }


def print_of(facts: dict[str, Any]) -> str:
    """The hash of what a step changed, for its journal row."""
    return sha(canonical({FACT: facts.get(FACT, [])}).decode())


def add(case: Case, *, cause: str, first: date, last: date | None, ground: str, step: int) -> Standstill:
    """One more row of a locked case. `step`: the number of the step that records it."""
    n = Standstill.objects.filter(case=case).count() + 1
    row = Standstill(case=case, n=n, cause=cause, first=first, last=last, ground=ground, begun_by=step)
    rows.insert(row)
    return row


def end(row: Standstill, *, last: date | None, step: int) -> Standstill:
    """End the row on `last`, or shorten it. None, or a day before the first: it never stood."""
    row.is_void = last is None or last < row.first
    row.last, row.ended_by = (row.last if row.is_void else last), step
    row.save(update_fields=["is_void", "last", "ended_by"])
    return row


def follow(case: Case, step_code: str, *, step: int, on: date) -> list[Standstill]:
    """What begins or ends with a step by itself, because the law's data says so. Rows that were changed."""
    changed = []
    for cause in law.causes(procedure(case.procedure), case.registered_on).values():
        if step_code in cause.ends:
            own = Standstill.objects.filter(case=case, cause=cause.same_as, last=None, is_void=False)
            changed += [end(row, last=on - timedelta(days=1), step=step) for row in own]
        if step_code in cause.begins:
            changed.append(add(case, cause=cause.same_as, first=on, last=None, ground="", step=step))
    return changed


def begins_with(case: Case, step_code: str) -> bool:
    """Whether a clock of the case stands by itself once the step is taken. No database is asked."""
    known = law.causes(procedure(case.procedure), case.registered_on).values()
    return any(step_code in one.begins for one in known)


def stops_with(case: Case, step_code: str, term: str) -> bool:
    """Whether the clock of this term stands by itself once the step is taken."""
    known = law.causes(procedure(case.procedure), case.registered_on).values()
    return any(step_code in one.begins and term in one.terms for one in known)


def since(intervals: Intervals) -> date | None:
    """Since when a clock stands with no end in sight."""
    return min((one.first for one in intervals if one.last is None), default=None)
