"""A complaint that comes late is taken in; whether its term is restored, the examining body decides (APPC 92)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from qyzmet.cases import actions, lateness, queries, rules
from qyzmet.cases.actions import APPLICANT
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case
from qyzmet.letters.models import Letter
from qyzmet.text.dates import ALMATY
from qyzmet.text.refusal import Refused
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def until(desk: Desk, day: date) -> None:
    desk.now = datetime(day.year, day.month, day.day, 10, tzinfo=ALMATY).astimezone(UTC)


def answered(desk: Desk) -> Case:
    """An answer that was sent on 15 April 2026: its term to complain ends three months later."""
    case = desk.file("application", "water").case
    desk.answer(case, "water", "act_adopted")
    assert case.deadlines.get(key="complain").on == date(2026, 7, 15)
    return case


def complain(desk: Desk, case: Case, **more: Any) -> Case:
    return actions.complain_further(case, text="Келіспеймін.", by=APPLICANT, at=desk.at(), **more).case


def test_on_the_last_day_a_complaint_is_in_time_and_on_the_next_it_is_late(desk: Desk) -> None:
    first, second = answered(desk), answered(desk)
    until(desk, date(2026, 7, 15))
    assert "late" not in complain(desk, first).defects
    until(desk, date(2026, 7, 16))
    late = complain(desk, second)
    assert "late" in late.defects
    assert late.state == "at_challenged"
    assert late.steps.get(n=1).facts["defects"] == late.defects


def test_the_motion_goes_with_the_complaint_and_the_body_above_restores_the_term(desk: Desk) -> None:
    case = answered(desk)
    until(desk, date(2026, 8, 3))
    late = complain(desk, case, late_ground="illness", late_reason="Шілдеде ауруханада жаттым.")
    asked = late.steps.last()
    assert (asked.code, asked.note, asked.facts) == (
        "ask_restoration",
        "Шілдеде ауруханада жаттым.",
        {"ground": "illness"},
    )
    with pytest.raises(Refused, match="not_in_this_state"):
        desk.do("decide_restoration", late, "water_head", granted=True, reason="Дәлелді.")
    desk.do("pass_up", late, "water_head")
    step = desk.do("decide_restoration", late, "city_head", granted=True, reason="Анықтама қоса берілген.")
    assert "late" not in fresh(late).defects
    assert step.facts == {"granted": True}
    letter = Letter.objects.get(case_number=late.number, kind="restoration")
    assert "қалпына келтірілді" in letter.body and "Анықтама" in letter.body
    with pytest.raises(Refused, match="restoration_decided_already"):
        actions.ask_restoration(late, ground="other", reason="Тағы.", by=APPLICANT, at=desk.at())


def test_a_refusal_leaves_it_late_and_it_is_decided_all_the_same(desk: Desk) -> None:
    case = answered(desk)
    until(desk, date(2026, 8, 3))
    late = complain(desk, case, late_ground="other", late_reason="Ұмытып кеттім.")
    desk.do("pass_up", late, "water_head")
    desk.assign(late, "city")
    desk.draft(late, "city", "dismissed", exemption="asked_by_participant", exemption_reason="Өзі сұрады.")
    with pytest.raises(Refused) as gate:
        desk.do("submit", late, "city_executor")
    assert [lack.code for lack in gate.value.values["lacks"]] == ["gate_restoration_open"]
    desk.do("decide_restoration", late, "city_head", granted=False, reason="Дәлелді себеп емес.")
    assert "late" in fresh(late).defects
    desk.do("submit", late, "city_executor")
    desk.do("approve", late, "city_approver")
    desk.do("sign", late, "city_head", provider="demo")
    desk.do("dispatch", late, "city_registrar")
    assert (fresh(late).state, fresh(late).outcome) == ("answered", "dismissed")
    assert late.deadlines.filter(key="court", is_open=True).exists()


def test_whose_act_is_complained_of_does_not_restore_the_term(desk: Desk) -> None:
    late = desk.file("complaint", "centre", learned_on=date(2026, 1, 5)).case
    actions.ask_restoration(late, ground="illness", reason="Ауырдым.", by=APPLICANT, at=desk.at())
    desk.do("pass_up", late, "centre_head")
    Case.objects.filter(pk=late.pk).update(challenged=fresh(late).body)
    with pytest.raises(Refused, match="challenged_may_not_decide"):
        desk.do("decide_restoration", late, "dep_head", granted=True, reason="Болады.")


@pytest.mark.parametrize(
    ("learned", "told", "late"),
    [
        (date(2026, 1, 14), True, True),  # three months: 14 April, a day before the filing
        (date(2026, 1, 15), True, False),
        (date(2026, 1, 14), False, False),  # the act named no way to complain: six months
        (date(2025, 10, 13), False, True),
        (None, True, False),
    ],
)
def test_a_complaint_filed_by_itself_is_late_by_the_day_the_person_learned(
    desk: Desk, learned: date | None, told: bool, late: bool
) -> None:
    case = desk.file("complaint", "centre", learned_on=learned, told_route=told).case
    assert ("late" in case.defects) == late


def test_a_taxpayer_has_thirty_working_days(desk: Desk) -> None:
    rule = rules.rules().procedure("tax-complaint")
    received = date(2026, 10, 13)
    assert not lateness.filed_late(rule, learned=date(2026, 9, 1), received=received)
    assert lateness.filed_late(rule, learned=date(2026, 8, 31), received=received)
    assert not lateness.filed_late(rules.rules().procedure("message"), learned=date(2020, 1, 1), received=received)


@pytest.mark.parametrize(
    ("kind", "learned", "told", "late"),
    [
        ("service-complaint", date(2026, 1, 14), True, True),  # three months: 14 April, a day before the filing
        ("service-complaint", date(2026, 1, 15), True, False),
        ("service-complaint", date(2026, 1, 14), False, False),
        ("tax-monitoring-complaint", date(2026, 2, 25), True, True),  # the thirtieth working day is 14 April
        ("tax-monitoring-complaint", date(2026, 2, 26), True, False),
    ],
)
def test_other_complaints_that_come_late_are_taken_and_their_term_is_restored(
    desk: Desk, kind: str, learned: date, *, told: bool, late: bool
) -> None:
    case = desk.file(kind, "water", learned_on=learned, told_route=told).case
    assert ("late" in case.defects) == late
    if not late:
        return
    assert queries.may_ask_restoration(case)
    ground = next(iter(rules.rules().procedure(kind).restoration_grounds))
    actions.ask_restoration(case, ground=ground, reason="Ауруханада жаттым.", by=actions.APPLICANT, at=desk.at())
    assert not queries.may_ask_restoration(case)
    desk.do("decide_restoration", case, "water_head", granted=True, reason="Дәлелді себеп.")
    case.refresh_from_db()
    assert "late" not in case.defects
    assert Letter.objects.get(case_number=case.number, kind="restoration").body


def test_a_day_after_the_filing_is_no_day_of_learning(desk: Desk) -> None:
    """A person's slip stops nothing; an official is asked to look again."""
    assert "late" not in desk.file("complaint", "centre", learned_on=date(2026, 4, 16)).case.defects
    with pytest.raises(Refused, match="learned_after_filing"):
        desk.file("complaint", "centre", learned_on=date(2026, 4, 16), by=desk.by("centre_registrar"))


def test_papers_and_data_do_not_cure_lateness_and_lateness_sends_nothing_back(desk: Desk) -> None:
    """APPC 92(3): that the term was missed is no ground to refuse to take a complaint."""
    late = desk.file("complaint", "dep", learned_on=date(2026, 1, 5)).case
    desk.do("pass_up", late, "dep_head")
    desk.do("ask_to_cure", late, "city_registrar", defects=["late"], days=2, note="Себебін айтыңыз.")
    actions.cure(late, given={"phone": "+7 700 111 22 33"}, by=APPLICANT, at=desk.at())
    assert fresh(late).defects == ["late"]
    desk.do("ask_to_cure", late, "city_registrar", defects=["late"], days=1, note="")
    desk.wait(days=6)
    assert tick(at=desk.at()).done.get("cure") == 1
    with pytest.raises(Refused, match="cure_period_not_over"):
        desk.do("return_appeal", late, "city_head", ground="not_cured", reason="Кеш.")


def test_who_asks_says_that_it_is_late_and_what_must_be_said_is_asked_for(desk: Desk) -> None:
    case = desk.file("complaint", "centre").case
    given: dict[str, Any] = {"by": APPLICANT, "at": desk.at()}
    for wrong, code in ((("cold", "Ауырдым."), "unknown_ground"), (("illness", " "), "reason_needed")):
        with pytest.raises(Refused, match=code):
            actions.ask_restoration(case, ground=wrong[0], reason=wrong[1], **given)
    with pytest.raises(Refused, match=r"not_in_this_state|restoration_not_asked"):
        desk.do("decide_restoration", case, "centre_head", granted=True, reason="Болады.")
    actions.ask_restoration(case, ground="force_majeure", reason="Су тасқыны болды.", **given)
    assert "late" in fresh(case).defects
    with pytest.raises(Refused, match="restoration_asked_already"):
        actions.ask_restoration(case, ground="illness", reason="Ауырдым.", **given)


def test_a_face_offers_it_while_it_can_be_asked(desk: Desk) -> None:
    case = answered(desk)
    assert not queries.may_only_complain_late(fresh(case), date(2026, 7, 15))
    assert queries.may_only_complain_late(fresh(case), date(2026, 7, 16))
    assert set(queries.late_grounds()) == {"illness", "force_majeure", "other"}
    until(desk, date(2026, 7, 16) + timedelta(days=1))
    late = complain(desk, case)
    assert queries.may_ask_restoration(fresh(late))
    actions.ask_restoration(late, ground="illness", reason="Ауырдым.", by=APPLICANT, at=desk.at())
    assert not queries.may_ask_restoration(fresh(late))
