"""Requests under other laws, petitions and receptions live the whole life of a case, by their folders alone."""

from datetime import date, datetime
from typing import Any

import pytest

from qyzmet.cases import actions, deadlines
from qyzmet.cases.models import Case, Deadline
from qyzmet.cases.rules import rules
from qyzmet.text.dates import ALMATY
from qyzmet.text.refusal import Refused
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
OTHERS = [
    code
    for code, rule in rules().procedures.items()
    if rule.offered and rule.chain[-1] == "appeal" and rule.source.act != "APPC"
]


def on_day(desk: Desk, *when: int) -> Desk:
    desk.now = datetime(*when, tzinfo=ALMATY)  # type: ignore[misc, arg-type]
    return desk


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("kind", OTHERS)
def test_filed_answered_and_dispatched_with_the_letter_of_its_own_law(desk: Desk, kind: str) -> None:
    rule = rules().procedure(kind)
    outcome = next(code for code, one in rule.outcomes.items() if one.adverse == "no" and code != "terminated")
    case = desk.file(kind, "water").case
    desk.answer(case, "water", outcome)
    done = fresh(case)
    assert (done.state, done.outcome, done.is_open) == ("answered", outcome, False)
    assert done.case_letters.filter(letter__kind=f"answer_{outcome}").exists()


@pytest.mark.parametrize("kind", [kind for kind in OTHERS if "refused" in rules().procedure(kind).outcomes])
def test_a_refusal_is_answered_too_where_the_law_knows_one(desk: Desk, kind: str) -> None:
    case = desk.file(kind, "water").case
    heard: dict[str, Any] = {"exemption": "urgent", "exemption_reason": "Кейінге қалдыруға болмайды."}
    needs = "preliminary" in rules().procedure(kind).steps
    desk.answer(case, "water", "refused", **(heard if needs else {}))
    assert fresh(case).outcome == "refused"


def test_a_newsroom_is_answered_from_the_day_of_receipt_and_is_passed_to_nobody(desk: Desk) -> None:
    on_day(desk, 2026, 3, 19, 19, 5)
    case = desk.file("newsroom", "water").case
    assert (case.registered_on, case.due_on) == (date(2026, 3, 20), date(2026, 3, 31))
    assert set(Deadline.objects.filter(case=case).values_list("key", flat=True)) == {"decision"}
    with pytest.raises(Refused, match="not_in_this_procedure"):
        desk.do("redirect", case, "water_registrar", body="city", reason="Біздің құзырет емес.")


def test_an_extension_is_counted_from_the_last_day_and_only_once(desk: Desk) -> None:
    on_day(desk, 2026, 2, 2, 10)
    case = desk.file("newsroom", "water").case
    desk.assign(case, "water")
    with pytest.raises(Refused, match="law_cannot_answer"):
        desk.do("extend", case, "water_head", days=16, reason="Басқа органнан алу керек.")
    desk.do("extend", case, "water_head", days=15, reason="Басқа органнан алу керек.")
    assert fresh(case).due_on == date(2026, 2, 24)
    with pytest.raises(Refused, match="extended_already"):
        desk.do("extend", case, "water_head", days=15, reason="Тағы.")


def test_information_is_due_in_calendar_days_and_its_day_is_found_again(desk: Desk) -> None:
    on_day(desk, 2026, 2, 2, 10)
    case = desk.file("information", "water").case
    assert case.due_on == date(2026, 2, 17)
    facts = Deadline.objects.get(case=case, key="decision").facts
    Deadline.objects.filter(case=case, key="decision").update(on=date(2026, 2, 18))
    Case.objects.filter(pk=case.pk).update(due_on=date(2026, 2, 18))
    assert actions.redate_all(at=desk.at()) == 1
    assert (fresh(case).due_on, Deadline.objects.get(case=case, key="decision").facts) == (date(2026, 2, 17), facts)


def test_a_petition_is_discussed_in_public_decided_and_published(desk: Desk) -> None:
    on_day(desk, 2026, 2, 2, 10)
    case = desk.file("petition", "water").case
    assert case.due_on == date(2026, 3, 2)
    desk.assign(case, "water")
    desk.do("take_plain", case, "water_executor", code="visit", note="Көше көрілді.")
    desk.do("set_hearing", case, "water_executor", when=datetime(2026, 2, 9, 15, tzinfo=ALMATY), place="Мәжіліс залы")
    desk.wait(days=8)
    desk.do("hold_hearing", case, "water_executor", protocol="Пікірлер тыңдалды.")
    desk.draft(case, "water", "satisfied_in_part")
    for step, who in (("submit", "executor"), ("approve", "approver")):
        desk.do(step, case, f"water_{who}")
    desk.do("sign", case, "water_head", provider="demo")
    desk.do("dispatch", case, "water_registrar")
    published = Deadline.objects.get(case=case, key="publication")
    assert (published.is_open, published.on) == (True, date(2026, 2, 11))
    desk.do("take_plain", case, "water_registrar", code="announce")
    assert not Deadline.objects.get(case=case, key="publication").is_open
    assert fresh(case).act_on is None


def test_a_step_that_is_not_plain_is_not_taken_by_a_note(desk: Desk) -> None:
    case = desk.file("petition", "water").case
    with pytest.raises(Refused, match="not_in_this_procedure"):
        desk.do("take_plain", case, "water_head", code="sign")


def test_what_is_not_settled_at_a_reception_goes_on_in_writing(desk: Desk) -> None:
    on_day(desk, 2026, 2, 2, 10)
    case = desk.file("reception", "water").case
    assert case.due_on == date(2026, 3, 2)
    desk.assign(case, "water")
    desk.do("set_hearing", case, "water_executor", when=datetime(2026, 2, 9, 15, tzinfo=ALMATY), place="12-бөлме")
    desk.wait(days=8)
    desk.do("hold_hearing", case, "water_executor", protocol="Мәселе сол жерде шешілмеді.")
    desk.draft(case, "water", "written_appeal")
    for step, who in (("submit", "executor"), ("approve", "approver")):
        desk.do(step, case, f"water_{who}")
    desk.do("sign", case, "water_head", provider="demo")
    desk.do("dispatch", case, "water_registrar")
    assert fresh(case).outcome == "written_appeal"


def test_nothing_of_a_late_newsroom_stays_open(desk: Desk) -> None:
    on_day(desk, 2026, 2, 2, 10)
    case = desk.file("newsroom", "water").case
    desk.wait(days=9)
    assert actions.lapse(case, at=desk.at()) is not None
    assert fresh(case).state == "deemed_refused"
    assert not deadlines.is_running(fresh(case), "decision")
