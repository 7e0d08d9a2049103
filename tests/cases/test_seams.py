"""Where two rules meet: a redirect in the evening, a term that ended before the tick, what a child takes over."""

from datetime import date, timedelta
from typing import Any

import pytest

from qyzmet.bodies import actions as bodies
from qyzmet.cases import actions, queries
from qyzmet.cases.actions import clock
from qyzmet.cases.models import Barred, Case
from qyzmet.letters import actions as letters
from qyzmet.letters.models import Dispatch
from qyzmet.text.dates import long_date
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import Desk
from tests.cast import NOW, Cast


@pytest.fixture
def desk(cast: Cast, settings: Any) -> Desk:
    settings.DEMO = True
    return Desk(cast)


def terms(case: Case) -> dict[str, date]:
    """The open terms of a case, each with its last day."""
    return dict(case.deadlines.filter(is_open=True).values_list("key", "on"))


def test_a_redirect_in_the_evening_arrives_on_the_next_working_day(desk: Desk) -> None:
    case = desk.file("application", "water").case
    desk.wait(hours=9)  # 19:00
    desk.do("redirect", case, "water_registrar", body="dep", reason="Басқарма құзыреті.")
    case.refresh_from_db()
    decision = case.deadlines.get(key="decision", is_open=True)
    assert decision.start_on == case.arrived_on == date(2026, 4, 16)
    assert case.due_on == decision.on == date(2026, 5, 12)
    told = case.case_letters.get(letter__kind="redirect").letter.body
    assert long_date(case.due_on, "kk") in told


def test_one_redirect_leaves_one_term_of_a_kind(desk: Desk) -> None:
    case = desk.file("application", "water").case
    desk.do("redirect", case, "water_registrar", body="dep", reason="Басқарма құзыреті.")
    assert sorted(case.deadlines.filter(is_open=True).values_list("key", flat=True)) == ["decision", "redirect"]
    assert case.deadlines.count() == 4


def test_the_days_for_a_return_end_when_the_case_is_taken_up(desk: Desk) -> None:
    case = desk.file("application", "water", signature="unsigned").case
    desk.do("ask_to_cure", case, "water_registrar", defects=["no_signature"], days=3)
    desk.wait(days=7)
    clock.tick(at=desk.at())
    assert "return" in terms(case)
    desk.assign(case, "water")
    case.refresh_from_db()
    assert terms(case).keys() == {"decision"}
    assert case.act_on == case.due_on


def test_the_days_for_a_return_end_when_nothing_is_lacking_any_more(desk: Desk) -> None:
    case = desk.file("application", "water", signature="unsigned").case
    desk.do("ask_to_cure", case, "water_registrar", defects=["no_signature"], days=3)
    desk.wait(days=7)
    clock.tick(at=desk.at())
    desk.do("confirm_signature", case, "water_registrar", how="signed")
    assert "return" not in terms(case)


def test_a_motion_against_an_official_does_not_go_with_the_case(desk: Desk) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    actions.ask_recusal(case, reason="Туысы.", by=actions.APPLICANT, at=desk.at())
    desk.do("redirect", case, "water_registrar", body="dep", reason="Басқарма құзыреті.")
    assert terms(case).keys() == {"decision", "redirect"}


def test_the_next_body_may_extend_its_own_term(desk: Desk) -> None:
    case = desk.file("application", "water").case
    desk.do("extend", case, "water_head", days=18, reason="Тексеру қажет.")
    desk.do("redirect", case, "water_registrar", body="dep", reason="Басқарма құзыреті.")
    desk.do("extend", case, "dep_head", days=18, reason="Тексеру қажет.")
    with pytest.raises(Refused, match="extended_already"):
        desk.do("extend", case, "dep_head", days=19, reason="Тексеру қажет.")


@pytest.mark.parametrize(
    ("step", "name", "values"),
    [
        ("extend", "water_head", {"days": 18, "reason": "Тексеру қажет."}),
        ("redirect", "water_registrar", {"body": "dep", "reason": "Басқарма құзыреті."}),
        ("terminate", "water_head", {"ground": "court_act", "reason": "Сот актісі бар."}),
        ("withdraw", "water_registrar", {"reason": "Қағаз өтініш келді."}),
    ],
)
def test_nothing_undoes_silence_before_the_tick_records_it(
    desk: Desk, step: str, name: str, values: dict[str, object]
) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    desk.now = NOW + timedelta(days=23, hours=14)  # 00:00 of the day after the last one
    with pytest.raises(Refused, match="term_over"):
        desk.do(step, case, name, **values)
    clock.tick(at=desk.at())
    case.refresh_from_db()
    assert case.state == "deemed_refused"


def test_a_decision_is_signed_on_the_last_day_and_not_after_it(desk: Desk) -> None:
    cases = [desk.file("message", "water").case for _ in range(2)]
    for case in cases:
        desk.assign(case, "water")
        desk.draft(case, "water", "answered")
        desk.do("submit", case, "water_executor")
        desk.do("approve", case, "water_approver")
    case.refresh_from_db()
    assert case.due_on
    desk.now = NOW.replace(month=case.due_on.month, day=case.due_on.day, hour=18, minute=50)  # 23:50
    desk.do("sign", cases[0], "water_head", provider="demo")
    desk.wait(minutes=15)
    with pytest.raises(Refused, match="term_over"):
        desk.do("sign", cases[1], "water_head", provider="demo")


def test_nobody_withdraws_after_the_decision(desk: Desk) -> None:
    case = desk.file("message", "water").case
    desk.assign(case, "water")
    desk.draft(case, "water", "answered")
    desk.do("submit", case, "water_executor")
    desk.do("approve", case, "water_approver")
    desk.do("sign", case, "water_head", provider="demo")
    with pytest.raises(Refused, match="not_in_this_state"):
        actions.withdraw(case, by=actions.APPLICANT, at=desk.at())


def test_a_new_code_opens_the_parts_too_and_the_old_one_nothing(desk: Desk) -> None:
    filed = desk.file("application", "water")
    part = desk.do("redirect_part", filed.case, "water_registrar", body="dep", part_text="Бөлігі.", reason="Құзыреті.")
    new = desk.do("reissue_code", filed.case, "water_registrar", identity="Жеке куәлік.")
    assert [child.number for child in queries.follow(filed.case.number, new.code).children] == [part.case.number]
    for number in (filed.case.number, part.case.number):
        with pytest.raises(Missing):
            queries.follow(number, filed.code)
    newer = desk.do("reissue_code", part.case, "dep_registrar", identity="Жеке куәлік.")
    assert queries.follow(filed.case.number, newer.code).case == filed.case


def test_a_part_of_a_complaint_never_comes_to_the_challenged_body(desk: Desk) -> None:
    case = desk.file("complaint", "centre").case
    desk.do("pass_up", case, "centre_registrar")
    part = desk.do("redirect_part", case, "dep_registrar", body="water", part_text="Бөлігі.", reason="Құзыреті.").case
    assert (part.state, part.challenged) == ("registered", desk.cast.centre)
    assert "pass_up" not in terms(part)
    with pytest.raises(Refused, match="challenged_may_not_decide"):
        desk.do("redirect", part, "water_registrar", body="centre", reason="Құзыреті.")


def test_where_nobody_decides_no_one_below_the_head_sees_whom_it_is_about(cast_no_outside: Cast) -> None:
    desk = Desk(cast_no_outside)
    about = actions.About("conduct", text="әкім")
    case = desk.file("message", "city", about=about).case
    case.refresh_from_db()
    assert case.state == "court_route"
    for name in ("city_head", "city_registrar", "administrator", "dep_registrar"):
        with pytest.raises(Missing):
            queries.find(queries.reader(cast_no_outside.people[name], desk.now.date()), case.number)


def test_accused_is_who_held_the_post_when_the_appeal_was_filed(desk: Desk) -> None:
    cast = desk.cast
    case = desk.file("message", "centre", about=actions.About("conduct", text="орталық басшысы")).case
    desk.wait(days=1)
    left = desk.now.date()
    _leaves(cast, "centre_head", "employee", left)
    desk.do("resolve_about", case, "dep_registrar", post_code="centre-head")
    case.refresh_from_db()
    assert case.accusation.person == cast.centre_head
    barred = set(Barred.objects.filter(case=case).values_list("person", flat=True))
    assert {cast.centre_head.pk, cast.centre_registrar.pk} <= barred


def _leaves(cast: Cast, old: str, new: str, on: date) -> None:
    post = cast.posts[old]
    bodies.release(post=post, person=cast.people[old], until=on - timedelta(days=1), at=NOW)
    bodies.appoint(post=post, person=cast.people[new], since=on, at=NOW)


def test_only_the_last_letter_begins_the_term_to_complain(desk: Desk) -> None:
    case = desk.file("message", "water", answer_channel="post").case
    talon = Dispatch.objects.get(channel="post", letter__kind="talon")
    letters.note_posted(talon, at=desk.at())
    desk.wait(days=2)
    desk.answer(case, "water", "answered")
    before = terms(case)["complain"]
    desk.do("delivered", case, "water_registrar", dispatch_id=talon.pk, delivered_at=NOW + timedelta(days=1))
    assert terms(case)["complain"] == before
