"""By programs: the clock is stopped and runs again, a late complaint is taken, its term is restored."""

import pytest

from qyzmet.cases.models import Case
from tests.api.conftest import APPEAL, Clock, Program
from tests.api.test_desk import Make
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
INQUIRY = {"cause": "inquiry", "first": "2026-04-15", "ground": "№ 7 сұрау салу"}


def test_a_case_that_stands_has_no_day_and_says_since_when(
    anybody: Program, program: Make, desk: Desk, clock: Clock
) -> None:
    filed = desk.file("tax-complaint", "water")
    number, head = filed.case.number, program("water_head")
    taken = head.step(number, "stand_still", INQUIRY)
    assert taken["due_on"] is None
    view = head.get(f"/desk/cases/{number}").json()
    assert (view["due_on"], view["stands_since"]) == (None, "2026-04-15")
    (stood,) = view["standstills"]
    assert (stood["n"], stood["cause"]["code"], stood["last"], stood["ground"]) == (
        1,
        "inquiry",
        None,
        "№ 7 сұрау салу",
    )
    assert "запрос" in stood["cause"]["name"]["ru"]
    decision = next(one for one in view["deadlines"] if one["key"] == "decision")
    assert (decision["on"], decision["stands_since"]) == (None, "2026-04-15")
    assert "The clock stands" in " ".join(decision["why"]["en"])
    (row,) = head.get("/desk/queue", {"list": "body"}).json()["rows"]
    assert row["stands_since"] == "2026-04-15"
    desk.file("application", "water")
    listed = head.get("/desk/queue", {"list": "body", "standing": "true"}).json()["rows"]
    assert [one["number"] for one in listed] == [number]
    own = anybody.get(f"/appeals/{number}", X_Follow_Code=filed.code)
    assert own.json()["stands_since"] == "2026-04-15"
    clock.wait(days=2)
    again = {"n": 1, "last": "2026-04-16", "ground": "№ 9"}
    assert head.step(number, "run_again", again)["due_on"] == "2026-06-03"
    refused = head.step(number, "run_again", {**again, "n": 2}, status=422)
    assert refused["code"] == "no_such_standstill"
    assert head.step(number, "stand_still", {**INQUIRY, "first": "x"}, status=422)


def test_a_late_complaint_is_taken_and_its_term_is_restored(anybody: Program, program: Make, clock: Clock) -> None:
    given = {**APPEAL, "kind": "complaint", "learned_on": "2026-01-05"}
    filed = anybody.post("/appeals", given)
    assert filed.status_code == 201
    number = filed.json()["number"]
    assert "late" in Case.objects.get(number=number).defects
    longer = anybody.post("/appeals", {**given, "told_route": False}).json()["number"]
    assert "late" not in Case.objects.get(number=longer).defects
    asked = {"ground": "illness", "reason": "Ауырдым."}
    program("water_registrar").step(number, "ask_restoration", asked)
    program("water_head").step(number, "pass_up", {})
    clock.wait(hours=1)
    done = program("city_head").step(number, "decide_restoration", {"granted": True, "reason": "Дәлелді."})
    assert done["step"] == "decide_restoration"
    assert "late" not in Case.objects.get(number=number).defects
