"""The clocks of several inquiries as one drawing: a row each, the same days for all, today as a line across."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qyzmet import law
from qyzmet.cases.queries import Asked
from qyzmet.text.dates import local

WIDTH, LEFT, ROW, TOP, BOTTOM = 320, 28, 26, 8, 20
"""In units of the drawing: how wide it is, room for the number of a row, its height, the margins."""


@dataclass(frozen=True)
class Bar:
    """One inquiry: where it begins, its first term ends, the longer one ends, and it was answered (None = not)."""

    n: int
    y: float
    begins: float
    ends: float
    longer: float | None
    answered: float | None
    late: bool


@dataclass(frozen=True)
class Drawing:
    """Bars between the first day and the last; `today` is None where it lies outside."""

    height: int
    first: date
    last: date
    today: float | None
    bars: list[Bar]

    @property
    def foot(self) -> int:
        """Where the days under the bars are written."""
        return self.height - 5


def drawing(found: Sequence[Asked], today: date) -> Drawing | None:
    """The drawing of these inquiries; None where nothing can be drawn."""
    known = [one for one in found if _due(one)]
    if not known:
        return None
    first = min(_begins(one) for one in known)
    last = max([today, *(day for one in known for day in _days(one))])
    last = max(last, first + timedelta(days=1))

    def x(day: date) -> float:
        return round(LEFT + (day - first).days * (WIDTH - LEFT - 8) / (last - first).days, 1)

    bars = [_bar(n, one, x, today) for n, one in enumerate(found, 1) if _due(one)]
    return Drawing(TOP + ROW * len(found) + BOTTOM, first, last, x(today), bars)


def _due(one: Asked) -> date | None:
    return one.first.on if one.first and one.first.on != law.NOT_KNOWN else None


def _begins(one: Asked) -> date:
    """The day it came in; it may be registered a day later, and answered before that."""
    return local(one.case.received_at).date()


def _days(one: Asked) -> list[date]:
    days = [_begins(one), _due(one), one.extension.on if one.extension else None]
    days.append(local(one.answered_at).date() if one.answered_at else None)
    return [day for day in days if day and day != law.NOT_KNOWN]


def _bar(n: int, one: Asked, x: Callable[[date], float], today: date) -> Bar:
    due, extension = _due(one) or today, one.extension
    longer = extension.on if extension and extension.on != law.NOT_KNOWN else None
    answered = local(one.answered_at).date() if one.answered_at else None
    last = longer or due
    return Bar(
        n=n,
        y=TOP + ROW * (n - 1) + ROW / 2,
        begins=x(_begins(one)),
        ends=x(due),
        longer=x(longer) if longer else None,
        answered=x(answered) if answered else None,
        late=one.case.state == "deemed_refused" or (answered or today) > last,
    )
