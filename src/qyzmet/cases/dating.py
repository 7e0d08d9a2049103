"""What dating cases again asks of them, and the days that follow: for a run that writes, and for a preview."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from qyzmet import law
from qyzmet.cases import deadlines
from qyzmet.cases.models import Case, Deadline

DECISION = ("decision", "extension")
"""Terms of which the later one is the last day of a case."""


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
    """A case with its new days, those of its deadlines that moved, and the last day it had before."""

    case: Case
    deadlines: list[Running]
    before: date | None

    @property
    def is_later(self) -> bool:
        """Whether the last day is later than was announced. One told for the first time has not moved."""
        return self.before is not None and self.case.due_on is not None and self.case.due_on > self.before


class Days:
    """What the law was asked for already: cases of a batch share kinds and first days. `under`: a law only tried."""

    def __init__(self, under: law.Law | None = None) -> None:
        self._known: dict[tuple[object, ...], law.Due] = {}
        self._under = under

    def due(self, case: Case, one: Running) -> law.Due:
        """The day of this deadline under the calendar of now; what found its first day changes the way, not the day."""
        key = (case.procedure, case.registered_on, one.key, one.start_on, one.length)
        if key not in self._known:
            self._known[key] = deadlines.compute(case, one.key, on=one.start_on, count=one.length, under=self._under)
        return self._known[key]


def running(cases: Sequence[Case], today: date) -> dict[int, list[Running]]:
    """Case id -> its running deadlines, in the order in which they were begun. One statement.

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


def moved(cases: Sequence[Case], days: Days, *, today: date) -> list[Moved]:
    """Give each case its days; those of which any day moved. Nothing is written."""
    found = running(cases, today)
    return [one for case in cases if (one := _moved(case, found[case.pk], days))]


def _moved(case: Case, ran: Sequence[Running], days: Days) -> Moved | None:
    dated = [one._replace(on=days.due(case, one).on) for one in ran]
    changed = [new for old, new in zip(ran, dated, strict=True) if old.on != new.on]
    if not changed:
        return None
    before = case.due_on
    deadlines.set_days(case, dated)
    return Moved(case, changed, before)
