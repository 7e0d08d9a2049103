"""An order that moves a day: all processes date by it, open cases are dated again in one run that survives anything."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import actions, moved_days, queries, rules
from qyzmet.cases.actions import calendar
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import CalendarOrder, Case, Redating, Step
from qyzmet.law import kz
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import AUTHOR, Desk

pytestmark = pytest.mark.django_db
WEDNESDAY, SATURDAY = date(2026, 4, 22), date(2026, 4, 25)
ANNOUNCED, MOVED = date(2026, 5, 8), date(2026, 5, 12)
"""15 working days from 16 April 2026: 1 and 7 May are holidays; 9 May, a Saturday, is carried over to the 11th."""
ORDER = {"number": "36-НҚ", "dated": date(2026, 4, 10), "url": "https://adilet.example/36"}


def version() -> str:
    return moved_days.version()


def move(desk: Desk, off_on: date | None = WEDNESDAY, worked_on: date | None = None, **other: Any) -> CalendarOrder:
    given = {**ORDER, "base": version(), "by": desk.by("administrator"), "at": desk.at(), **other}
    return actions.move_day(off_on=off_on, worked_on=worked_on, **given)


def back(desk: Desk, n: int, **other: Any) -> CalendarOrder:
    given = {**ORDER, "number": "40-НҚ", "note": "Қате енгізілген.", "base": version(), **other}
    return actions.take_back(n=n, by=desk.by("administrator"), at=desk.at(), **given)


def work(desk: Desk, **options: int) -> int:
    desk.wait(minutes=2)
    return calendar.redate_on(at=desk.at(), **options)


def due(*cases: Case) -> list[date | None]:
    return [Case.objects.get(pk=case.pk).due_on for case in cases]


def run() -> Redating:
    return Redating.objects.latest("id")


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of one case."""
    whole: Callable[..., Any] = calendar.redate_batch
    monkeypatch.setattr(calendar, "redate_batch", lambda **given: whole(**given, batch=1))


def test_open_cases_are_dated_again_and_the_way_names_the_order(desk: Desk) -> None:
    cases = [desk.file("request", "water").case for _ in range(2)]
    assert due(*cases) == [ANNOUNCED] * 2
    move(desk)
    assert due(*cases) == [ANNOUNCED] * 2, "not within the request of the desk"
    assert work(desk) == 2
    assert due(*cases) == [MOVED] * 2
    facts = [fact for fact in cases[0].deadlines.get(key="decision").facts if fact.get("date") == "2026-04-22"]
    assert [(fact["fact"], fact["order"], fact["url"]) for fact in facts] == [
        ("day_off", "36-НҚ, 10.04.2026", ORDER["url"])
    ]
    step = cases[0].steps.get(code="redate")
    assert step.facts == {"due_on": "2026-05-12", "before": "2026-05-08", "order": "36-НҚ"}
    done = run()
    assert (done.state, done.total, done.seen, done.moved, done.letters) == ("done", 2, 2, 2, 2)


def test_a_pair_of_days_counts_the_worked_saturday(desk: Desk) -> None:
    case = desk.file("request", "water").case
    move(desk, WEDNESDAY, SATURDAY)
    assert work(desk) == 1
    assert due(case) == [ANNOUNCED], "one day less, one day more"
    assert not Letter.objects.filter(kind="redated").exists()
    move(desk, None, date(2026, 4, 18))
    work(desk)
    assert due(case) == [date(2026, 5, 6)], "a day earlier; 7 May is a holiday"
    assert not Letter.objects.filter(kind="redated").exists(), "who gets an earlier day is told by the page"


@pytest.mark.parametrize(("language", "also"), [("kk", []), ("ru", []), ("en", ["en"])])
def test_the_letter_says_both_days_and_the_order(desk: Desk, language: str, also: list[str]) -> None:
    case = desk.file("request", "water", language=language, answer_channel="email").case
    move(desk)
    work(desk)
    found = list(Letter.objects.filter(kind="redated", case_number=case.number).order_by("id"))
    first = case.answer_language
    assert [letter.language for letter in found] == [first, *also]
    days = {"kk": "2026 жылғы 8 мамыр", "ru": "8 мая 2026", "en": "8 May 2026"}
    later = {"kk": "2026 жылғы 12 мамыр", "ru": "12 мая 2026", "en": "12 May 2026"}
    for letter in found:
        assert days[letter.language] in letter.body
        assert later[letter.language] in letter.body
        assert "36-НҚ, 10.04.2026" in letter.body and ORDER["url"] in letter.body
        assert letter.official_name == ""
        assert letter.official_post == case.body.name(letter.language)
        ways = Dispatch.objects.filter(letter=letter).order_by("channel")
        assert [(way.channel, way.address) for way in ways] == [("email", AUTHOR.email), ("page", "")]
    assert [link.reader for link in case.case_letters.filter(letter__in=found)] == ["applicant"] * len(found)
    assert (found[-1].courtesy_of_id == found[0].pk) is bool(also)


def test_taken_back_the_days_are_as_before(desk: Desk) -> None:
    case = desk.file("request", "water").case
    first = move(desk)
    work(desk)
    row = back(desk, first.n)
    assert (row.n, row.cancels, row.off_on) == (2, first, None)
    work(desk)
    assert due(case) == [ANNOUNCED]
    assert moved_days.in_force() == []
    with pytest.raises(Refused, match="order_not_in_force"):
        back(desk, first.n)
    again = move(desk)
    assert [one.n for one in moved_days.in_force()] == [again.n]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"off_on": None}, "no_day_moved"),
        ({"worked_on": WEDNESDAY}, "same_day_moved"),
        ({"off_on": date(2026, 5, 1)}, "day_is_off_already"),
        ({"off_on": None, "worked_on": WEDNESDAY}, "day_is_worked_already"),
        ({"off_on": date(2040, 1, 10)}, "day_outside_calendar"),
        ({"number": " "}, "order_number_needed"),
        ({"url": "adilet"}, "order_address_needed"),
        ({"dated": date(2026, 4, 16)}, "order_from_future"),
        ({"base": "another"}, "calendar_changed"),
    ],
)
def test_what_cannot_be_entered(desk: Desk, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code):
        move(desk, **given)
    assert not CalendarOrder.objects.exists()
    assert not Redating.objects.exists()


def test_two_orders_on_one_day(desk: Desk) -> None:
    move(desk, WEDNESDAY, SATURDAY)
    for days in ((SATURDAY, None), (None, WEDNESDAY), (date(2026, 4, 23), SATURDAY)):
        with pytest.raises(Refused, match="day_has_an_order") as refused:
            move(desk, *days)
        assert refused.value.values["number"] == "36-НҚ"


@pytest.mark.parametrize("name", ["water_head", "water_registrar", "employee"])
def test_nobody_else_finds_any_of_it(desk: Desk, name: str) -> None:
    first = move(desk)
    given = {"by": desk.by(name), "at": desk.at()}
    order = {**ORDER, "base": version()}
    with pytest.raises(Missing):
        actions.move_day(off_on=date(2026, 4, 23), worked_on=None, **order, **given)
    with pytest.raises(Missing):
        actions.take_back(n=first.n, note="x", **order, **given)
    for act in (actions.stop_redating, actions.resume_redating, actions.date_again):
        with pytest.raises(Missing):
            act(**given)
    who = queries.reader(desk.cast.people[name], desk.now.date())
    for ask in (queries.calendar_now, lambda who: queries.try_without(who, first.n)):
        with pytest.raises(Missing):
            ask(who)
    with pytest.raises(Missing):
        actions.date_again(by=actions.SYSTEM, at=desk.at())


def test_an_order_is_never_edited(desk: Desk) -> None:
    row = move(desk)
    for change in (lambda: CalendarOrder.objects.update(note="x"), lambda: CalendarOrder.objects.all().delete()):
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            connection.cursor().execute("DELETE FROM cases_redating")
            change()
    assert moved_days.digest(CalendarOrder.objects.get(pk=row.pk), "") == row.version


def test_it_begins_when_what_began_under_the_old_calendar_is_written(desk: Desk) -> None:
    desk.file("request", "water")
    row = move(desk)
    assert calendar.redate_on(at=row.at + timedelta(seconds=59)) == 0
    assert calendar.redate_on(at=row.at + timedelta(seconds=60)) == 1


def test_stopped_it_goes_on_where_it_was(desk: Desk, one_at_a_time: None) -> None:
    cases = [desk.file("request", "water").case for _ in range(4)]
    move(desk)
    assert work(desk, batches=1) == 1
    actions.stop_redating(by=desk.by("administrator"), at=desk.at())
    assert work(desk) == 0
    assert due(*cases) == [MOVED] + [ANNOUNCED] * 3
    with pytest.raises(Refused, match="no_redating"):
        actions.stop_redating(by=desk.by("administrator"), at=desk.at())
    actions.resume_redating(by=desk.by("administrator"), at=desk.at())
    assert work(desk) == 3
    assert due(*cases) == [MOVED] * 4
    assert (run().state, run().seen, run().moved) == ("done", 4, 4)
    assert Step.objects.filter(code="redate").count() == 4


def test_failing_in_a_batch_nothing_of_it_stays(
    desk: Desk, one_at_a_time: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [desk.file("request", "water").case for _ in range(3)]
    move(desk)
    whole: Callable[..., Any] = calendar.redate_batch

    def killed(**given: Any) -> Any:
        done = whole(**given)
        if done.after == cases[1].pk:
            raise KeyboardInterrupt
        return done

    with monkeypatch.context() as patch:
        patch.setattr(calendar, "redate_batch", killed)
        with pytest.raises(KeyboardInterrupt):
            work(desk)
    assert due(*cases) == [MOVED, ANNOUNCED, ANNOUNCED]
    assert (run().after, run().seen) == (cases[0].pk, 1)
    work(desk)
    assert due(*cases) == [MOVED] * 3
    assert [case.steps.filter(code="redate").count() for case in cases] == [1, 1, 1]
    assert Letter.objects.filter(kind="redated").count() == 3


def test_a_second_order_takes_over(desk: Desk, one_at_a_time: None) -> None:
    cases = [desk.file("request", "water").case for _ in range(2)]
    move(desk)
    work(desk, batches=1)
    move(desk, date(2026, 4, 23))
    assert list(Redating.objects.order_by("id").values_list("state", flat=True)) == ["overtaken", "running"]
    work(desk)
    assert due(*cases) == [date(2026, 5, 13)] * 2
    assert [case.steps.filter(code="redate").count() for case in cases] == [2, 1]


def test_one_run_at_a_time(desk: Desk) -> None:
    move(desk)
    given = {"total": 0, "by": desk.cast.administrator, "asked_at": desk.now, "changed_at": desk.now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Redating.objects.create(state="stopped", **given)


def test_the_clock_dates_a_case_before_it_acts_upon_its_day(desk: Desk) -> None:
    case = desk.file("request", "water").case
    desk.wait(days=20)
    move(desk)
    actions.stop_redating(by=desk.by("administrator"), at=desk.at())
    desk.now = desk.now.replace(month=5, day=9, hour=6)
    assert tick(at=desk.now).done.get("lapse", 0) == 0
    assert (due(case), Case.objects.get(pk=case.pk).is_open) == ([MOVED], True)
    desk.now = desk.now.replace(day=13)
    assert tick(at=desk.now).done["lapse"] == 1


def test_the_tick_works_the_run_off(desk: Desk) -> None:
    desk.file("request", "water")
    move(desk)
    desk.wait(minutes=2)
    assert tick(at=desk.at()).done["redated"] == 1
    assert "redated" not in tick(at=desk.at()).done
    assert run().state == "done"


def test_an_accusation_is_dated_and_in_no_number(desk: Desk) -> None:
    accused, plain = desk.accuse("centre_head", "centre").case, desk.file("message", "water").case
    move(desk)
    work(desk)
    assert due(accused) == due(plain)
    assert due(accused) != [accused.due_on]
    assert accused.case_letters.filter(letter__kind="redated", reader="applicant").count() == 1
    assert (run().total, run().seen, run().moved, run().letters) == (1, 1, 1, 1)


def test_everybody_finds_the_calendar_in_force_as_a_file(desk: Desk, client: Client, tmp_path: Path) -> None:
    """A receipt names the day that follows from it; whoever checks one needs the orders too."""
    move(desk, WEDNESDAY, SATURDAY)
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar" / "2026.toml").write_bytes(client.get("/calendar/2026.toml").content)
    told = kz(tmp_path).calendar
    assert (told.is_working(WEDNESDAY), told.is_working(SATURDAY)) == (False, True)
    assert told.rows == rules.rules().calendar.rows
    assert client.get("/calendar/1999.toml").status_code == 404


def test_a_new_case_is_dated_by_the_order_at_once(desk: Desk) -> None:
    move(desk)
    assert due(desk.file("request", "water").case) == [MOVED]


def test_a_process_keeps_nothing_that_the_version_does_not_name(desk: Desk) -> None:
    before = rules.rules()
    assert before is rules.files()
    move(desk)
    rules.begin_anew()
    with CaptureQueriesContext(connection) as caught:
        after = rules.rules()
        assert rules.rules() is after
    assert 1 <= len(caught) <= 3
    assert (before.calendar.is_working(WEDNESDAY), after.calendar.is_working(WEDNESDAY)) == (True, False)
    rules.begin_anew()
    with CaptureQueriesContext(connection) as again:
        assert rules.rules() is after
    assert len(again) == 1, "the version alone"


def elsewhere(*words: str) -> "subprocess.Popen[str]":
    """Another process on this database."""
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, str(root / "tests/cases/calendar_worker.py"), str(connection.settings_dict["NAME"]), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{root}/src:{root}"},
    )


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_the_order_with_its_next_piece_of_work(desk: Desk) -> None:
    with elsewhere("ask") as process:
        assert process.stdin and process.stdout
        first = json.loads(process.stdout.readline())
        move(desk)
        process.stdin.write("\n")
        process.stdin.flush()
        assert (first, json.loads(process.stdout.readline())) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_killed_between_and_within_batches_it_goes_on_with_the_next_case(desk: Desk) -> None:
    cases = [desk.file("request", "water").case for _ in range(4)]
    move(desk)
    for number, where, dated in ((1, "after", 1), (2, "before", 2), (1, "before", 2), (1, "after", 3)):
        with elsewhere("work", str(number), where) as process:
            assert process.wait() == -signal.SIGKILL
        assert due(*cases) == [MOVED] * dated + [ANNOUNCED] * (4 - dated)
        assert (run().after, run().seen) == (cases[dated - 1].pk, dated)
    with elsewhere("work", "0", "after") as one, elsewhere("work", "0", "after") as other:
        assert (one.wait(), other.wait()) == (0, 0)
    assert due(*cases) == [MOVED] * 4
    assert (run().state, run().seen, run().moved, run().letters) == ("done", 4, 4, 4)
    assert [case.steps.filter(code="redate").count() for case in cases] == [1] * 4
    assert Letter.objects.filter(kind="redated").count() == 4
