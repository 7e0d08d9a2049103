"""The stories: each a row of beats, by the state in which it leaves a case. Waits are worked days."""

from __future__ import annotations

from collections.abc import Callable

from qyzmet.cli.demo.appeals import Appeal

from . import after, intake, work
from .laws import LAWS
from .play import Beat, Story

NEXT = ("next",)
CLOSING = ("next", "act_execution")
HEARD_FOR = 3.2
"""Worked days between a preliminary decision and the draft that follows it: the law wants three."""

FILE: Story = (Beat(0, intake.file, opens="case"),)
IN_THE_EVENING: Story = (Beat(0, intake.file, opens="case", evening=True),)
ASSIGN: Story = (Beat(0.45, work.assign),)
QUESTIONS: Story = (Beat(0.2, work.list_questions),)
ACCUSED: Story = (Beat(0.4, work.hear_accused), Beat(1.6, work.accused_answers))
PRELIMINARY: Story = (Beat(1.3, work.preliminary),)
OBJECTED: Story = (*PRELIMINARY, Beat(1.1, work.object_to, evening=True), Beat(HEARD_FOR - 1.1, work.draft))
UNHEEDED: Story = (*PRELIMINARY, Beat(HEARD_FOR, work.draft))
HEARING_SET: Story = (*PRELIMINARY, Beat(0.5, work.ask_hearing, evening=True), Beat(0.9, work.set_hearing))
HEARING: Story = (*HEARING_SET, Beat(2.9, work.hold_hearing), Beat(0.7, work.remark_protocol))
APPROVE: Story = (Beat(0.6, work.approve),)
SIGN: Story = (Beat(0.5, work.sign),)
DISPATCH: Story = (Beat(0.15, work.dispatch, CLOSING),)
SUBMIT: Story = (Beat(0.1, work.submit),)
UP: Story = (Beat(1.4, work.pass_up),)
CARRIED_OUT: Story = (Beat(0.7, after.carry_out),)
ORDERING = frozenset({"application", "complaint"})
"""Kinds that are answered with an act, which is to be carried out."""


def _come(appeal: Appeal) -> Story:
    """Filed, and, if it complains of an act, passed up to the body that may decide."""
    challenges = appeal.kind == "complaint" and not (appeal.accused or appeal.about)
    return (*FILE, *UP) if challenges else FILE


def _received(appeal: Appeal) -> Story:
    """Assigned, its questions listed, the accused heard."""
    return (*_come(appeal), *ASSIGN, *QUESTIONS, *(ACCUSED if appeal.accused else ()))


def _drafted(appeal: Appeal, *, objected: bool = True) -> Story:
    """Up to the draft; before one against the person, the person is heard."""
    heard = (OBJECTED if objected else UNHEEDED) if appeal.adverse else (Beat(1.6, work.draft),)
    return (*_received(appeal), *heard)


def registered(_: Appeal) -> Story:
    return FILE


def registered_late(_: Appeal) -> Story:
    """Filed in the evening: registered the next working day."""
    return IN_THE_EVENING


def unresolved(_: Appeal) -> Story:
    return FILE


def resolved(_: Appeal) -> Story:
    return (*FILE, Beat(0.5, intake.resolve), *ASSIGN)


def at_challenged(_: Appeal) -> Story:
    return FILE


def passed_up(_: Appeal) -> Story:
    return (*FILE, *UP)


def passed_up_by_itself(_: Appeal) -> Story:
    """The body complained of lets its three days pass."""
    return (*FILE, Beat(4.3, work.pass_time), *ASSIGN)


def satisfied(_: Appeal) -> Story:
    return (*FILE, Beat(1.7, work.satisfy))


def satisfied_and_rated(appeal: Appeal) -> Story:
    return (*satisfied(appeal), Beat(0.8, after.rate, evening=True))


def curing(appeal: Appeal) -> Story:
    return (*_come(appeal), Beat(0.6, intake.ask_to_cure, ("cure",)))


def cured(appeal: Appeal) -> Story:
    return (*curing(appeal), Beat(1.2, intake.cure, evening=True), *ASSIGN)


def supplied(appeal: Appeal) -> Story:
    """What filing found missing is given at once."""
    return (*_come(appeal), Beat(0.3, intake.supply, evening=True), *ASSIGN)


def restored(_: Appeal) -> Story:
    """It comes after its term; the body above finds the reason valid."""
    late = (Beat(0, intake.file_late, opens="case"), Beat(0.4, intake.ask_restoration))
    return (*late, *UP, *ASSIGN, Beat(0.8, work.restore))


def confirmed(_: Appeal) -> Story:
    return (*FILE, Beat(0.1, intake.confirm), *ASSIGN)


def in_work(appeal: Appeal) -> Story:
    return (*_come(appeal), *ASSIGN)


def in_work_redirected(_: Appeal) -> Story:
    return (Beat(0, intake.file_at_akimat, opens="case"), Beat(0.8, intake.redirect), *ASSIGN)


def redirected(_: Appeal) -> Story:
    return (Beat(0, intake.file_at_department, opens="case"), Beat(1.2, intake.redirect))


def redirected_in_part(_: Appeal) -> Story:
    return (*FILE, Beat(0.7, intake.redirect_part, opens="part"), *ASSIGN)


def in_work_heard(appeal: Appeal) -> Story:
    """The accused was asked, and explained."""
    return _received(appeal)


def in_work_helped(_: Appeal) -> Story:
    return (*FILE, *ASSIGN, Beat(0.6, work.add_co_executor), Beat(1.0, intake.add_paper, evening=True))


def in_work_reassigned(_: Appeal) -> Story:
    return (*FILE, *ASSIGN, Beat(1.5, work.reassign), *QUESTIONS)


def extended(_: Appeal) -> Story:
    return (*FILE, *ASSIGN, *QUESTIONS, Beat(6.0, work.extend, ("extension",)))


def recused(_: Appeal) -> Story:
    return (*FILE, *ASSIGN, Beat(1.2, work.ask_recusal), Beat(1.1, work.grant_recusal))


def recusal_refused(_: Appeal) -> Story:
    return (*FILE, *ASSIGN, Beat(1.2, work.ask_recusal), Beat(1.1, work.refuse_recusal))


def recusal_asked(_: Appeal) -> Story:
    return (*FILE, *ASSIGN, Beat(1.2, work.ask_recusal))


def sent_back(appeal: Appeal) -> Story:
    """The approver was not content with the first draft."""
    return (*_received(appeal), Beat(1.6, work.poor_draft), *SUBMIT, Beat(0.5, work.send_back))


def preliminary(appeal: Appeal) -> Story:
    return (*_received(appeal), *PRELIMINARY)


def objected(appeal: Appeal) -> Story:
    return (*_received(appeal), *OBJECTED[:2])


def hearing(appeal: Appeal) -> Story:
    return (*_received(appeal), *HEARING_SET)


def hearing_held(appeal: Appeal) -> Story:
    return (*_received(appeal), *HEARING)


def on_approval(appeal: Appeal) -> Story:
    return (*_drafted(appeal), *SUBMIT)


def for_signature(appeal: Appeal) -> Story:
    return (*on_approval(appeal), *APPROVE)


def signed(appeal: Appeal) -> Story:
    return (*for_signature(appeal), *SIGN)


def answered(appeal: Appeal) -> Story:
    return (*signed(appeal), *DISPATCH, *(CARRIED_OUT if appeal.kind in ORDERING else ()))


def answered_unheeded(appeal: Appeal) -> Story:
    """Nobody objected to the preliminary decision."""
    return (*_drafted(appeal, objected=False), *SUBMIT, *APPROVE, *SIGN, *DISPATCH)


def answered_after_hearing(appeal: Appeal) -> Story:
    closing = (Beat(1.0, work.draft), *SUBMIT, *APPROVE, *SIGN, *DISPATCH)
    return (*_received(appeal), *HEARING, *closing)


def answered_after_send_back(appeal: Appeal) -> Story:
    return (*sent_back(appeal), Beat(0.7, work.draft), *SUBMIT, *APPROVE, *SIGN, *DISPATCH)


def answered_by_post(appeal: Appeal) -> Story:
    return (*answered(appeal), Beat(0.3, after.hand_over), Beat(2.5, after.arrived, NEXT))


def rated(appeal: Appeal) -> Story:
    return (*answered(appeal), Beat(0.9, after.rate, evening=True))


def registered_in_state(appeal: Appeal) -> Story:
    """With its number in the state register, from the day it came."""
    return (*FILE, Beat(0.1, intake.state_register), *answered(appeal)[1:])


def file_shown(appeal: Appeal) -> Story:
    return (*answered(appeal), Beat(1.1, after.ask_file, ("file_access",)), Beat(1.3, after.give_file))


def file_wanted(appeal: Appeal) -> Story:
    """The file is to be shown within three days."""
    return (*answered(appeal), Beat(1.1, after.ask_file, ("file_access",)))


def corrected(appeal: Appeal) -> Story:
    return (*answered(appeal), Beat(1.2, after.ask_correction), Beat(1.0, after.correct))


def correction_refused(appeal: Appeal) -> Story:
    return (*answered(appeal), Beat(1.2, after.ask_correction), Beat(1.0, after.refuse_correction))


def code_lost(appeal: Appeal) -> Story:
    return (*answered(appeal), Beat(2.0, after.new_code))


def complained_further(appeal: Appeal) -> Story:
    """The person complains; the complaint waits at the body that answered."""
    return (*answered(appeal), Beat(1.5, after.complain_further, opens="complaint"))


def complaint_in_work(appeal: Appeal) -> Story:
    return (*complained_further(appeal), *UP, *ASSIGN)


def complaint_decided(appeal: Appeal) -> Story:
    decided = (*QUESTIONS, Beat(2.0, work.draft), *SUBMIT, *APPROVE, *SIGN, *DISPATCH)
    return (*complaint_in_work(appeal), *decided)


def complaint_satisfied(appeal: Appeal) -> Story:
    return (*complained_further(appeal), Beat(1.4, work.satisfy))


def returned(appeal: Appeal) -> Story:
    """Not put in order in three days."""
    return (*curing(appeal), Beat(4.4, work.pass_time), Beat(0.5, after.return_not_cured, NEXT))


def returned_identical(appeal: Appeal) -> Story:
    again = (Beat(3.0, after.file_again, opens="case"), Beat(0.9, after.return_identical, NEXT))
    return (*answered(appeal), *again)


def terminated(appeal: Appeal) -> Story:
    again = (Beat(3.0, after.file_again, opens="case"), Beat(0.9, after.terminate_repeated, NEXT))
    return (*answered(appeal), *again)


def terminated_empty(_: Appeal) -> Story:
    return (*FILE, Beat(1.1, after.terminate_empty, NEXT))


def terminated_in_court(_: Appeal) -> Story:
    return (*FILE, *UP, Beat(1.1, after.terminate_in_court, NEXT))


def withdrawn(appeal: Appeal) -> Story:
    return (*_come(appeal), *ASSIGN, Beat(1.7, after.withdraw, evening=True))


def deemed_refused(appeal: Appeal) -> Story:
    """Nobody answers: the last day passes."""
    term = 21.0 if appeal.kind == "complaint" else 16.0
    return (*in_work(appeal), Beat(term, work.pass_time, NEXT))


def deemed_refused_then_complaint(appeal: Appeal) -> Story:
    return (*deemed_refused(appeal), Beat(0.9, after.complain_further, opens="complaint"))


def court_route(_: Appeal) -> Story:
    """Nobody in the city may decide: the way to court is told at once."""
    return (Beat(0, intake.file, ("court",), opens="case"),)


def court_route_of_a_complaint(_: Appeal) -> Story:
    """Of the body that has nobody above."""
    return (*FILE, Beat(1.4, work.pass_up, ("court",)))


TALES: dict[str, Callable[[Appeal], Story]] = {
    tale.__name__: tale
    for tale in (
        registered, registered_late, unresolved, resolved, at_challenged, passed_up, passed_up_by_itself, satisfied,
        satisfied_and_rated, curing, cured, supplied, restored,
        confirmed, in_work, in_work_redirected, redirected, redirected_in_part,
        in_work_heard, in_work_helped, in_work_reassigned, extended, recused, recusal_refused, recusal_asked,
        sent_back, preliminary, objected, hearing, hearing_held, on_approval, for_signature, signed, answered,
        answered_unheeded, answered_after_hearing, answered_after_send_back, answered_by_post, rated,
        registered_in_state, file_shown, file_wanted, corrected, correction_refused, code_lost, complained_further,
        complaint_in_work, complaint_decided, complaint_satisfied, returned, returned_identical, terminated,
        terminated_empty, terminated_in_court, withdrawn, deemed_refused, deemed_refused_then_complaint, court_route,
        court_route_of_a_complaint,
    )
} | LAWS  # fmt: skip
"""By the name that stands in plan.toml and plan_laws.toml."""
