"""The gate: what keeps a draft from being signed, each reason once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qyzmet import law
from qyzmet.cases import actions, gate
from qyzmet.cases.actions import Answer
from qyzmet.cases.models import Case, Draft
from qyzmet.cases.rules import procedure
from qyzmet.look.words import say
from qyzmet.text.refusal import Refused
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
TEXT = "Құбыр қашан жөнделеді? Залалды кім өтейді?"


def lacks(desk: Desk, kind: str = "application", outcome: str = "act_adopted", **values: object) -> list[str]:
    filed = desk.file(kind, "water", text=TEXT)
    desk.assign(filed.case, "water")
    desk.draft(filed.case, "water", outcome, **values)
    found = gate.check(filed.case, Draft.objects.get(case=filed.case), at=desk.at())
    for lack in found:
        for lang in ("kk", "ru", "en"):
            assert say(lack.code, lang, value=lack.value)  # type: ignore[arg-type]
    return [lack.code for lack in found]


def test_a_full_draft_passes(desk: Desk) -> None:
    assert lacks(desk) == []


def test_each_question_is_answered_or_joined(desk: Desk) -> None:
    assert lacks(desk, answers={1: Answer("Ертең.")}) == ["gate_question_open"]
    assert lacks(desk, answers={}) == ["gate_question_open", "gate_question_open"]
    assert lacks(desk, answers={1: Answer("Ертең."), 2: Answer(joined_to=1)}) == []
    assert lacks(desk, answers={1: Answer(joined_to=2), 2: Answer(joined_to=1)}) == ["gate_question_open"] * 2


def test_facts_and_ground_are_given(desk: Desk) -> None:
    assert lacks(desk, facts=" ", ground="") == ["gate_no_facts", "gate_no_ground"]


def test_the_language_is_the_states_or_the_appeals(desk: Desk) -> None:
    assert lacks(desk, language="ru") == ["gate_language"]
    assert lacks(desk, language="kk") == []


def test_an_adverse_act_is_heard_first(desk: Desk) -> None:
    assert lacks(desk, adverse=True) == ["gate_not_heard"]
    assert lacks(desk, adverse=True, exemption="urgent") == ["gate_exemption_reason"]
    assert lacks(desk, adverse=True, exemption="urgent", exemption_reason="Авария.") == []


def test_the_simplified_procedure_needs_no_hearing(desk: Desk) -> None:
    assert lacks(desk, kind="message", outcome="answered", adverse=True) == []


def test_three_working_days_lie_between_preliminary_decision_and_signature(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    desk.do("preliminary", filed.case, "water_executor", outcome="act_adopted", facts="Негіз жоқ.", ground="ӘРПК.")
    actions.object_to(filed.case, text="Келіспеймін.", by=actions.APPLICANT, at=desk.at())
    desk.draft(filed.case, "water", "act_adopted", adverse=True)
    with pytest.raises(Refused) as refused:
        desk.do("submit", filed.case, "water_executor")
    assert [lack.code for lack in refused.value.values["lacks"]] == ["gate_heard_too_late"]
    desk.wait(days=5)
    desk.do("submit", filed.case, "water_executor")


def test_joined_questions_stand_together_above_one_answer(desk: Desk) -> None:
    filed = desk.file("application", "water", text=TEXT)
    desk.assign(filed.case, "water")
    asked = ["Су қашан келеді?", "Құбырды кім жөндейді?", "Төлем қайта есептеле ме?"]
    desk.do("list_questions", filed.case, "water_executor", questions=asked)
    answers = {1: Answer("Ертең келеді."), 2: Answer("Есептеледі."), 3: Answer(joined_to=1)}
    desk.draft(filed.case, "water", "act_adopted", answers=answers)
    said = gate.questions_and_answers(filed.case, Draft.objects.get(case=filed.case))
    assert said == f"1. {asked[0]}\n3. {asked[2]}\nЕртең келеді.\n\n2. {asked[1]}\nЕсептеледі."


def test_the_gate_stands_before_the_signature_too(desk: Desk) -> None:
    filed = desk.file("application", "water", text=TEXT)
    desk.assign(filed.case, "water")
    desk.draft(filed.case, "water", "act_adopted")
    desk.do("submit", filed.case, "water_executor")
    desk.do("approve", filed.case, "water_approver")
    Draft.objects.filter(case=filed.case).update(facts="")
    with pytest.raises(Refused, match="gate"):
        desk.do("sign", filed.case, "water_head", provider="demo")


def test_nobody_approves_or_signs_the_own_draft(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    for role in ("approver", "head"):
        desk.cast.role(desk.cast.water_executor, desk.cast.water, role)
    desk.draft(filed.case, "water", "act_adopted")
    desk.do("submit", filed.case, "water_executor")
    with pytest.raises(Refused, match="own_draft"):
        desk.do("approve", filed.case, "water_executor")
    desk.do("approve", filed.case, "water_approver")
    with pytest.raises(Refused, match="own_draft"):
        desk.do("sign", filed.case, "water_executor", provider="demo")


def test_the_demo_signature_is_for_a_demo(desk: Desk, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    desk.draft(filed.case, "water", "act_adopted")
    desk.do("submit", filed.case, "water_executor")
    desk.do("approve", filed.case, "water_approver")
    with pytest.raises(Refused, match="demo_signature_outside_demo"):
        desk.do("sign", filed.case, "water_head", provider="demo")
    with pytest.raises(Refused, match="signed_file_needed"):
        desk.do("sign", filed.case, "water_head", provider="upload")


def test_what_is_asked_stands_in_the_procedure(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(gate.CHECKS) == set(law.NEEDS)
    assert lacks(desk, facts="", ground="") == ["gate_no_facts", "gate_no_ground"]
    rule = procedure("application")
    fewer = replace(rule, decision={"ground": rule.decision["ground"]})
    monkeypatch.setattr(gate, "procedure", lambda _code: fewer)
    assert lacks(desk, facts="", ground="", answers={}, language="ru", adverse=True) == ["gate_no_ground"]


def test_who_leaves_a_complaint_aside_need_not_answer_its_questions(desk: Desk) -> None:
    filed = desk.file("complaint", "water", text=TEXT)
    case = Case.objects.get(pk=filed.case.pk)
    asked = [
        (outcome, [lack.code for lack in gate.check(case, made(case, outcome), at=desk.at())])
        for outcome in ("left_without_consideration", "sent_back")
    ]
    assert asked == [("left_without_consideration", []), ("sent_back", ["gate_question_open"] * 2)]


def made(case: Case, outcome: str) -> Draft:
    return Draft(case=case, outcome=outcome, language="kk", facts="Тексерілді.", ground="ӘРПК 95-бабы.", answers={})
