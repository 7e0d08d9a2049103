"""Due dates against an independent slow count, over random calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet.law import Calendar, DayRow, OutOfCalendar
from qyzmet.law.counting import add_months, count_days, count_hours
from tests.law.slow import ONE, Form, SlowCalendar, slow

FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)
NAME = {"kk": "күн", "ru": "день", "en": "day"}

days = st.dates(date(2023, 10, 1), date(2025, 3, 31))
exceptions = st.dictionaries(st.dates(FIRST, LAST), st.sampled_from(("off", "worked")), max_size=60)
runs = st.lists(st.tuples(days, st.integers(1, 12)), max_size=5)
"""Days off in a row: what a city's holidays look like."""
forms = st.builds(
    Form,
    unit=st.sampled_from(("working_days", "calendar_days", "months")),
    first_day=st.sampled_from(("next", "same")),
    direction=st.sampled_from(("forward", "backward")),
    roll=st.sampled_from(("next_working_day", "none")),
    start_roll=st.sampled_from(("next_working_day", "none")),
)


def both(rows: dict[date, str], off: list[tuple[date, int]]) -> tuple[Calendar, SlowCalendar]:
    marked = dict(rows)
    for start, length in off:
        marked |= {start + n * ONE: "off" for n in range(length)}
    dated = [DayRow(day, kind, "holiday", NAME, "secondary") for day, kind in marked.items() if FIRST <= day <= LAST]
    years = dict.fromkeys(range(FIRST.year, LAST.year + 1), "verified")
    return Calendar(FIRST, LAST, dated, years), SlowCalendar(marked)


@given(exceptions, runs, forms, days, st.integers(1, 40))
@settings(max_examples=400)
def test_every_form_of_term_ends_where_a_slow_count_ends(
    rows: dict[date, str], off: list[tuple[date, int]], form: Form, start: date, count: int
) -> None:
    fast, plain = both(rows, off)
    number = min(count, 8) if form.unit == "months" else count
    expected = slow(plain, form, start, number)
    if not FIRST <= expected <= LAST:
        with pytest.raises(OutOfCalendar):
            count_days(fast, form, start, number)
        return
    assert count_days(fast, form, start, number).end == expected


@given(exceptions, runs, days, st.integers(1, 40))
def test_a_rolled_end_is_worked_and_nothing_between_is(
    rows: dict[date, str], off: list[tuple[date, int]], start: date, count: int
) -> None:
    fast, plain = both(rows, off)
    counted = count_days(fast, Form(unit="calendar_days"), start, count)
    assert plain.worked(counted.end)
    between = [counted.raw_end + n * ONE for n in range((counted.end - counted.raw_end).days)]
    assert not any(plain.worked(day) for day in between)


@given(exceptions, runs, days, days)
def test_the_days_told_are_the_days_off(
    rows: dict[date, str], off: list[tuple[date, int]], start: date, end: date
) -> None:
    fast, plain = both(rows, off)
    first, last = min(start, end), max(start, end)
    told = {date.fromisoformat(fact["date"]) for fact in fast.marks(first, last) if fact["fact"] != "worked"}
    walked = {first + n * ONE for n in range((last - first).days + 1)}
    assert told == {day for day in walked if not plain.worked(day)}


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-60, 60))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + ONE).month != found.month)


@pytest.mark.parametrize(
    ("first_day", "start", "end"),
    [
        ("next", date(2024, 1, 31), date(2024, 2, 29)),
        ("next", date(2023, 1, 31), date(2023, 2, 28)),
        ("next", date(2024, 2, 29), date(2024, 3, 29)),
        ("same", date(2024, 3, 1), date(2024, 3, 31)),
        ("same", date(2024, 1, 31), date(2024, 2, 29)),
        ("same", date(2024, 1, 15), date(2024, 2, 14)),
    ],
)
def test_one_month_at_the_ends_of_months(first_day: str, start: date, end: date) -> None:
    calendar, _ = both({}, [])
    assert count_days(calendar, Form(unit="months", first_day=first_day, roll="none"), start, 1).end == end


def test_hours_run_through_the_night_and_roll_to_the_next_worked_day() -> None:
    calendar, _ = both({}, [])
    friday = datetime(2024, 6, 7, 15, 0, tzinfo=UTC)
    raw, end = count_hours(calendar, Form(unit="hours"), friday, 24)
    assert (raw, end) == (friday + timedelta(hours=24), friday + timedelta(days=3))
    _, stays = count_hours(calendar, Form(unit="hours", roll="none"), friday, 24)
    assert stays == raw
    _, before = count_hours(calendar, Form(unit="hours", roll="none", direction="backward"), friday, 24)
    assert before == friday - timedelta(hours=24)


@pytest.mark.parametrize("unit", ["working_days", "calendar_days", "months"])
def test_outside_the_calendar_there_is_no_answer(unit: str) -> None:
    calendar, _ = both({}, [])
    for start in (FIRST - ONE, LAST + ONE, date.min, date.max):
        with pytest.raises(OutOfCalendar):
            count_days(calendar, Form(unit=unit), start, 1)
    with pytest.raises(OutOfCalendar):
        count_days(calendar, Form(unit=unit), LAST, 1)
    with pytest.raises(OutOfCalendar):
        count_days(calendar, Form(unit=unit, direction="backward", roll="none"), FIRST, 2)
