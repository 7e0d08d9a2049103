"""From which day a term runs: registration, receipt, the last day of another term; and a day without its hour."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.law import LANGS, MomentNeeded, OutOfCalendar, answer, explain, kz, registration

LAW = kz()
OFFICE = time(10)
days = st.dates(date(2021, 7, 1), date(2027, 9, 1))


@given(days)
def test_a_day_alone_is_the_day_at_ten_in_the_morning(day: date) -> None:
    alone, at_ten = (registration(LAW, one) for one in (day, datetime.combine(day, OFFICE)))
    assert (alone.on, alone.status) == (at_ten.on, at_ten.status)
    assert alone.facts[0] == {"fact": "received_day", "date": day.isoformat()} and alone.facts[1:] == at_ten.facts[1:]


def test_a_day_alone_outside_the_calendar_is_no_day() -> None:
    with pytest.raises(OutOfCalendar):
        registration(LAW, date(2021, 6, 30))


def test_a_term_in_hours_needs_the_hour() -> None:
    hours = [(one.code, key) for one in LAW.procedures.values() for key, t in one.terms.items() if in_hours(t)]
    assert hours
    with pytest.raises(MomentNeeded):
        answer(LAW, hours[0][0], date(2026, 2, 2), term=hours[0][1])


def in_hours(term: object) -> bool:
    return any(value.unit == "hours" for value in term.values)  # type: ignore[attr-defined]


@given(days)
def test_the_hour_moves_what_runs_from_registration_and_not_what_runs_from_receipt(day: date) -> None:
    day = max(day, date(2025, 12, 30))
    morning, evening = (datetime.combine(day, OFFICE) + timedelta(hours=h) for h in (0, 9))
    early, late = (answer(LAW, "newsroom", moment) for moment in (morning, evening))
    assert early.due.on == late.due.on
    moved = LAW.calendar.is_working(day)
    early, late = (answer(LAW, "lawyer", moment) for moment in (morning, evening))
    assert (early.due.on != late.due.on) == moved


def test_the_arrival_is_told_where_the_term_runs_from_receipt_but_its_doubts_do_not_count() -> None:
    found = answer(LAW, "newsroom", datetime(2026, 2, 2, 19))  # noqa: DTZ001 - on the clock on the wall
    assert [fact["fact"] for fact in found.facts[:2]] == ["received", "event"]
    assert (found.registration.status, found.due.status) == ("secondary", "verified")


def test_that_an_end_moves_is_marked_as_a_reading_only_where_it_moved() -> None:
    stays, moves = (answer(LAW, "information", date(2026, 2, day)) for day in (2, 6))
    assert (stays.due.on, stays.due.status) == (date(2026, 2, 17), "verified")
    assert (moves.due.on, moves.due.status) == (date(2026, 2, 23), "inferred")
    for lang in LANGS:
        told = explain(moves.due.facts, lang)
        assert len(told) == len(set(told)) and len(told) > len(explain(stays.due.facts, lang))


def test_the_redaction_of_a_receipt_is_that_of_the_day_of_registration() -> None:
    evening = answer(LAW, "information", datetime(2025, 12, 29, 19))  # noqa: DTZ001 - on the clock on the wall
    assert (evening.due.redaction, evening.due.on) == ("2025-12-30", date(2026, 1, 13))
