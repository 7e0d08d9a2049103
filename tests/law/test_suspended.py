"""Terms that stand still, against a count that strikes days out one by one; and how the way is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet.law import LANGS, NOT_KNOWN, BadSuspension, Interval, OutOfCalendar, due, explain, kz
from qyzmet.law.counting import count_days
from qyzmet.law.suspended import count_with
from tests.law.slow import ONE, Form, SlowCalendar
from tests.law.test_counting import FIRST, LAST, both, days, exceptions, runs

LAW = kz()
intervals = st.lists(
    st.tuples(st.dates(date(2023, 10, 1), date(2025, 6, 30)), st.integers(0, 40), st.booleans()).map(
        lambda drawn: Interval("illness", drawn[0], None if drawn[2] and drawn[1] > 35 else drawn[0] + drawn[1] * ONE)
    ),
    max_size=4,
)
forward = st.builds(
    Form,
    unit=st.sampled_from(("working_days", "calendar_days", "months")),
    first_day=st.sampled_from(("next", "same")),
    roll=st.sampled_from(("next_working_day", "none")),
    start_roll=st.sampled_from(("next_working_day", "none")),
)


def stood_on(day: date, facts: list[Interval]) -> bool:
    return any(one.first <= day <= (one.last or date.max) for one in facts)


def slowly(calendar: SlowCalendar, form: Form, start: date, whole: int, facts: list[Interval]) -> date | None:
    """Cross out one unit on each day that runs. None: the clock stands for ever."""
    day = calendar.onwards(start) if form.start_roll == "next_working_day" else start
    day -= ONE if form.first_day == "same" else timedelta()
    left = whole
    while left:
        day += ONE
        if day > LAST + 400 * ONE:
            return None
        if not stood_on(day, facts) and (form.unit != "working_days" or calendar.worked(day)):
            left -= 1
    while form.roll == "next_working_day" and (not calendar.worked(day) or stood_on(day, facts)):
        day += ONE
        if day > LAST + 400 * ONE:
            return None
    return day


@given(exceptions, runs, forward, days, st.integers(1, 30), intervals)
@settings(max_examples=400, deadline=None)
def test_a_term_that_stood_ends_where_a_slow_count_ends(
    rows: dict[date, str], off: list[tuple[date, int]], form: Form, start: date, count: int, facts: list[Interval]
) -> None:
    fast, plain = both(rows, off)
    number = min(count, 6) if form.unit == "months" else count
    without = count_days(fast, form, start, number)
    whole = number
    if form.unit == "months":  # as many days as the months would have had
        whole = (without.raw_end - without.start).days + (form.first_day == "same")
    expected = slowly(plain, form, start, whole, facts)
    if expected is not None and expected > LAST:
        with pytest.raises(OutOfCalendar):
            count_with(fast, form, start, number, facts)
        return
    found = count_with(fast, form, start, number, facts)
    assert (found.counted.end if found.counted else None) == expected
    if expected is not None:
        begin = without.start + (ONE if form.first_day == "next" else timedelta())
        on_the_way = (begin + n * ONE for n in range((expected - begin).days + 1))
        assert found.days == sum(stood_on(day, facts) for day in on_the_way)


@given(exceptions, runs, forward, days, st.integers(1, 30))
def test_without_intervals_nothing_changes(
    rows: dict[date, str], off: list[tuple[date, int]], form: Form, start: date, count: int
) -> None:
    fast, _ = both(rows, off)
    number = min(count, 6) if form.unit == "months" else count
    found, plain = count_with(fast, form, start, number, []), count_days(fast, form, start, number)
    assert found.counted is not None
    assert (found.counted.raw_end, found.counted.end, found.days) == (plain.raw_end, plain.end, 0)
    assert found.counted.end >= FIRST


def impose(*facts: Interval, start: date = date(2026, 7, 6), **more: Any) -> Any:
    return due(LAW, "discipline", more.pop("term", "impose"), start=start, as_of=start, suspended=facts, **more)


def test_an_illness_moves_the_end_by_its_days() -> None:
    assert impose().on == date(2026, 8, 6)
    found = impose(Interval("illness", date(2026, 7, 10), date(2026, 7, 20)))
    assert found.on == date(2026, 8, 17)  # eleven days later
    told = explain(found.facts, "en")
    assert any("from 10 July 2026 to 20 July 2026" in line for line in told)
    assert any("stood for 11 calendar days" in line and "6 August 2026" in line for line in told)


def test_days_that_two_causes_share_are_counted_once() -> None:
    illness = Interval("illness", date(2026, 7, 10), date(2026, 7, 20))
    leave = Interval("leave_or_trip", date(2026, 7, 16), date(2026, 7, 25))
    assert impose(illness, leave).on == impose(Interval("illness", date(2026, 7, 10), date(2026, 7, 25))).on
    assert [fact["cause"] for fact in impose(leave, illness).facts if fact["fact"] == "suspended"] == [
        "illness",
        "leave_or_trip",
    ]


def test_while_the_clock_stands_no_day_is_told_but_what_is_left() -> None:
    found = impose(Interval("illness", date(2026, 7, 10)))
    assert found.on == NOT_KNOWN
    # 7, 8 and 9 July ran of the thirty-one days to 6 August
    assert found.facts[-1] == {"fact": "still_stands", "count": 28, "unit": "calendar_days"}


def test_an_interval_beside_the_way_changes_nothing_and_is_not_told() -> None:
    before = Interval("illness", date(2026, 6, 1), date(2026, 7, 6))
    after = Interval("illness", date(2026, 9, 1))
    assert impose(before, after).on == impose().on
    assert not [fact for fact in impose(before, after).facts if fact["fact"] in ("suspended", "stood")]


@pytest.mark.parametrize(
    ("term", "interval", "code"),
    [
        ("impose", Interval("rain", date(2026, 7, 10), date(2026, 7, 20)), "unknown_cause"),
        ("impose", Interval("illness", date(2026, 7, 20), date(2026, 7, 10)), "interval_backwards"),
        ("outer", Interval("illness", date(2026, 7, 10), date(2026, 7, 20)), "cause_not_for_term"),
    ],
)
def test_an_interval_the_law_does_not_know_is_refused(term: str, interval: Interval, code: str) -> None:
    with pytest.raises(BadSuspension) as caught:
        impose(interval, term=term)
    assert caught.value.code == code
    assert all(caught.value.said(lang) for lang in LANGS)


def test_a_cause_of_a_later_redaction_does_not_stop_an_earlier_case() -> None:
    prosecutor = Interval("prosecutor_act", date(2026, 7, 10), date(2026, 7, 12))
    assert impose(prosecutor).on > impose().on
    with pytest.raises(BadSuspension):
        impose(prosecutor, start=date(2026, 6, 25))


@given(st.dates(date(2026, 2, 2), date(2026, 12, 31)), st.integers(0, 60), st.integers(0, 40))
@settings(max_examples=200, deadline=None)
def test_after_an_audit_the_clock_stands_on_for_fifteen_working_days(start: date, wait: int, length: int) -> None:
    """Tax Code 196(1)1, struck out day by day: only the day on which the act came is known."""
    first = start + wait * ONE
    act = first + length * ONE
    end, left = act, 15
    while left:
        end += ONE
        left -= LAW.calendar.is_working(end)
    audit = due(
        LAW, "tax-complaint", "decision", start=start, as_of=start,
        suspended=[Interval("thematic_audit", first, act)],
    )  # fmt: skip
    inquiry = due(
        LAW, "tax-complaint", "decision", start=start, as_of=start, suspended=[Interval("inquiry", first, end)]
    )
    assert audit.on == inquiry.on
    on_the_way = audit.on > first
    assert [fact["to"] for fact in audit.facts if fact["fact"] == "stood_on"] == [end.isoformat()] * on_the_way


def test_how_long_the_clock_stood_on_is_told_with_its_rule() -> None:
    day, audit = date(2026, 9, 1), Interval("thematic_audit", date(2026, 9, 7), date(2026, 10, 16))
    facts = due(LAW, "tax-complaint", "decision", start=day, as_of=day, suspended=[audit]).facts
    told = {lang: " ".join(explain(facts, lang)) for lang in LANGS}
    assert "тағы тоқтап тұрды: 15 жұмыс күні, соңғы күні – 2026 жылғы 9 қараша" in told["kk"]
    assert "стоял ещё 15 рабочих дней, по 9 ноября 2026 г. включительно (Налоговый кодекс 196(1)1)" in told["ru"]
    assert "another 15 working days, until 9 November 2026 (Tax Code 196(1)1). [from a secondary source]" in told["en"]


def test_past_the_calendar_nobody_knows_how_long_it_stood_on() -> None:
    day, audit = date(2027, 9, 1), Interval("thematic_audit", date(2027, 9, 7), date(2027, 12, 20))
    with pytest.raises(OutOfCalendar):
        due(LAW, "tax-complaint", "decision", start=day, as_of=day, suspended=[audit])


def test_hours_cannot_stand() -> None:
    with pytest.raises(BadSuspension) as caught:
        due(
            LAW,
            "statement",
            "life_support",
            start=date(2026, 7, 6),
            as_of=date(2026, 7, 6),
            suspended=[Interval("illness", date(2026, 7, 6))],
        )
    assert caught.value.code == "cannot_stand"


def test_the_way_is_told_in_three_languages_with_the_rule_of_each_cause() -> None:
    facts = impose(Interval("illness", date(2026, 7, 10), date(2026, 7, 20))).facts
    told = {lang: " ".join(explain(facts, lang)) for lang in LANGS}
    assert "2026 жылғы 10 шілде" in told["kk"] and "Заң 64(2)1" in told["kk"]
    assert "10 июля 2026 г." in told["ru"] and "Закон «О государственной службе» 64(2)1" in told["ru"]
    assert "Law on civil service 64(2)1" in told["en"]
    assert not any("{" in text or ".." in text for text in told.values())


def test_an_unverified_cause_stops_nothing_until_it_is_switched_on() -> None:
    from qyzmet.law import KZ, load

    curing = [Interval("cure", date(2026, 6, 3), date(2026, 6, 5))]
    asked: dict[str, Any] = {"start": date(2026, 6, 1), "as_of": date(2026, 6, 1), "suspended": curing}
    with pytest.raises(BadSuspension) as caught:
        due(LAW, "application", "decision", **asked)
    assert caught.value.code == "not_switched_on"
    found = due(load(KZ, enable=["suspensions.cure"]), "application", "decision", **asked)
    assert (found.on, found.status) == (date(2026, 6, 25), "unverified")
