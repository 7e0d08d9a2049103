"""A day is taken off in the calendar: running terms are dated again, others are not, and it can be stopped."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import actions, queries, rules
from qyzmet.cases.models import Case
from qyzmet.journal import queries as journal
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


def test_only_what_moved_is_told_anew_and_the_journal_holds_it(desk: Desk, request: pytest.FixtureRequest) -> None:
    late = desk.file("application", "water").case
    kept = list(late.deadlines.order_by("id"))
    arrived = [fact for fact in kept[0].facts if fact["fact"] in ("received", "registered")]
    request.getfixturevalue("moved")
    assert actions.redate_all(at=desk.at()) == 1
    decision, redirect = late.deadlines.order_by("id")
    assert arrived
    assert decision.facts[: len(arrived)] == arrived
    assert decision.on == date(2026, 5, 12)
    assert [getattr(redirect, name) for name in ("on", "facts", "status")] == [
        kept[1].on,
        kept[1].facts,
        kept[1].status,
    ]
    step = late.steps.order_by("n").last()
    assert step is not None
    assert journal.holds(step.entry)
    content = journal.content_of(step.entry)
    assert content is not None
    assert (content["event"], content["n"], content["due_on"]) == ("redate", 2, decision.on.isoformat())
    before = late.steps.get(n=1)
    assert json.loads(step.entry.leaf)["p"] == bytes(before.entry.leaf_hash).hex()
    late.refresh_from_db()
    assert (late.due_on, late.act_on, late.steps_count) == (decision.on, redirect.on, 2)


def test_a_late_arrival_at_the_body_above_keeps_its_mark(desk: Desk, request: pytest.FixtureRequest) -> None:
    case = desk.file("complaint", "centre").case
    desk.wait(hours=10)
    desk.do("pass_up", case, "centre_head")
    before = case.deadlines.get(key="decision", is_open=True)
    way = before.facts[: [fact["fact"] for fact in before.facts].index("rule")]
    assert way[0]["fact"] == "received"
    assert any("late" in (fact.get("why"), fact["fact"]) for fact in way)
    assert before.status == "secondary"
    request.getfixturevalue("moved")
    assert actions.redate_all(at=desk.at()) == 1
    after = case.deadlines.get(pk=before.pk)
    assert after.on > before.on
    assert (after.facts[: len(way)], after.status) == (way, "secondary")


def test_a_batch_of_many_costs_as_many_statements_as_one_of_few(desk: Desk, request: pytest.FixtureRequest) -> None:
    for kind in ("request", "application", "suggestion", "message"):
        desk.file(kind, "water")
    request.getfixturevalue("moved")
    with CaptureQueriesContext(connection) as one:
        done = actions.redate_batch(after=0, at=desk.at(), batch=1)
    with CaptureQueriesContext(connection) as three:
        assert actions.redate_batch(after=done.after or 0, at=desk.at(), batch=3).moved == 3
    assert done.moved == 1
    assert len(one) == len(three)


def test_the_shipped_rules_are_loaded_once() -> None:
    assert rules.rules() is rules.rules()


def test_a_term_that_runs_in_a_closed_case_moves_too_but_not_one_that_is_over(
    desk: Desk, request: pytest.FixtureRequest
) -> None:
    """An act is executed within five working days of its adoption."""
    answered, over = (desk.file("application", "water").case for _ in range(2))
    for case in (answered, over):
        desk.answer(case, "water", "act_adopted")
        assert case.deadlines.get(key="act_execution").on == date(2026, 4, 22)
    over.deadlines.filter(is_open=True).update(on=date(2026, 4, 14))  # all of it ended yesterday
    request.getfixturevalue("moved")
    assert actions.redate_all(at=desk.at()) == 1
    assert answered.deadlines.get(key="act_execution").on == date(2026, 4, 23)
    assert set(over.deadlines.filter(is_open=True).values_list("on", flat=True)) == {date(2026, 4, 14)}
    case = Case.objects.get(pk=answered.pk)
    assert (case.is_open, case.due_on, case.act_on) == (False, date(2026, 5, 8), date(2026, 4, 23))
    assert case.steps.last().code == "redate"
