"""The table of steps: every state is reached, none is a dead end, and no action leaves the table."""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from typing import Any

import pytest

from qyzmet import law
from qyzmet.cases import actions
from qyzmet.cases.actions import Answer
from qyzmet.cases.models import Case
from qyzmet.cases.rules import rules
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import Desk

KINDS = tuple(code for code, rule in rules().procedures.items() if rule.offered)
"""All that a person files, or a registrar for them: the Code's six kinds and those of other laws."""
STEP_OF = {"return_appeal": "return", "object_to": "object"}
NOT_A_STEP = {
    "register",
    "register_once",
    "begin_draft",
    "take_plain",
    "open_draft",
    "save_draft",
    "send_draft",
    "add_file",
    "drop_file",
    "erase_draft",
}
NOT_A_STEP |= {"redate_all", "redate_batch", "accused_answers", "claim_try", "tries_left", "promise_pending"}
NOT_A_STEP |= {"move_day", "take_back", "date_again", "stop_redating", "resume_redating"}
NOT_A_STEP |= {"register_newsroom", "confirm_newsroom", "check_newsroom", "reissue_newsroom_code", "ask_bodies"}
NOT_A_STEP |= {"change_newsroom_code", "change_newsroom_email", "add_signer", "remove_signer"}
NOT_A_STEP |= {"fingerprint", "make_statement", "withdraw_statement"}
GIVEN: dict[str, Any] = {
    "text": "Мәтін.", "reason": "Себеп.", "note": "", "remark": "Ескерту.", "position": "", "body": "city",
    "part_text": "Бөлік.", "facts": "Дерек.", "ground": "ӘРПК.", "answers": {1: Answer("Жауап.")}, "days": 3,
    "defects": ["no_signature"], "given": None, "papers": [], "how": "signed", "parent": "", "place": "12",
    "protocol": "Хаттама.", "question": "Сұрақ?", "questions": ["Сұрақ?"], "provider": "demo", "stars": 5,
    "granted": True, "identity": "Куәлік.", "number": "ЖТ-1", "dispatch_id": 0, "post_code": "x", "executor_id": 0,
    "person_id": 0, "outcome": "none", "paper": None, "language": "", "adverse": False, "exemption": "",
    "exemption_reason": "", "hide": [], "seen": "", "cause": "illness", "first": date(2026, 4, 15), "n": 1,
}  # fmt: skip


def step_actions() -> list[str]:
    """Names of the public actions that take a case through a step."""
    names = [name for name in actions.__all__ if name[0].islower() and name not in NOT_A_STEP]
    return [name for name in names if callable(getattr(actions, name))]


def test_every_step_of_the_law_has_an_action_and_every_action_a_step() -> None:
    taken = {STEP_OF.get(name, name) for name in step_actions()} | {"register", "redate", "accused_answers"}
    known = {code for kind in KINDS for code, step in rules().procedure(kind).steps.items() if not step.plain}
    assert known - taken == {"remind", "court_route"}  # taken by the clock and by registering
    assert taken - known == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_reached_and_none_is_a_dead_end(kind: str) -> None:
    procedure = rules().procedure(kind)
    reached = {"registered"} | ({"at_challenged"} if kind == "complaint" else set())
    while True:
        steps = [step for step in procedure.steps.values() if set(step.from_) & reached]
        grown = reached | {step.to for step in steps if step.to not in ("same", "back")}
        if grown == reached:
            break
        reached = grown
    assert reached == set(procedure.states)
    for state in procedure.states.values():
        ways = [step.to for step in procedure.steps.values() if state.code in step.from_]
        assert not state.open or any(to not in ("same", state.code) for to in ways), state.code


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_no_action_outside_the_table(desk: Desk, kind: str) -> None:
    """In every state, each action the table does not give is refused for that reason, and writes nothing."""
    case = desk.file(kind, "dep").case
    procedure = rules().procedure(kind)
    for state in procedure.states.values():
        closed = None if state.open else desk.now
        Case.objects.filter(pk=case.pk).update(state=state.code, is_open=state.open, closed_at=closed)
        for name in step_actions():
            step = STEP_OF.get(name, name)
            if law.may(procedure, step, state.code) is None:
                continue
            with pytest.raises((Refused, Missing)) as refused:
                call(desk, name, case)
            assert str(refused.value).split()[0] in ("not_in_this_state", "not_in_this_procedure"), (state.code, name)
    assert Case.objects.get(pk=case.pk).steps_count == 1


def call(desk: Desk, name: str, case: Case) -> Any:
    """The action with plausible arguments, by somebody whose rights nobody asks about before the state."""
    action = getattr(actions, name)
    wanted = inspect.signature(action).parameters
    given = {key: value for key, value in GIVEN.items() if key in wanted}
    given |= {"when": desk.now + timedelta(days=1)} if "when" in wanted else {}
    given |= {"delivered_at": desk.now} if "delivered_at" in wanted else {}
    given |= {"by": actions.SYSTEM} if "by" in wanted else {}
    return action(case, at=desk.at(), **given)
