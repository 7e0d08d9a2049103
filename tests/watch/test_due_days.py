"""Due dates in a log, against days counted on paper (working days of April and May 2026 in Kazakhstan)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from qyzmet.law import kz
from qyzmet.ledger.leaf import Leaf
from qyzmet.watch.monitor import DueDays

DAYS = DueDays(kz())
MONDAY = datetime(2026, 4, 6, 5, tzinfo=UTC)
"""10:00 in Almaty. Fifteen working days after it, from Tuesday 7 April: three weeks, so Monday 27 April."""
RULE = "APPC 76(1)-(2)"


def wrong(at: datetime, due: date | None, rule: str | None = RULE, **more: Any) -> str | None:
    found = DAYS.wrong(Leaf(at, bytes(32), more.get("prev"), rule, due))
    return found.code if found else None


def test_the_day_the_rule_gives_is_right() -> None:
    assert wrong(MONDAY, date(2026, 4, 27)) is None


def test_a_late_arrival_counts_from_the_next_working_day() -> None:
    assert wrong(datetime(2026, 4, 6, 16, tzinfo=UTC), date(2026, 4, 28)) is None
    friday = datetime(2026, 4, 10, 16, tzinfo=UTC)
    assert wrong(friday, date(2026, 5, 5)) is None  # from Monday 13; 1 May is a day off


def test_a_later_day_than_the_rule_gives_is_wrong() -> None:
    found = DAYS.wrong(Leaf(MONDAY, bytes(32), None, RULE, date(2026, 4, 29)))
    assert found is not None
    assert (found.code, found.values["latest"]) == ("due_too_late", "2026-04-28")


def test_an_earlier_day_may_be_right_for_a_paper_that_lay() -> None:
    assert wrong(MONDAY, date(2026, 4, 20)) is None


def test_a_case_entered_after_its_last_day_is_named_and_a_later_step_is_not() -> None:
    assert wrong(MONDAY, date(2026, 4, 3)) == "due_passed"
    assert wrong(MONDAY, date(2026, 4, 3), prev=bytes(32)) is None


def test_a_day_off_is_never_the_last_day() -> None:
    assert wrong(MONDAY, date(2026, 4, 25)) == "due_never"
    assert wrong(datetime(2026, 4, 20, 5, tzinfo=UTC), date(2026, 5, 1)) == "due_never"


def test_an_extension_ends_within_two_months() -> None:
    extension = "APPC 76(3)"
    assert wrong(MONDAY, date(2026, 6, 5), extension, prev=bytes(32)) is None
    assert wrong(MONDAY, date(2026, 6, 9), extension, prev=bytes(32)) == "due_too_late"


@pytest.mark.parametrize(
    ("rule", "last", "beyond"),
    [
        # seven working days, the first of them 7 April, as for a case from before August 2024: 15 April, and fifteen
        # calendar days after it
        ("MM 36(1)", date(2026, 4, 30), date(2026, 5, 4)),
        # five working days, then ten: 13 and 27 April
        ("PSL 25(4)", date(2026, 4, 28), date(2026, 4, 29)),
        # fifteen calendar days and fifteen more: 21 April and 6 May, or 22 April and 7 May, a day off before the 8th
        ("ATI 11(10)", date(2026, 5, 8), date(2026, 5, 12)),
    ],
)
def test_an_extension_may_run_from_the_end_of_what_it_extends(rule: str, last: date, beyond: date) -> None:
    assert wrong(MONDAY, last, rule, prev=bytes(32)) is None
    assert wrong(MONDAY, beyond, rule, prev=bytes(32)) == "due_too_late"


@pytest.mark.parametrize(("rule", "code"), [("APPC 99", None), ("APPC 76", "rule_unknown"), ("", "rule_unknown")])
def test_a_rule_the_law_does_not_know_is_named(rule: str, code: str | None) -> None:
    assert wrong(MONDAY, date(2026, 5, 5), rule) == code


def test_a_rule_not_yet_in_force_is_unknown() -> None:
    assert wrong(datetime(2025, 6, 2, 5, tzinfo=UTC), date(2025, 7, 1), "APPC 76(3)") == "rule_unknown"


def test_nothing_is_said_where_it_does_not_stand_in_clear_or_the_calendar_ends() -> None:
    assert wrong(MONDAY, None) is None
    assert wrong(MONDAY, date(2026, 4, 29), None) is None
    assert wrong(datetime(2019, 4, 8, 5, tzinfo=UTC), date(2019, 9, 2)) is None
    assert wrong(MONDAY, date(2031, 1, 3)) is None
