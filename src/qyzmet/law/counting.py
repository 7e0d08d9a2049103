"""Counting from a day to a day. Knows a calendar and the form of a term; knows no article and no number of its own."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol

from qyzmet.law.calendar import Calendar

MONTHS_IN_YEAR = 12
ONE = timedelta(days=1)


class Form(Protocol):
    """The form of a term, see `terms.Value`."""

    @property
    def unit(self) -> str: ...
    @property
    def first_day(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def roll(self) -> str: ...
    @property
    def start_roll(self) -> str: ...
    @property
    def skip(self) -> str: ...


class Counted(NamedTuple):
    """The way from a start to an end."""

    start: date
    """The day the count ran from, after `start_roll`."""
    raw_end: date
    """The end before it was rolled."""
    end: date
    spans: tuple[tuple[date, date], ...]
    """First and last days between which it mattered whether a day is worked."""


def count_days(calendar: Calendar, form: Form, start: date, count: int) -> Counted:
    """`count` working days, calendar days or months from `start`. OutOfCalendar where the calendar ends on the way."""
    calendar.index(start)
    begin = calendar.next_working(start) if form.start_roll == "next_working_day" else start
    spans = ((start, begin - ONE),) if begin != start else ()
    if form.unit == "working_days":
        end = _working_days(calendar, form, begin, count)
        return Counted(begin, end, end, (*spans, _span(form, begin, end)))
    if form.skip:
        raw = _skipping(calendar, form, begin, count)
        spans = (*spans, _span(form, begin, raw))
    else:
        raw = _plain_days(form, begin, count) if form.unit == "calendar_days" else _months(form, begin, count)
    calendar.index(raw)
    if form.roll == "none":
        return Counted(begin, raw, raw, spans)
    end = calendar.next_working(raw)
    return Counted(begin, raw, end, (*spans, (raw, end)))


def _working_days(calendar: Calendar, form: Form, start: date, count: int) -> date:
    before = calendar.working_before(start)
    through = before + calendar.is_working(start)  # worked days up to the end of the start
    if form.direction == "forward":
        return calendar.working((through if form.first_day == "next" else before) + count - 1)
    return calendar.working((before if form.first_day == "next" else through) - count)


def _span(form: Form, start: date, end: date) -> tuple[date, date]:
    """The days that were counted or passed over."""
    step = ONE if form.first_day == "next" else timedelta()
    return (start + step, end) if form.direction == "forward" else (end, start - step)


def counts(calendar: Calendar, form: Form, day: date) -> bool:
    """Whether the day is one of those the term counts: the clock runs on it."""
    if form.unit == "working_days":
        return calendar.is_working(day)
    return not form.skip or not calendar.is_holiday(day)


def _skipping(calendar: Calendar, form: Form, start: date, count: int) -> date:
    """Calendar days of which holidays are not counted: a leave (LC 90(1))."""
    step = ONE if form.direction == "forward" else -ONE
    day = start if form.first_day == "same" else start + step
    while True:
        count -= counts(calendar, form, day)
        if count == 0:
            return day
        day += step


def _plain_days(form: Form, start: date, count: int) -> date:
    days = timedelta(days=count if form.first_day == "next" else count - 1)
    return start + days if form.direction == "forward" else start - days


def _months(form: Form, start: date, count: int) -> date:
    """The same day of the month, or the month's last where it has no such day. Day one = the start: one day less."""
    if form.direction == "backward":
        return add_months(start, -count) + (ONE if form.first_day == "same" else timedelta())
    end = add_months(start, count)
    whole = end.day == start.day
    return end - ONE if form.first_day == "same" and whole else end


def add_months(day: date, months: int) -> date:
    """31 January and one month: 28 (29) February."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def count_hours(calendar: Calendar, form: Form, start: datetime, count: int) -> tuple[datetime, datetime]:
    """The moment `count` hours from `start` (aware), before and after it was rolled to the next worked day."""
    hours = timedelta(hours=count if form.direction == "forward" else -count)
    raw = (start.astimezone(UTC) + hours).astimezone(start.tzinfo)
    worked = calendar.next_working(raw.date()) if form.roll == "next_working_day" else raw.date()
    calendar.index(worked)
    return raw, raw if worked == raw.date() else raw.replace(year=worked.year, month=worked.month, day=worked.day)
