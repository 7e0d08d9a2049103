"""Intake goes on where the calendar ends (APPC 64(1)): no day is guessed, none lapses, and all get theirs later."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from qyzmet import law
from qyzmet.cases import actions, queries
from qyzmet.cases.actions import clock
from qyzmet.cases.models import Case
from qyzmet.cases.rules import rules
from qyzmet.law import kz
from qyzmet.text.dates import ALMATY
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
LAST = rules().calendar.last
TOLD = {
    "kk": "2028 жылғы күнтізбе белгілі болғанда",
    "ru": "календарь на 2028 год",
    "en": "the calendar of 2028 is known",
}


def at(desk: Desk, day: date, hour: int = 10) -> Desk:
    desk.now = datetime(day.year, day.month, day.day, hour, tzinfo=ALMATY)
    return desk


@pytest.fixture
def year_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year after the last one, as a city may add it: plain weeks. Called when the test asks for it."""
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "2028.toml").write_text('year = 2028\nstatus = "secondary"\n')
    monkeypatch.setattr("qyzmet.cases.deadlines.rules", lambda: kz(tmp_path))
    monkeypatch.setattr("qyzmet.cases.deadlines.procedure", kz(tmp_path).procedure)


def test_the_shipped_calendar_ends_where_these_tests_begin() -> None:
    assert date(2027, 12, 31) == LAST


@pytest.mark.parametrize("kind", ["request", "application", "complaint", "message"])
@pytest.mark.parametrize(("day", "hour"), [(date(2027, 12, 20), 10), (LAST, 20), (date(2028, 2, 3), 9)])
def test_an_appeal_is_taken_without_a_day_and_says_so(desk: Desk, kind: str, day: date, hour: int) -> None:
    case = at(desk, day, hour).file(kind, "water").case
    assert (case.due_on, case.registered_on, case.is_open) == (None, day, True)
    decision = case.deadlines.get(key="decision")
    for lang, said in TOLD.items():
        assert said in " ".join(law.explain(decision.facts, lang))
    talon = case.case_letters.get(letter__language="kk").letter.body
    assert TOLD["kk"] in talon and "9999" not in talon
    entry = case.steps.get().entry
    assert '"d"' not in entry.leaf


def test_it_stands_in_the_queue_behind_all_that_has_a_day(desk: Desk) -> None:
    undated = at(desk, date(2028, 1, 10)).file("request", "water").case
    dated = at(desk, date(2027, 11, 1)).file("request", "water").case
    who = queries.reader(desk.cast.water_registrar, date(2028, 1, 10))
    assert [case.number for case in queries.body_queue(who).rows] == [dated.number, undated.number]
    assert undated.number not in [row.number for row in queries.body_queue(who, queries.Filter(overdue=True)).rows]
    assert queries.working_days_left(Case.objects.get(pk=undated.pk), date(2028, 1, 10)) is None


def test_silence_without_a_day_is_no_refusal(desk: Desk) -> None:
    case = at(desk, date(2027, 12, 20)).file("request", "water").case
    clock.tick(at=desk.now + timedelta(days=400))
    assert Case.objects.get(pk=case.pk).state == "registered"
    assert actions.lapse(case, at=desk.now + timedelta(days=400)) is None


def test_when_the_year_is_added_each_gets_its_day(desk: Desk, request: pytest.FixtureRequest) -> None:
    monday = at(desk, date(2027, 12, 20)).file("request", "water").case
    night = at(desk, LAST, 20).file("request", "water").case
    request.getfixturevalue("year_added")
    assert actions.redate_all(at=desk.at()) == 2
    found = {case.pk: case.due_on for case in Case.objects.all()}
    # counted on paper: plain weeks in 2028, the 15th working day after the day of registration
    assert found == {monday.pk: date(2028, 1, 10), night.pk: date(2028, 1, 21)}
    step = monday.steps.get(code="redate")
    assert step.facts["due_on"] == "2028-01-10"
    assert Case.objects.get(pk=monday.pk).act_on < date(2028, 1, 11)


def test_work_goes_on_without_a_day(desk: Desk) -> None:
    case = at(desk, date(2028, 1, 10)).file("request", "water").case
    desk.answer(case, "water", "answered")
    assert Case.objects.get(pk=case.pk).state == "answered"
