"""A day is taken off in the calendar: open cases are dated again, closed ones are not, and it can be stopped."""

from datetime import date
from pathlib import Path

import pytest

from qyzmet.cases import actions, queries, rules
from qyzmet.law import KZ, kz
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
ROW = """
[[day]]
date = 2026-04-22
kind = "off"
reason = "moved"
instead_of = 2026-04-25
name = { kk = "Демалыс күні", ru = "Выходной день", en = "Day off" }
order = "№ 1"
url = "https://qala.example/1"
status = "verified"
"""


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A city's calendar with one more day off; `use()` of it is what a changed row does to a running city."""
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "2026.toml").write_text((KZ / "calendar" / "2026.toml").read_text() + ROW)
    monkeypatch.setattr("qyzmet.cases.deadlines.rules", lambda: kz(tmp_path))
    monkeypatch.setattr("qyzmet.cases.deadlines.procedure", kz(tmp_path).procedure)


def test_open_cases_move_by_a_day_and_say_so(desk: Desk, request: pytest.FixtureRequest) -> None:
    first, closed, second = (desk.file("request", "water") for _ in range(3))
    actions.withdraw(closed.case, by=actions.APPLICANT, at=desk.at())
    late = desk.file("request", "water")
    actions.withdraw(late.case, by=actions.APPLICANT, at=desk.at())
    request.getfixturevalue("moved")
    batch = actions.redate_batch(after=0, at=desk.at(), batch=1)
    assert (batch.seen, batch.moved) == (1, 1)
    assert actions.redate_all(at=desk.at(), after=batch.after or 0) == 1
    assert actions.redate_all(at=desk.at()) == 0
    for filed in (first, second):
        seen = queries.follow(filed.case.number, filed.code)
        assert seen.case.due_on == date(2026, 5, 12)  # 9 May is carried over to the 11th
        assert seen.steps[-1].code == "redate"
        assert any("2026-04-22" in str(fact) for deadline in seen.deadlines for fact in deadline.facts)
        rows = list(seen.case.steps.order_by("n"))
        assert [step.n for step in rows] == [1, 2]
        assert bytes(rows[1].entry.leaf_hash) == bytes(seen.case.last_leaf)
    assert queries.follow(closed.case.number, closed.code).case.due_on == date(2026, 5, 8)


def test_the_shipped_rules_are_loaded_once() -> None:
    assert rules.rules() is rules.rules()
