"""The calendar: which days are worked. Built once, then every question is answered from arrays."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from qyzmet.law.errors import OutOfCalendar
from qyzmet.law.facts import Fact
from qyzmet.law.statuses import RANK
from qyzmet.law.words import Words

SATURDAY = 5


class DayRow(NamedTuple):
    """One dated row: the day is `off` or `worked`, why, by which order. `instead_of`: the day it stands for."""

    day: date
    kind: str
    reason: str
    name: Words
    status: str
    instead_of: date | None = None
    order: str = ""
    url: str = ""

    def fact(self) -> Fact:
        """The row as a fact; empty fields are left out."""
        kind = self.reason if self.kind == "off" else "worked"
        fact: Fact = {"fact": kind, "date": self.day.isoformat(), "name": dict(self.name), "status": self.status}
        if self.instead_of:
            fact["instead_of"] = self.instead_of.isoformat()
        return fact | {key: value for key, value in (("order", self.order), ("url", self.url)) if value}

    @property
    def shifts(self) -> bool:
        """Whether the row makes the day other than the plain week would."""
        return (self.kind == "off") == (self.day.weekday() < SATURDAY)


class Calendar:
    """Days from `first` to `last`. `rows`: dated exceptions; `years`: how sure the days without a row are."""

    def __init__(self, first: date, last: date, rows: Iterable[DayRow], years: Mapping[int, str]) -> None:
        self.first, self.last = first, last
        self.rows = {row.day: row for row in rows if first <= row.day <= last}
        self._base = first.toordinal()
        self._year_rank = {year: RANK[status] for year, status in years.items()}
        self._years = dict(years)
        self._working: list[date] = []
        self._working_before: list[int] = [0]
        self._marks: list[Fact] = []
        self._marks_before: list[int] = [0]
        self._mark_ranks: list[int] = []
        for ordinal in range(self._base, last.toordinal() + 1):
            self._add(date.fromordinal(ordinal))

    def _add(self, day: date) -> None:
        row = self.rows.get(day)
        weekend = day.weekday() >= SATURDAY
        if row or weekend:
            self._marks.append(row.fact() if row else {"fact": "weekend", "date": day.isoformat()})
            self._mark_ranks.append(RANK[row.status] if row and row.shifts else 0)
        worked = row.kind == "worked" if row else not weekend
        if worked:
            self._working.append(day)
        self._working_before.append(len(self._working))
        self._marks_before.append(len(self._marks))

    def laid_over(self, rows: Iterable[DayRow]) -> "Calendar":
        """This calendar under these rows: each takes the place of the row of its day."""
        return Calendar(self.first, self.last, [*self.rows.values(), *rows], self._years)

    def index(self, day: date) -> int:
        """The place of a day in the arrays. OutOfCalendar outside `first`..`last`."""
        if not self.first <= day <= self.last:
            raise self._outside(day)
        return day.toordinal() - self._base

    def _outside(self, day: date) -> OutOfCalendar:
        if day < self.first:
            return OutOfCalendar("before_calendar", date=day, first=self.first)
        return OutOfCalendar("after_calendar", last=self.last)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""
        place = self.index(day)
        return self._working_before[place + 1] > self._working_before[place]

    def is_holiday(self, day: date) -> bool:
        """Whether the day is a holiday itself: neither a plain day off nor one that stands for a holiday."""
        self.index(day)
        row = self.rows.get(day)
        return bool(row and row.kind == "off" and row.reason == "holiday")

    def working_before(self, day: date) -> int:
        """How many worked days lie before the day, from the first of the calendar."""
        return self._working_before[self.index(day)]

    def working(self, number: int) -> date:
        """The worked day with this number, 0 = the first of the calendar."""
        if number < 0:
            raise self._outside(self.first - timedelta(days=1))
        if number >= len(self._working):
            raise self._outside(self.last + timedelta(days=1))
        return self._working[number]

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the next worked one."""
        return self.working(self.working_before(day))

    def marks(self, start: date, end: date) -> list[Fact]:
        """Every day from `start` to `end`, both included, that is off, or worked by a row: as facts."""
        return self._marks[self._marks_before[self.index(start)] : self._marks_before[self.index(end) + 1]]

    def rank(self, start: date, end: date) -> int:
        """How unsure the days from `start` to `end` are: the worst of the rows that shift them and of their years."""
        rows = self._mark_ranks[self._marks_before[self.index(start)] : self._marks_before[self.index(end) + 1]]
        return max(*rows, 0, *(self._year_rank[year] for year in range(start.year, end.year + 1)))

    def year_status(self, year: int) -> str:
        """How sure the days of the year are that have no row."""
        return self._years[year]
