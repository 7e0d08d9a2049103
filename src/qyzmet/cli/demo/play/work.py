"""What a body does with a case until it decides."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from qyzmet.bodies import queries as bodies
from qyzmet.cases import actions
from qyzmet.cases.actions import Answer
from qyzmet.cases.rules import rules
from qyzmet.letters import queries as letters
from qyzmet.text.refusal import Refused

from .intake import tomorrow_at
from .play import Play
from .timetable import chosen

CODE = re.compile(r"(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}")


def pass_time(play: Play) -> None:
    """Nobody does anything; what the clock brings about is seen."""
    play.case.refresh_from_db()


def assign(play: Play) -> None:
    """The registrar gives the case to an executor."""
    chosen = play.stage.official(play.case.body, "executor", play.today, but=play.but)
    play.do("assign", "registrar", executor_id=chosen.pk, note=play.say("assign_note"))
    play.executor = chosen


def reassign(play: Play) -> None:
    """Another executor takes over, where the body has one."""
    chosen = _another(play)
    if chosen is not None:
        play.do("reassign", "registrar", executor_id=chosen.pk, note=play.say("reassign_note"))
        play.executor = chosen


def add_co_executor(play: Play) -> None:
    """A second executor helps, where the body has one."""
    chosen = _another(play)
    if chosen is not None:
        play.do("add_co_executor", "registrar", person_id=chosen.pk)


def _another(play: Play) -> bodies.Person | None:
    here = bodies.persons_with_role(play.case.body, "executor", play.today)
    return next((one for one in here if play.executor and one.pk not in play.but | {play.executor.pk}), None)


def list_questions(play: Play) -> None:
    """The executor puts the list of questions right, where the appeal asks more than one thing."""
    if len(play.appeal.questions) > 1 or play.appeal.text.count("?") > 1:
        play.do("list_questions", "executor", questions=play.appeal.questions)


def extend(play: Play) -> None:
    """The head grants as much more as the demo's bodies ask (`chosen`)."""
    value = rules().procedure(play.case.procedure).terms["extension"].value_on(play.today)
    play.do("extend", "head", days=chosen(value), reason=play.say("extension_reason"))


def restore(play: Play) -> None:
    """The head of the examining body restores the term that was missed."""
    play.do("decide_restoration", "head", granted=True, reason=play.say("restored"))


def stand_still(play: Play) -> None:
    """The head stops the clock: another body is asked."""
    play.do("stand_still", "head", cause="inquiry", first=play.today, ground=play.say("inquiry_sent"))


def run_again(play: Play) -> None:
    """The answer is there: today counts again."""
    yesterday = play.today - timedelta(days=1)
    play.do("run_again", "executor", n=1, last=yesterday, ground=play.say("inquiry_answered"))


def visit(play: Play) -> None:
    """The executor goes to the place a petition is about."""
    play.do("take_plain", "executor", code="visit", note=play.say("visit_note"))


def announce(play: Play) -> None:
    """The decision on a petition is put on the site."""
    play.do("take_plain", "registrar", code="announce", note="")


def preliminary(play: Play) -> None:
    """The executor tells the person what is about to be decided, and why."""
    appeal = play.appeal
    play.do(
        "preliminary", "executor",
        outcome=appeal.law_outcome, facts=appeal.answer_facts, ground=appeal.answer_ground,
    )  # fmt: skip


def object_to(play: Play) -> None:
    """The person writes what is wrong with it."""
    play.ask("object_to", text=play.say("objection"))


def ask_hearing(play: Play) -> None:
    """The person wants to be heard in person."""
    play.ask("ask_hearing", text=play.say("hearing_wanted"))


def set_hearing(play: Play) -> None:
    """The executor invites, for the second working day after."""
    play.hearing_at = tomorrow_at(play, 2)
    play.do("set_hearing", "executor", when=play.hearing_at, place=play.say("hearing_place"))


def hold_hearing(play: Play) -> None:
    """The hearing takes place, and its protocol is written the same day."""
    play.do("hold_hearing", "executor", protocol=play.say("protocol", name=play.authors[0].name))


def remark_protocol(play: Play) -> None:
    """The person wants something added to the protocol."""
    play.ask("remark_protocol", text=play.say("protocol_remark"))


def hear_accused(play: Play) -> None:
    """The accused is asked for an explanation; nothing says who complained."""
    play.do("hear_accused", "executor", question=play.say("accused_question"))


def accused_answers(play: Play) -> None:
    """The accused reads the letter, opens the page it names and explains."""
    notice = [letter for letter in letters.letters_of(play.case.number) if letter.kind == "accused_notice"][-1]
    found = CODE.search(notice.body)
    assert found, notice.body
    actions.accused_answers(code=found.group(), text=play.say("accused_explains"), at=play.at)


def ask_recusal(play: Play) -> None:
    """The person asks for another executor."""
    play.ask("ask_recusal", reason=play.say("recusal_reason"))


def grant_recusal(play: Play) -> None:
    """The head takes the executor off the case; it goes back to intake."""
    assert play.executor
    play.but |= {play.executor.pk}
    play.do("decide_recusal", "head", granted=True, reason=play.say("recusal_granted"))
    play.executor = None


def refuse_recusal(play: Play) -> None:
    """The head sees no ground for it."""
    play.do("decide_recusal", "head", granted=False, reason=play.say("recusal_refused"))


def pass_up(play: Play) -> None:
    """The body complained of passes the complaint up with its position."""
    play.do("pass_up", "head", position=play.say("position"))
    play.executor = None


def satisfy(play: Play) -> None:
    """The body complained of gives the person what they ask."""
    appeal = play.appeal
    play.do("satisfy", "head", outcome=appeal.law_outcome, text=appeal.answer_text, ground=appeal.answer_ground)


def draft(play: Play) -> None:
    """The executor writes the answer: the first question gets its text, the others are joined to it."""
    asked = len(play.appeal.questions) or 1
    answers = {1: Answer(play.appeal.answer_text), **{n: Answer(joined_to=1) for n in range(2, asked + 1)}}
    _draft(play, answers)


def poor_draft(play: Play) -> None:
    """A first draft that is not yet what it should be."""
    asked = len(play.appeal.questions) or 1
    _draft(play, {n: Answer(play.appeal.answer_text.split(". ")[0] + ".") for n in range(1, asked + 1)})


def _draft(play: Play, answers: dict[int, Answer]) -> None:
    appeal = play.appeal
    play.do(
        "draft", "executor",
        outcome=appeal.law_outcome, facts=appeal.answer_facts, ground=appeal.answer_ground,
        answers=answers, adverse=appeal.adverse,
    )  # fmt: skip


def submit(play: Play) -> None:
    """To the approver."""
    _through_the_gate(play, "submit", "executor")


def send_back(play: Play) -> None:
    """The approver wants it better."""
    play.do("send_back", "approver", remark=play.say("send_back_remark"))


def approve(play: Play) -> None:
    """The approver agrees."""
    play.do("approve", "approver")


def sign(play: Play) -> None:
    """The head signs, for show."""
    _through_the_gate(play, "sign", "head", provider="demo")


def _through_the_gate(play: Play, step: str, role: str, **values: Any) -> None:
    """The step; where all that stands against it is a text that others were answered with too, with the reason why."""
    try:
        play.do(step, role, **values)
    except Refused as refused:
        lacks = refused.values.get("lacks", [])
        if not lacks or any(lack.code != "nonanswer_copied" for lack in lacks):
            raise
        play.do(step, role, overrule=play.say("overrule_reason"), **values)


def dispatch(play: Play) -> None:
    """The registrar sends the answer."""
    play.do("dispatch", "registrar")
