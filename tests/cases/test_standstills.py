"""The clock of a case stands for a cause of the law: the last day follows, nothing fires, and everything says why."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from qyzmet import law
from qyzmet.bodies.models import Person
from qyzmet.cases import actions, queries, rules
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, Deadline, Standstill
from qyzmet.journal import queries as journal
from qyzmet.law import kz
from qyzmet.ledger import parse_leaf
from qyzmet.letters.models import Letter
from qyzmet.look import words
from qyzmet.text.dates import ALMATY
from qyzmet.text.refusal import Refused
from qyzmet.watch.monitor import DueDays
from tests.cases.desk import Desk
from tests.cast import TODAY
from tests.journal.books import own_log, take_in

pytestmark = pytest.mark.django_db
KIND, ONE = "tax-complaint", timedelta(days=1)
MONDAY, FRIDAY = date(2026, 4, 20), date(2026, 4, 24)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def stop(desk: Desk, case: Case, first: date, last: date | None = None, cause: str = "inquiry", **more: Any) -> Any:
    given = {"cause": cause, "first": first, "last": last, "ground": "2026 жылғы 20 сәуірдегі № 7 сұрау салу"}
    return desk.do("stand_still", case, "water_head", **{**given, **more})


def go_on(desk: Desk, case: Case, last: date | None, n: int = 1, **more: Any) -> Any:
    return desk.do("run_again", case, "water_head", n=n, last=last, ground="№ 9 жауап келді", **more)


def until(desk: Desk, day: date, hour: int = 10) -> None:
    desk.now = datetime(day.year, day.month, day.day, hour, tzinfo=ALMATY).astimezone(UTC)


def audited(first: date, act: date | None) -> tuple[date, date | None]:
    """A thematic audit stops the clock until fifteen working days after its act came (Tax Code 196(1)1)."""
    if act is None:
        return first, None
    day, left = act, 15
    while left:
        day += ONE
        left -= kz().calendar.is_working(day)
    return first, day


def slowly(start: date, count: int, stood: list[tuple[date, date | None]], off: frozenset[date] = frozenset()) -> Any:
    """Strike out working days one by one; None where the clock stands for good."""
    calendar, day = kz().calendar, start
    while count:
        day += ONE
        if day > date(2027, 12, 1):
            return None
        standing = any(first <= day <= (last or date.max) for first, last in stood)
        count -= calendar.is_working(day) and day not in off and not standing
    return day


def test_a_week_that_is_known_moves_the_last_day_by_a_week_and_the_way_says_so(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    before = case.due_on
    assert before == slowly(TODAY, 30, [])
    until(desk, MONDAY)
    step = stop(desk, case, MONDAY, FRIDAY)
    now = fresh(case)
    assert now.due_on == slowly(TODAY, 30, [(MONDAY, FRIDAY)]) != before
    assert now.stands_since is None
    decision = case.deadlines.get(key="decision", is_open=True)
    assert decision.stood_by == "TC 196(1)2"
    told = {"kk": "тоқтатыла тұрды", "ru": "Течение срока приостановлено: запрос", "en": "The clock stood: inquiry to"}
    for lang, said in told.items():
        assert any(said in line for line in law.explain(decision.facts, lang)), lang
    letter = Letter.objects.get(case_number=case.number, kind="clock_stands")
    assert "196(1)2" in letter.body and "№ 7" in letter.body
    assert (step.public, step.facts["standstills"][0]["cause"]) == (True, "inquiry")


def test_while_it_stands_there_is_no_day_that_lies_and_nothing_fires(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    was = case.due_on
    desk.assign(case, "water")
    until(desk, MONDAY)
    stop(desk, case, MONDAY)
    now = fresh(case)
    assert (now.due_on, now.stands_since) == (None, MONDAY)
    decision = case.deadlines.get(key="decision", is_open=True)
    assert decision.on == law.NOT_KNOWN
    assert law.stands_since(decision.facts) == MONDAY
    assert "2026" in Letter.objects.get(case_number=case.number, kind="clock_stands").body
    until(desk, was + 40 * ONE)
    done = tick(at=desk.at()).done
    assert not {"lapse", "reminders", "failed", "dispatched"} & set(done)
    head = queries.reader(desk.cast.people["water_head"], desk.now.date())
    assert fresh(case).act_on == case.deadlines.get(key="standing_check", is_open=True).on > desk.now.date()
    assert [row.pk for row in queries.body_queue(head).rows] == [case.pk]
    assert queries.body_queue(head, queries.Filter(overdue=True)).rows == []
    assert queries.counts(head).overdue == 0
    assert fresh(case).is_open
    decided = go_on(desk, case, desk.now.date())
    assert fresh(case).stands_since is None
    assert fresh(case).due_on == slowly(TODAY, 30, [(MONDAY, desk.now.date())])
    assert decided.facts["standstills"][0]["last"] == desk.now.date().isoformat()
    until(desk, fresh(case).due_on + ONE)
    assert tick(at=desk.at()).done.get("lapse") == 1
    assert fresh(case).state == "deemed_refused"


def standing_mails(case: Case) -> list[tuple[str, str]]:
    mails = Letter.objects.filter(case_number=case.number, kind="reminder").order_by("id")
    return [(mail.to_email, mail.body) for mail in mails]


def test_executor_and_head_are_reminded_each_month_of_a_clock_that_stands(desk: Desk) -> None:
    case = desk.file(KIND, "water", text="Құбыр жарылды.").case
    desk.assign(case, "water")
    until(desk, MONDAY)
    stop(desk, case, MONDAY)
    until(desk, date(2026, 5, 20))  # a month from the first day: the last day of the period
    assert "standing_check" not in tick(at=desk.at()).done
    until(desk, date(2026, 5, 21))
    assert tick(at=desk.at()).done["standing_check"] == 1
    people = desk.cast.people
    assert [to for to, _ in standing_mails(case)] == [people["water_executor"].email, people["water_head"].email]
    assert all("2026 жылғы 20 сәуір" in body and "Құбыр" not in body for _, body in standing_mails(case))
    step = fresh(case).steps.last()
    assert (step.code, step.public, step.facts) == ("remind", False, {"stands_since": "2026-04-20"})
    assert fresh(case).stands_since == MONDAY
    assert "standing_check" not in tick(at=desk.at()).done
    until(desk, date(2026, 6, 22))  # 21 June is a Sunday, so the period ends on the Monday
    assert "standing_check" not in tick(at=desk.at()).done
    until(desk, date(2026, 6, 23))
    assert tick(at=desk.at()).done["standing_check"] == 1
    assert len(standing_mails(case)) == 4


def test_nobody_is_reminded_of_a_clock_that_runs_again_or_whose_end_is_known(desk: Desk) -> None:
    again, known, void = (desk.file(KIND, "water").case for _ in range(3))
    until(desk, MONDAY)
    stop(desk, again, MONDAY)
    stop(desk, known, MONDAY, date(2026, 9, 25))
    stop(desk, void, MONDAY)
    until(desk, FRIDAY)
    go_on(desk, again, FRIDAY)
    go_on(desk, void, None, void=True)
    until(desk, date(2026, 5, 21))
    assert "standing_check" not in tick(at=desk.at()).done
    assert not any(standing_mails(case) for case in (again, known, void))


def test_a_clock_entered_late_is_reminded_of_by_its_first_day(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, date(2026, 5, 25))
    stop(desk, case, MONDAY)
    assert tick(at=desk.at()).done["standing_check"] == 1  # nobody has it in hand: the registrar
    people = desk.cast.people
    assert [to for to, _ in standing_mails(case)] == [people["water_registrar"].email, people["water_head"].email]


@pytest.mark.parametrize(("lang", "said"), [("ru", "всё ещё стоит"), ("en", "still stands"), ("kk", "әлі тоқтап тұр")])
def test_each_is_reminded_in_their_language_and_nobody_without_an_address(desk: Desk, lang: str, said: str) -> None:
    case = desk.file(KIND, "water").case
    people = desk.cast.people
    Person.objects.filter(pk=people["water_head"].pk).update(language=lang)
    Person.objects.filter(pk=people["water_registrar"].pk).update(email="")
    until(desk, date(2026, 5, 25))
    stop(desk, case, MONDAY)
    tick(at=desk.at())
    ((to, body),) = standing_mails(case)
    assert to == people["water_head"].email and said in body


def test_the_list_of_clocks_that_stand_is_narrowed_and_has_pages(desk: Desk) -> None:
    cases = [desk.file(KIND, "water").case for _ in range(5)]
    desk.file("application", "water")
    desk.assign(cases[0], "water")
    until(desk, MONDAY)
    for case in cases[:4]:
        stop(desk, case, MONDAY)
    stop(desk, cases[4], MONDAY, FRIDAY)
    only = queries.Filter(standing=True)
    head, executor, other = (
        queries.reader(desk.cast.people[name], desk.now.date()) for name in ("water_head", "water_executor", "dep_head")
    )
    seen, after = [], None
    for _ in range(2):
        found = queries.body_queue(head, only, after=after, limit=2)
        seen += [row.number for row in found.rows]
        after = found.after
    assert (sorted(seen), after) == (sorted(case.number for case in cases[:4]), None)
    assert [row.number for row in queries.my_queue(executor, only).rows] == [cases[0].number]
    assert queries.body_queue(other, only).rows == []


def test_a_reminder_comes_by_the_day_that_follows(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    desk.assign(case, "water")
    was = case.due_on
    until(desk, MONDAY)
    stop(desk, case, MONDAY, FRIDAY)
    until(desk, was)
    assert "reminders" not in tick(at=desk.at()).done
    until(desk, fresh(case).due_on)
    assert tick(at=desk.at()).done.get("reminders") == 1


def test_what_was_entered_by_mistake_never_stood(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    was = case.due_on
    until(desk, MONDAY)
    stop(desk, case, MONDAY)
    go_on(desk, case, None, void=True)
    assert (fresh(case).due_on, fresh(case).stands_since) == (was, None)
    assert case.deadlines.get(key="decision", is_open=True).stood_by == ""
    with pytest.raises(Refused, match="no_such_standstill"):
        go_on(desk, case, MONDAY)


def test_an_interval_is_only_made_shorter(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    stop(desk, case, MONDAY, FRIDAY)
    with pytest.raises(Refused, match="standstill_only_shorter"):
        go_on(desk, case, FRIDAY + ONE)
    go_on(desk, case, MONDAY + ONE)
    assert fresh(case).due_on == slowly(TODAY, 30, [(MONDAY, MONDAY + ONE)])


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a cause the law has not": ({"cause": "holiday"}, "unknown_cause"),
    "a cause of another procedure": ({"cause": "illness"}, "unknown_cause"),
    "one nobody checked": ({"cause": "cure"}, "unknown_cause"),
    "no ground": ({"ground": " "}, "reason_needed"),
    "backwards": ({"first": FRIDAY, "last": MONDAY}, "standstill_backwards"),
    "until a day of no calendar": ({"last": date(9999, 12, 31)}, "standstill_past_calendar"),
    "open, and not begun": ({"first": FRIDAY, "last": None}, "standstill_open_ahead"),
    "after the term": ({"first": date(2027, 3, 1), "last": date(2027, 3, 2)}, "nothing_to_stop"),
    "before the term": ({"first": date(2026, 3, 2), "last": date(2026, 3, 3)}, "nothing_to_stop"),
    "begun before the term": ({"first": TODAY - ONE}, "standstill_before_term"),
    "an act of an audit so late that the days after it are in no calendar": (
        {"cause": "thematic_audit", "last": date(2027, 12, 20)},
        "standstill_past_calendar",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_law_does_not_know_is_refused(desk: Desk, name: str) -> None:
    changed, code = REFUSED[name]
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    given = {"first": MONDAY, "last": FRIDAY, **changed}
    with pytest.raises(Refused, match=code):
        stop(desk, case, given.pop("first"), given.pop("last"), **given)
    assert not Standstill.objects.exists()


def test_the_day_on_which_the_term_began_is_the_first_that_can_stand(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, FRIDAY)
    with pytest.raises(Refused, match="begun=2026-04-") as refused:
        stop(desk, case, TODAY - ONE, MONDAY)
    assert refused.value.values == {"begun": TODAY.isoformat()}
    stop(desk, case, TODAY, MONDAY)
    assert fresh(case).due_on == slowly(TODAY, 30, [(TODAY, MONDAY)])


def test_the_same_cause_stands_once_and_only_the_head_stops_the_clock(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    stop(desk, case, MONDAY)
    with pytest.raises(Refused, match="stands_already"):
        stop(desk, case, MONDAY - ONE)
    stop(desk, case, MONDAY, FRIDAY, cause="thematic_audit")
    with pytest.raises(Refused, match="not_your_role"):
        desk.do("stand_still", case, "water_registrar", cause="inquiry", first=MONDAY, ground="№ 1")


def test_silence_is_not_undone_by_an_interval_entered_afterwards(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, case.due_on + ONE)
    with pytest.raises(Refused, match="term_over"):
        stop(desk, case, MONDAY, FRIDAY)


def test_an_interval_known_late_counts_from_the_day_it_began(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, FRIDAY + 10 * ONE)
    stop(desk, case, MONDAY, FRIDAY)
    assert fresh(case).due_on == slowly(TODAY, 30, [(MONDAY, FRIDAY)])


def test_a_case_that_stands_is_not_sent_away_nor_extended(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    stop(desk, case, MONDAY)
    with pytest.raises(Refused, match="clock_stands"):
        desk.do("redirect", case, "water_head", body="dep", reason="Бағыты басқа.")
    desk.assign(case, "water")
    with pytest.raises(Refused, match="clock_stands"):
        desk.do("extend", case, "water_head", days=40, reason="Зерделеу керек.")
    go_on(desk, case, MONDAY)
    desk.do("extend", case, "water_head", days=40, reason="Зерделеу керек.")
    extension = case.deadlines.get(key="extension")
    assert extension.on == slowly(TODAY, 40, [(MONDAY, MONDAY)])  # days before the extension stood in its term too


def test_a_decision_may_be_sent_while_the_clock_stands(desk: Desk) -> None:
    """Tax Code 196(1)1: the decision may be taken before the time of the stop is over."""
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    stop(desk, case, MONDAY, cause="thematic_audit")
    until(desk, FRIDAY)
    go_on(desk, case, FRIDAY)
    assert fresh(case).due_on == slowly(TODAY, 30, [audited(MONDAY, FRIDAY)])
    desk.answer(case, "water", "satisfied")
    assert (fresh(case).is_open, fresh(case).stands_since) == (False, None)


@pytest.mark.parametrize("by", [actions.APPLICANT, "water_registrar"])
def test_nobody_withdraws_while_a_thematic_audit_goes_on(desk: Desk, by: Any) -> None:
    """Tax Code 192(5): until it is over, and not while its act is being weighed, though the clock stands then too."""
    case = desk.file(KIND, "water").case
    actor = desk.by(by) if isinstance(by, str) else by
    until(desk, MONDAY)
    stop(desk, case, MONDAY, cause="thematic_audit")
    with pytest.raises(Refused, match="not_while_it_lasts") as refused:
        actions.withdraw(case, by=actor, at=desk.at())
    assert words.refusal(refused.value, "en") == (
        "This step cannot be taken while this lasts: thematic tax audit (Tax Code 192(5))."
    )
    followed = queries.followed(fresh(case))
    assert "withdraw" not in [step.code for step in followed.possible]
    until(desk, FRIDAY)
    go_on(desk, case, FRIDAY)
    assert "withdraw" in [step.code for step in queries.followed(fresh(case)).possible]
    actions.withdraw(case, by=actor, at=desk.at())
    assert fresh(case).state == "withdrawn"


def test_an_inquiry_keeps_nobody_from_withdrawing(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    stop(desk, case, MONDAY)
    actions.withdraw(case, by=actions.APPLICANT, at=desk.at())
    assert fresh(case).state == "withdrawn"


intervals = st.lists(
    st.tuples(
        st.sampled_from(("inquiry", "thematic_audit")),
        st.integers(-5, 70),
        st.integers(0, 30),
        st.sampled_from(("whole", "ended", "void", "open")),
    ),
    max_size=5,
)


@given(intervals, st.lists(st.integers(0, 60), max_size=3))
@how(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_day_of_a_case_is_what_a_slow_count_gives(
    desk: Desk, drawn: list[tuple[str, int, int, str]], waits: list[int]
) -> None:
    """Entered in any order, beforehand, in time or late, ended, shortened, struck out: through the case's own steps."""
    until(desk, TODAY)
    case, stood = desk.file(KIND, "water").case, {}
    pauses = iter([*waits, *[0] * 20])
    for cause, begins, length, way in drawn:
        until(desk, max(desk.now.date(), min(TODAY + next(pauses) * ONE, (fresh(case).due_on or date(2026, 9, 1)))))
        first = TODAY + begins * ONE
        last = None if way != "whole" else first + length * ONE
        n = len(stood) + 1
        try:
            stop(desk, case, first, last, cause)
            whole = audited if cause == "thematic_audit" else lambda *days: days
            stood[n] = whole(first, last)
            if way == "void":
                go_on(desk, case, None, n=n, void=True)
                stood[n] = None
            if way == "ended":
                end = min(first + length * ONE, desk.now.date())
                go_on(desk, case, end, n=n)
                stood[n] = whole(first, end)
        except Refused as refused:
            assert refused.code in {
                *(
                    "standstill_open_ahead",
                    "standstill_past_calendar",
                    "standstill_before_term",
                    "stands_already",
                    "nothing_to_stop",
                    "term_over",
                    "standstill_backwards",
                ),
            }
    known = [one for one in stood.values() if one]
    assert fresh(case).due_on == slowly(TODAY, 30, known)
    decision = case.deadlines.get(key="decision", is_open=True)
    assert (decision.on == law.NOT_KNOWN) == (fresh(case).due_on is None) == bool(fresh(case).stands_since)
    days, leaves = DueDays(kz()), [parse_leaf(step.entry.leaf.encode()) for step in case.steps.all()]
    assert [found for leaf in leaves if (found := days.wrong(leaf))] == []
    assert leaves[-1].due_on == fresh(case).due_on


def test_a_run_over_the_calendar_takes_the_intervals_into_account(desk: Desk) -> None:
    standing, moved, plain = (desk.file(KIND, "water").case for _ in range(3))
    until(desk, MONDAY)
    stop(desk, standing, MONDAY)
    stop(desk, moved, MONDAY, FRIDAY)
    off = date(2026, 4, 29)
    order = {"number": "36-НҚ", "dated": date(2026, 4, 10), "url": "https://adilet.example/36"}
    given = {**order, "base": "", "by": desk.by("administrator"), "at": desk.at()}
    actions.move_day(off_on=off, worked_on=None, **given)
    desk.wait(minutes=2)
    tick(at=desk.at())
    assert fresh(standing).due_on is None
    assert fresh(standing).steps.last().code == "stand_still"
    assert fresh(plain).due_on == slowly(TODAY, 30, [], frozenset({off}))
    assert fresh(moved).due_on == slowly(TODAY, 30, [(MONDAY, FRIDAY)], frozenset({off}))
    assert fresh(moved).steps.last().code == "redate"
    rules.forget()


def test_the_leaf_shows_for_which_rule_the_clock_stood_and_the_monitor_holds_it_to_that(desk: Desk) -> None:
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    leaf = parse_leaf(stop(desk, case, MONDAY, date(2026, 8, 14)).entry.leaf.encode())
    assert leaf.rule == "TC 195(1)2; TC 196(1)2"
    days = DueDays(kz())
    assert days.wrong(leaf) is None
    plain = leaf.__class__(leaf.at, leaf.commitment, leaf.prev, "TC 195(1)2", leaf.due_on)
    other = leaf.__class__(leaf.at, leaf.commitment, leaf.prev, "TC 195(1)2; CSL 64(2)1", leaf.due_on)
    sunday = leaf.__class__(leaf.at, leaf.commitment, leaf.prev, leaf.rule, date(2026, 8, 30))
    codes = [found.code for one in (plain, other, sunday) if (found := days.wrong(one))]
    assert codes == ["due_too_late", "rule_unknown", "due_never"]


CHANGES: dict[str, Callable[[Case], object]] = {
    "longer": lambda case: case.standstills.update(last=date(2026, 6, 1)),
    "another cause": lambda case: case.standstills.update(cause="thematic_audit"),
    "struck out": lambda case: case.standstills.update(is_void=True),
    "taken away": lambda case: case.standstills.all().delete(),
    "in the step": lambda case: case.steps.filter(code="stand_still").update(facts={}),
}
DAY_NO_LONGER_FOLLOWS = {"longer", "another cause", "struck out", "taken away"}


@pytest.mark.parametrize("name", CHANGES)
def test_the_audit_names_an_interval_that_was_changed(
    desk: Desk, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    own = own_log(tmp_path, settings, monkeypatch)
    case = desk.file(KIND, "water").case
    until(desk, MONDAY)
    step = stop(desk, case, MONDAY, FRIDAY)
    take_in(own)
    content = journal.content_of(step.entry)
    assert content is not None and "standstills" in content
    assert list(queries.audit(own.store, at=desk.now)) == []
    CHANGES[name](case)
    found = {one.values["field"] for one in queries.audit(own.store, at=desk.now)}
    assert found == {"standstills", *(["decision"] if name in DAY_NO_LONGER_FOLLOWS else [])}


@pytest.fixture
def cure_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """A city that has knowingly switched on that the time to cure an appeal stops the clock (APPC 64(6))."""
    city = law.load(law.KZ, enable=["suspensions.cure"])
    monkeypatch.setattr("qyzmet.cases.rules.files", lambda: city)
    monkeypatch.setattr("qyzmet.cases.moved_days.version", lambda: "")


@pytest.mark.usefixtures("cure_stops")
def test_a_time_to_cure_stops_the_clock_by_itself_where_a_city_says_so(desk: Desk) -> None:
    case = desk.file("application", "water").case
    was = case.due_on
    until(desk, MONDAY)
    asked = desk.do("ask_to_cure", case, "water_head", defects=["no_date"], days=15, note="")
    assert (fresh(case).due_on, fresh(case).stands_since) == (None, MONDAY)
    assert asked.facts["standstills"] == [{"n": 1, "cause": "cure", "first": "2026-04-20", "last": None, "void": False}]
    until(desk, FRIDAY)
    cured = actions.cure(case, given={"name": "Бөпе"}, by=actions.APPLICANT, at=desk.at())
    assert cured.facts["standstills"][0]["last"] == "2026-04-23"  # the day of the cure counts
    assert fresh(case).due_on == slowly(TODAY, 15, [(MONDAY, FRIDAY - ONE)]) != was
    assert fresh(case).stands_since is None


@pytest.mark.usefixtures("cure_stops")
def test_where_a_time_to_cure_stops_the_clock_only_whoever_stops_clocks_asks_for_it(desk: Desk) -> None:
    case = desk.file("application", "water").case
    was = case.due_on
    asked = {"defects": ["no_date"], "days": 3, "note": ""}
    with pytest.raises(Refused, match="stops_the_clock"):
        desk.do("ask_to_cure", case, "water_registrar", **asked)
    registrar = queries.reader(desk.cast.people["water_registrar"], desk.now.date())
    offered = {one.step.code: one.why_not for one in queries.case_view(registrar, case.number).possible}
    refused = offered["ask_to_cure"]
    assert refused is not None and refused.code == "stops_the_clock"
    until(desk, was + ONE)
    with pytest.raises(Refused, match="term_over"):
        desk.do("ask_to_cure", case, "water_head", **asked)


def test_a_time_to_cure_stops_nothing_where_nobody_has_switched_it_on(desk: Desk) -> None:
    case = desk.file("application", "water").case
    was = case.due_on
    desk.do("ask_to_cure", case, "water_registrar", defects=["no_date"], days=3, note="")
    assert fresh(case).due_on == was
    assert not Standstill.objects.exists()


def test_discipline_stands_for_an_illness(desk: Desk) -> None:
    """Nothing opens such a case yet; its steps and terms are those of its folder."""
    filed = desk.file("application", "water").case
    Case.objects.filter(pk=filed.pk).update(
        procedure="discipline", state="deciding", registered_on=date(2026, 7, 6), due_on=None
    )
    filed.deadlines.all().delete()
    rule = rules.rules().procedure("discipline")
    due = law.due(rules.rules(), rule, "impose", start=date(2026, 7, 6), as_of=date(2026, 7, 6))
    Deadline.objects.create(
        case=filed, key="impose", start_on=date(2026, 7, 6), as_of=date(2026, 7, 6), on=due.on, rule=due.rule,
        redaction=due.redaction, status=due.status, facts=list(due.facts), whose="body",
    )  # fmt: skip
    until(desk, date(2026, 7, 21))
    step = stop(
        desk, filed, date(2026, 7, 10), date(2026, 7, 20), cause="illness", ground="№ 5 еңбекке жарамсыздық парағы"
    )
    assert filed.deadlines.get(key="impose").on == date(2026, 8, 17)  # the example of its folder
    assert not step.public
    assert not Letter.objects.filter(case_number=filed.number, kind="clock_stands").exists()
    assert "CSL" not in json.loads(step.entry.leaf).get("r", "")
