"""What dating cases again asks of them, and the days that follow: for a run that writes, and for a preview."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qyzmet import law, rows
from qyzmet.cases import deadlines, standstills
from qyzmet.cases.models import Case, Deadline
from qyzmet.text.dates import ALMATY

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
        self._stood: Mapping[int, standstills.Intervals] = {}

    def look_up(self, cases: Sequence[Case]) -> None:
        """Read when the clocks of these cases stood. One statement."""
        self._stood = standstills.of_cases(case.pk for case in cases)

    def due(self, case: Case, one: Running) -> law.Due:
        """The day of this deadline under the calendar of now; what found its first day changes the way, not the day."""
        stood = tuple(self._stood.get(case.pk, ()))
        key = (case.procedure, case.registered_on, one.key, one.start_on, one.length, stood)
        if key not in self._known:
            self._known[key] = self._compute(case, one, None)
        return self._known[key]

    def told(self, case: Case, one: Running, arrived: datetime | None) -> Deadline:
        """The columns of the deadline that follow from its day: the day, and the way to it from the arrival."""
        arrival = deadlines.arrival(arrived, case.body.cutoff) if arrived else None
        if arrival and arrived and deadlines.arrived_on(case, arrived, arrival) == one.start_on:
            due = self._compute(case, one, arrival)
        else:
            due = self.due(case, one)
        facts = list(due.facts)
        return Deadline(pk=one.id, on=due.on, facts=facts, status=due.status, stood_by=deadlines.stood_by(facts))

    def _compute(self, case: Case, one: Running, arrival: law.Registration | None) -> law.Due:
        return deadlines.compute(
            case,
            one.key,
            on=one.start_on,
            count=one.length,
            arrival=arrival,
            under=self._under,
            suspended=self._stood.get(case.pk, ()),
        )


FOLLOWS = ("on", "facts", "status", "stood_by")
"""Columns of a deadline that `Days.told` gives."""


def date_again(case: Case, *, today: date) -> None:
    """Give the running deadlines of one locked case their days, after it became known when its clock stood."""
    days, found = Days(), running([case], today)[case.pk]
    days.look_up([case])
    arrived = arrivals([one.id for one in found if one.key == "decision"])
    rows.update_all([days.told(case, one, arrived.get(one.id)) for one in found], FOLLOWS)


def arrivals(ids: Sequence[int]) -> dict[int, datetime]:
    """Deadline -> the local moment of the arrival that its explanation begins with, here or at a body before this one.

    It is told again with the day: what was late, or came on a day off, keeps its mark.
    """
    first = Deadline.objects.filter(pk__in=ids).values_list("id", "facts__0")
    return {pk: _almaty(fact["at"]) for pk, fact in first if fact and fact["fact"] == "received"}


def _almaty(at: str) -> datetime:
    """A local moment as a fact tells it."""
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)


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
    days.look_up(cases)
    return [one for case in cases if (one := _moved(case, found[case.pk], days))]


def _moved(case: Case, ran: Sequence[Running], days: Days) -> Moved | None:
    dated = [one._replace(on=days.due(case, one).on) for one in ran]
    changed = [new for old, new in zip(ran, dated, strict=True) if old.on != new.on]
    if not changed:
        return None
    before = case.due_on
    deadlines.set_days(case, dated)
    return Moved(case, changed, before)
