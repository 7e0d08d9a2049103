"""Office time as one line of numbers: 812.5 is the middle of the 813th worked day of the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from qyzmet.law import Calendar
from qyzmet.text.dates import ALMATY, local

OPENS, LASTS = time(9), timedelta(hours=9)
"""From nine to six. Moments outside count as the end of the worked time before them."""
EVENING = timedelta(hours=19, minutes=20)
"""When people at home write to a body: after its day is over, but not yet night."""


class Hours:
    """Moments as numbers of worked days and back."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def number(self, at: datetime) -> float:
        """The place of a moment on the line."""
        there = local(at)
        whole = self.calendar.working_before(there.date())
        if not self.calendar.is_working(there.date()):
            return float(whole)
        return whole + min(max((there - _opening(there.date())) / LASTS, 0.0), 1.0)

    def moment(self, number: float) -> datetime:
        """The moment at that place, in UTC, to the second."""
        day = self.calendar.working(int(number))
        return (_opening(day) + timedelta(seconds=int((number % 1) * LASTS.total_seconds()))).astimezone(UTC)

    def evening(self, number: float) -> datetime:
        """A moment in the evening of that day: the later in the day the number, the later the hour."""
        midnight = datetime.combine(self.day(number), time(), ALMATY)
        return (midnight + EVENING + timedelta(seconds=int((number % 1) * 2.5 * 3600))).astimezone(UTC)

    def day(self, number: float) -> date:
        """The worked day of that place."""
        return self.calendar.working(int(number))


def _opening(day: date) -> datetime:
    return datetime.combine(day, OPENS, ALMATY)
