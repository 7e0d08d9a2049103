"""Registration, due dates, their statuses, and the way to them in words."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.law import (
    KZ,
    LANGS,
    STATUSES,
    BadCount,
    Law,
    MomentNeeded,
    NoRedaction,
    OutOfCalendar,
    QuestionError,
    UnknownTerm,
    answer,
    due,
    explain,
    kz,
    load,
    registration,
    worst,
)

LAW = kz()
CALENDAR = LAW.calendar
moments = st.datetimes(datetime(2021, 7, 1), datetime(2027, 11, 1))  # noqa: DTZ001 - naive = the clock on the wall


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@given(moments, st.one_of(st.none(), st.times()))
def test_registration_is_the_same_day_or_the_next_worked_one(received: datetime, cutoff: time | None) -> None:
    found = registration(LAW, received, cutoff=cutoff)
    assert CALENDAR.is_working(found.on)
    in_time = received.time() < (cutoff or time(18, 30))
    assert (found.on == received.date()) == (CALENDAR.is_working(received.date()) and in_time)
    between = range(1, (found.on - received.date()).days)
    assert not any(CALENDAR.is_working(received.date() + timedelta(days=n)) for n in between)


def test_a_moment_with_a_zone_is_put_on_the_clock_of_almaty() -> None:
    # UTC+5 since 1 March 2024, UTC+6 before
    assert registration(LAW, at("2026-06-01T13:30:00+00:00")).on == date(2026, 6, 2)
    assert registration(LAW, at("2026-06-01T13:29:59+00:00")).on == date(2026, 6, 1)
    assert registration(LAW, at("2023-06-01T12:30:00+00:00")).on == date(2023, 6, 2)
    assert registration(LAW, at("2026-06-01T20:00:00+12:00")).on == date(2026, 6, 1)


@pytest.mark.parametrize(
    "received", ["2021-06-30T23:59:59", "2028-01-01T00:00", "2027-12-31T18:30", "0001-01-01T00:00"]
)
def test_outside_the_calendar_nothing_is_registered(received: str) -> None:
    with pytest.raises(OutOfCalendar):
        registration(LAW, at(received))


def test_the_ends_of_all_time_are_outside_too() -> None:
    for moment in (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))):
        with pytest.raises(OutOfCalendar):
            registration(LAW, moment)


@pytest.mark.parametrize(
    ("procedure", "received", "status"),
    [
        ("application", "2026-02-02T10:00", "verified"),  # weekends only
        ("application", "2026-02-02T19:00", "secondary"),  # the hour moved the day
        ("application", "2026-04-27T10:00", "secondary"),  # holidays on the way
        ("application", "2026-12-20T10:00", "secondary"),  # into a year whose moved days are not ordered yet
        ("application", "2025-06-09T10:00", "secondary"),  # the older redaction
        ("message", "2026-02-02T10:00", "inferred"),
        ("complaint", "2026-02-02T10:00", "verified"),
    ],
)
def test_a_date_is_as_sure_as_the_least_sure_thing_that_decided_it(procedure: str, received: str, status: str) -> None:
    assert answer(LAW, procedure, at(received)).due.status == status


def test_a_body_that_states_its_own_hour_needs_no_mark_for_it() -> None:
    found = registration(LAW, at("2026-06-01T17:00"), cutoff=time(17))
    assert (found.on, found.status) == (date(2026, 6, 2), "verified")
    assert registration(LAW, at("2026-01-05T17:00"), cutoff=time(17)).status == "secondary"  # is it in force yet?


def test_worst_of_statuses() -> None:
    assert worst([]) == "verified"
    assert worst(["secondary", "inferred", "verified"]) == "inferred"
    assert worst(STATUSES) == "unverified"


def decision(start: date, **more: Any) -> Any:
    return due(LAW, "application", "decision", start=start, as_of=more.pop("as_of", start), **more)


def test_the_case_runs_under_the_redaction_of_its_registration() -> None:
    last_old, first_new = decision(date(2025, 12, 29)), decision(date(2025, 12, 30))
    assert (last_old.redaction, first_new.redaction) == ("2021-07-01", "2025-12-30")
    assert first_new.on - last_old.on >= timedelta(days=2)
    later = decision(date(2026, 1, 15), as_of=date(2025, 12, 29))  # arrived late at the body that decides
    assert later.redaction == "2021-07-01"


def test_no_redaction_is_known_before_the_first() -> None:
    with pytest.raises(NoRedaction) as caught:
        due(LAW, "application", "protocol", start=date(2025, 6, 2), as_of=date(2025, 6, 2))
    assert "no earlier redaction is known" in str(caught.value)
    assert "белгісіз" in caught.value.said("kk")
    assert "АППК 74(4)" in caught.value.said("ru")


def test_unknown_terms_name_the_known_ones() -> None:
    with pytest.raises(UnknownTerm) as caught:
        due(LAW, "complaint", "extension", start=date(2026, 6, 1), as_of=date(2026, 6, 1))
    assert "pass_up" in str(caught.value)


@pytest.mark.parametrize(
    ("term", "count", "code"),
    [
        ("decision", 3, "count_not_chosen"),
        ("extension", None, "count_needed"),
        ("extension", 0, "count_too_small"),
        ("extension", -5, "count_too_small"),
        ("extension", 60, "count_too_large"),
        ("extension", 10**12, "count_too_large"),
        ("cure", 16, "count_too_large"),
        ("cure", 10**12, "count_too_large"),
    ],
)
def test_a_length_is_chosen_only_where_the_law_leaves_it_open(term: str, count: int | None, code: str) -> None:
    with pytest.raises(BadCount) as caught:
        due(LAW, "application", term, start=date(2026, 6, 1), as_of=date(2026, 6, 1), count=count)
    assert caught.value.code == code
    assert len({caught.value.said(lang) for lang in LANGS}) == len(LANGS)


def test_two_months_are_the_ceiling_of_an_extension() -> None:
    start, ceiling = date(2026, 6, 1), date(2026, 8, 1)
    count = 0
    with pytest.raises(BadCount):
        while True:
            count += 1
            found = due(LAW, "application", "extension", start=start, as_of=start, count=count)
            assert found.on <= ceiling
    assert (count, found.on) == (44, date(2026, 7, 31))


HOURS = """
act = "APPC"
url = "https://example.org"
checked = 2026-11-21
[terms.answer_at_once]
name = { kk = "Жедел жауап", ru = "Срочный ответ", en = "Urgent answer" }
from = "receipt"
whose = "body"
[[terms.answer_at_once.values]]
valid_from = 2026-01-01
valid_to = 2026-12-31
count = 48
unit = "hours"
first_day = "next"
direction = "forward"
roll = "next_working_day"
article = "1"
status = "verified"
[terms.notice_before]
name = { kk = "Алдын ала хабарлау", ru = "Извещение заранее", en = "Notice before" }
from = "act"
whose = "body"
[[terms.notice_before.values]]
valid_from = 2026-01-01
count = 4
unit = "calendar_days"
first_day = "same"
direction = "backward"
roll = "none"
start_roll = "next_working_day"
article = "2"
status = "verified_old"
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Law:
    folder: Path = tmp_path_factory.mktemp("city")
    (folder / "message").mkdir()
    (folder / "message/terms.toml").write_text(HOURS, encoding="utf-8")
    return load(KZ, folder)


def test_a_term_in_hours_ends_at_a_moment(city: Law) -> None:
    found = due(city, "message", "answer_at_once", start=at("2026-06-04T15:20"), as_of=date(2026, 6, 4))
    assert found.at is not None
    assert (found.on, found.at.isoformat()) == (date(2026, 6, 8), "2026-06-08T15:20:00+05:00")
    told = explain(found.facts, "en")
    assert told[0] == "The term runs from: receipt, 4 June 2026, 15:20."
    assert told[-1] == "The term ends: 8 June 2026, 15:20."
    with pytest.raises(MomentNeeded):
        due(city, "message", "answer_at_once", start=date(2026, 6, 4), as_of=date(2026, 6, 4))
    with pytest.raises(NoRedaction, match="in force until 31 December 2026"):
        due(city, "message", "answer_at_once", start=at("2027-06-04T15:20"), as_of=date(2027, 6, 4))


def test_a_term_may_be_counted_back_from_a_rolled_start(city: Law) -> None:
    found = due(city, "message", "notice_before", start=date(2026, 6, 6), as_of=date(2026, 6, 6))
    assert (found.on, found.status) == (date(2026, 6, 5), "verified_old")
    told = explain(found.facts, "en")
    assert "The first day is not a working day, so the count began on 8 June 2026." in told
    assert "The term is counted back from the event." in told
    assert any("read in an older redaction" in line for line in told)


def test_the_way_to_the_worked_example() -> None:
    told = explain(answer(LAW, "application", at("2026-03-19T19:05")).facts, "en")
    assert told[0] == "Received: 19 March 2026, 19:05."
    assert told[1].startswith("That is after the end of the working day (18:30)")
    assert told[1].endswith("[from a secondary source]")
    assert told[2] == "Registered on: 20 March 2026."
    assert "15 working days, APPC 76(1)-(2); redaction in force from 30 December 2025." in told[3]
    assert any("24 March 2026 (day off for a holiday that fell on a weekend, Nauryz" in line for line in told)
    assert told[-1] == "Last day: 15 April 2026."


def test_moved_days_are_told_with_their_order() -> None:
    told = explain(answer(LAW, "application", at("2024-04-25T10:00")).facts, "en")
    assert any("8 May 2024 (moved day off; worked instead: 4 May 2024, order G24G0000109)" in line for line in told)
    assert any(line.startswith("Counted: 4 May 2024") for line in told)


def test_the_first_days_of_a_redaction_are_marked_as_doubtful() -> None:
    told = explain(decision(date(2026, 1, 9)).facts, "en")
    assert any("from which this redaction is in force is not certain" in line for line in told)
    assert not any("is not certain" in line for line in explain(decision(date(2026, 1, 12)).facts, "en"))


def test_facts_are_plain_json_and_are_told_the_same_after_storing() -> None:
    for procedure in LAW.procedures:
        for text in ("2026-12-24T10:00", "2024-12-20T19:00", "2025-12-29T10:00", "2026-05-09T10:00"):
            try:
                found = answer(LAW, procedure, at(text))
            except (NoRedaction, BadCount):  # nothing is known, or the body chooses the length
                continue
            stored = json.loads(json.dumps(found.due.as_json()))
            assert stored["on"] == found.due.on.isoformat()
            for lang in LANGS:
                assert explain(stored["facts"], lang) == explain(found.facts, lang)


IN_WORKING_DAYS = [
    code
    for code, found in LAW.procedures.items()
    if all(value.unit == "working_days" for value in found.term(found.main_term).values)
]


@given(moments, st.sampled_from(IN_WORKING_DAYS))
def test_every_day_off_on_the_way_is_told(received: datetime, procedure: str) -> None:
    try:
        found = answer(LAW, procedure, received)
    except QuestionError as error:
        assert isinstance(error, OutOfCalendar | NoRedaction)
        return
    told = {
        fact["date"] for fact in found.facts if fact["fact"] in ("weekend", "holiday", "carry_over", "moved", "day_off")
    }
    day = found.registration.on + timedelta(days=1)
    while day <= found.due.on:
        assert (day.isoformat() in told) != CALENDAR.is_working(day)
        day += timedelta(days=1)
    assert all(explain(found.facts, lang) for lang in LANGS)
