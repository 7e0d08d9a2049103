"""Dates of `dates/*.csv`, some counted by hand and some by the slow count of slow.py, which knows only the rows of the
calendar and what a person reads in the act: all of them must be what that count gives, and what the law gives."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from qyzmet.law import KZ, answer, kz
from tests.law.slow import ONE, Form, SlowCalendar, slow

FOLDER = Path(__file__).parent / "dates"
CLOSING = time(18, 30)
EACH_KIND = 7
"""Fewer rows would leave a kind to chance."""
ALL_KINDS = 340


class Row(NamedTuple):
    procedure: str
    received: datetime
    term: str
    count: int | None
    due: date
    why: str


@dataclass(frozen=True)
class Reading:
    """What a person reads in the act: so many days, from which event, since when. Written here again on purpose."""

    since: date
    count: int
    event: str
    form: Form


def rows() -> Iterator[Row]:
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for one in csv.DictReader(lines):
                received, due = datetime.fromisoformat(one["received"]), date.fromisoformat(one["due"])
                count = int(one["count"]) if one["count"] else None
                yield Row(one["procedure"], received, one["term"], count, due, one["why"])


def slow_calendar() -> SlowCalendar:
    years = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((KZ / "calendar").glob("*.toml"))]
    known = [row for year in years for row in year["day"]]
    holidays = frozenset(row["date"] for row in known if row["reason"] == "holiday")
    return SlowCalendar({row["date"]: row["kind"] for row in known}, holidays)


BEGIN, MEDIA, PETITION = date(2021, 7, 1), date(2024, 8, 20), date(2024, 4, 5)
NEW, TAX = date(2025, 12, 30), date(2026, 1, 1)
SERVICE, LABOUR, PERSONAL, LEAVE = date(2026, 7, 1), date(2025, 8, 26), date(2026, 1, 19), date(2026, 1, 11)
"""First days of the laws on the civil service, of the Labour Code's and of the personal data law's redactions read."""
WORKING, CALENDAR = Form(), Form("calendar_days")
PRACTICE = {unit: Form(unit, "same", start_roll="next_working_day") for unit in ("working_days", "calendar_days")}
BACK = Form(direction="backward", roll="none")
AWAY = Form("calendar_days", "same", roll="none", skip="holidays")
REMOTE = Form("calendar_days", "same", roll="none")


def practice(count: int, unit: str = "working_days", until: date = NEW) -> tuple[Reading, ...]:
    """As the national platform counted, and from the newer wording on from the day after registration."""
    form = PRACTICE[unit]
    return Reading(BEGIN, count, "registration", form), Reading(until, count, "registration", Form(unit))


def one(count: int, event: str, form: Form = WORKING, since: date = BEGIN) -> tuple[Reading, ...]:
    return (Reading(since, count, event, form),)


def chosen(form: Form) -> tuple[Reading, ...]:
    return one(0, "event", form)


MONTH = Form("months")
READINGS: dict[str, tuple[Reading, ...]] = {
    "newsroom.decision": (
        Reading(BEGIN, 7, "registration", PRACTICE["working_days"]),
        Reading(MEDIA, 5, "receipt", WORKING),
    ),
    "newsroom.extension": chosen(CALENDAR),
    "information.decision": (
        Reading(BEGIN, 15, "registration", PRACTICE["calendar_days"]),
        Reading(NEW, 15, "receipt", CALENDAR),
    ),
    "information.extension": chosen(CALENDAR),
    "information.redirect": one(3, "receipt"),
    "information.published": one(3, "receipt"),
    "information.refusal": one(5, "registration"),
    "clarification.decision": one(2, "registration"),
    "clarification.redirect": one(2, "receipt"),
    "clarification.extension_notice": one(2, "event"),
    "service-complaint.decision": practice(5),
    "service-complaint.quality_control": practice(15),
    "service-complaint.extension": chosen(WORKING),
    "service-complaint.extension_notice": one(3, "event"),
    "petition.decision": one(20, "registration", since=PETITION),
    "petition.central": one(40, "registration", since=PETITION),
    "petition.publication": one(1, "event", since=PETITION),
    "petition.discussion_notice": one(3, "event", BACK, PETITION),
    "petition.joining": one(6, "event", Form("months", roll="none"), PETITION),
    "reception.decision": one(1, "registration", MONTH, NEW),
    "reception.schedule": one(1, "event", Form("months", roll="none"), NEW),
    "notary.decision": practice(10, "calendar_days"),
    "lawyer.decision": practice(10),
    "bailiff.decision": practice(3),
    "declassification.decision": practice(30, "calendar_days"),
    "rehabilitation.decision": practice(90, "calendar_days"),
    "tax-complaint.decision": practice(30, until=TAX),
    "tax-complaint.filing": one(30, "event", since=TAX),
    "tax-complaint.refusal_notice": one(10, "registration", since=TAX),
    "tax-complaint.extension": one(0, "registration", since=TAX),
    "tax-complaint.supplement": one(15, "event", since=TAX),
    "tax-monitoring-complaint.decision": practice(45, until=TAX),
    **{f"{kind}.decision": practice(15) for kind in ("application", "message", "request", "response", "suggestion")},
    "application.preliminary": one(3, "event"),
    "complaint.decision": practice(20),
    "complaint.pass_up": one(3, "receipt"),
    "consent-withdrawal.decision": one(15, "receipt", since=PERSONAL),
    "removal-demand.decision": one(1, "receipt", since=PERSONAL),
    "discipline.impose": one(1, "event", MONTH),
    "discipline.impose_discrediting": one(3, "event", MONTH),
    "discipline.outer": one(6, "event", MONTH),
    "discipline.lapse_remark": one(2, "event", Form("months", roll="none"), SERVICE),
    "discipline.lapse_severe": one(4, "event", Form("months", roll="none"), SERVICE),
    "discipline.materials": one(3, "event", BACK),
    "discipline.announce": one(3, "event"),
    "labour-discipline.impose": one(1, "event", MONTH, LABOUR),
    "labour-discipline.explanation": one(2, "event", since=LABOUR),
    "labour-discipline.announce": one(3, "event", since=LABOUR),
    "labour-discipline.lapse": one(6, "event", Form("months", roll="none"), LABOUR),
    "labour-discipline.commission_decision": one(15, "registration"),
    "leave-schedule.leave": one(30, "event", AWAY, SERVICE),
    "leave-schedule.leave_employee": one(24, "event", AWAY, LEAVE),
    "leave-schedule.leave_part": one(14, "event", AWAY, LEAVE),
    "leave-schedule.extra_twenty": one(10, "event", AWAY, SERVICE),
    "leave-schedule.change_notice": one(14, "event", Form("calendar_days", direction="backward", roll="none"), LEAVE),
    "remote-work.remote": one(0, "event", REMOTE, SERVICE),
    "remote-work.remote_employees": one(0, "event", REMOTE, LEAVE),
    "service-inquiry.inquiry": one(10, "event"),
    "service-inquiry.materials": one(3, "event", BACK),
    "service-inquiry.corruption_report": one(10, "event", CALENDAR, SERVICE),
}
LAW, SLOW, ROWS = kz(), slow_calendar(), tuple(rows())


def registered(received: datetime) -> date:
    day = received.date()
    return day if SLOW.worked(day) and received.time() < CLOSING else SLOW.onwards(day + ONE)


def counted(row: Row) -> date:
    on = registered(row.received)
    readings = READINGS[f"{row.procedure}.{row.term}"]
    as_of = row.received.date() if readings[0].event == "event" else on
    reading = [found for found in readings if found.since <= as_of][-1]
    start = on if reading.event == "registration" else row.received.date()
    return slow(SLOW, reading.form, start, row.count or reading.count)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.procedure} {row.term} {row.received}: {row.why}")
def test_hand_slow_count_and_law_agree(row: Row) -> None:
    found = answer(LAW, row.procedure, row.received, term=row.term, count=row.count)
    assert (counted(row), found.due.on, found.registration.on) == (row.due, row.due, registered(row.received))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_the_rows_of_a_kind_are_many_and_each_says_why(path: Path) -> None:
    own = [row for row in ROWS if row.procedure == path.stem]
    assert len(own) >= EACH_KIND and all(row.why for row in own)
    assert len({(row.received, row.term) for row in own}) == len(own)


def test_the_rows_lie_over_all_years_of_the_calendar() -> None:
    assert len(ROWS) >= ALL_KINDS
    years = {row.received.year for row in ROWS}
    assert years == set(range(BEGIN.year, LAW.calendar.last.year + 1))


def test_every_kind_has_rows_but_the_one_that_is_due_within_hours() -> None:
    assert set(LAW.procedures) - {row.procedure for row in ROWS} == {"statement"}


@pytest.mark.parametrize("why", ["Nauryz", "Kurban ait", "worked Saturday", "moved", "year end", "cut-off", "UTC+5"])
def test_the_days_that_are_easily_wrong_are_among_them(why: str) -> None:
    assert len({row.procedure for row in ROWS if why in row.why}) >= EACH_KIND


def test_a_wrong_row_would_be_found() -> None:
    row = ROWS[0]
    assert counted(row._replace(due=row.due + timedelta(days=1))) != row.due + timedelta(days=1)
