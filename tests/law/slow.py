"""The count as a person does it, day after day. Knows nothing of the arrays it is held against."""

from dataclasses import dataclass, field
from datetime import date, timedelta

ONE = timedelta(days=1)
Exceptions = dict[date, str]
"""day -> "off" | "worked"."""


@dataclass(frozen=True)
class Form:
    unit: str = "working_days"
    first_day: str = "next"
    direction: str = "forward"
    roll: str = "next_working_day"
    start_roll: str = "none"
    skip: str = ""


@dataclass
class SlowCalendar:
    exceptions: Exceptions = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    """Days that a leave passes over: holidays themselves, not the days off that stand for them."""

    def worked(self, day: date) -> bool:
        return self.exceptions.get(day, "off" if day.isoweekday() in (6, 7) else "worked") == "worked"

    def onwards(self, day: date) -> date:
        while not self.worked(day):
            day += ONE
        return day


def slow(calendar: SlowCalendar, form: Form, start: date, count: int) -> date:
    day = calendar.onwards(start) if form.start_roll == "next_working_day" else start
    step = ONE if form.direction == "forward" else -ONE
    end = slow_months(form, day, count) if form.unit == "months" else slow_days(calendar, form, day, count, step)
    return calendar.onwards(end) if form.roll == "next_working_day" and form.unit != "working_days" else end


def slow_days(calendar: SlowCalendar, form: Form, day: date, count: int, step: timedelta) -> date:
    if form.first_day == "next":
        day += step
    counted = 0
    while True:
        passed_over = form.skip == "holidays" and day in calendar.holidays
        if (form.unit == "calendar_days" or calendar.worked(day)) and not passed_over:
            counted += 1
        if counted == count:
            return day
        day += step


def slow_months(form: Form, day: date, count: int) -> date:
    """Walk month after month; the wanted day of the month, or the last there is."""
    wanted, back = day.day, form.direction == "backward"
    at = day.replace(day=1)
    for _ in range(count):
        at = (at - ONE).replace(day=1) if back else (at + 31 * ONE).replace(day=1)
    last = at
    while last.day < wanted and (last + ONE).month == at.month:
        last += ONE
    if form.first_day == "next":
        return last
    if back:
        return last + ONE
    return last - ONE if last.day == wanted else last
