"""Steps of officials. Signing and publishing are not among them: see `endpoints/desk_steps.py`."""

from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from qyzmet.api.schemas.values import Day, Days, Flag, Given, Id, Line, Moment, Text
from qyzmet.api.steps.applicant import (
    Cure,
    FurtherComplaint,
    MorePapers,
    PerhapsReason,
    PerhapsWording,
    Reason,
    Restoration,
    Supply,
    Wording,
)
from qyzmet.api.steps.taking import Nothing, Offer, StepGiven, Taking, WithPapers
from qyzmet.cases import actions

Login = Annotated[str, Field(max_length=100, description="Login of a person: see …/assignable.")]


class PostMeant(StepGiven):
    """Which post a free text means."""

    post: Line

    def values(self, taking: Taking) -> dict[str, Any]:
        """By its code."""
        return {"post_code": self.post}


class Executor(StepGiven):
    """To whom the case is given."""

    executor: Login
    note: Text = ""

    def values(self, taking: Taking) -> dict[str, Any]:
        """By the person's id."""
        return {"executor_id": taking.person_id(self.executor), "note": self.note}


class CoExecutor(StepGiven):
    """Who works on it too."""

    person: Login

    def values(self, taking: Taking) -> dict[str, Any]:
        """By the person's id."""
        return {"person_id": taking.person_id(self.person)}


class Redirect(StepGiven):
    """To which body, and why."""

    body: Line
    reason: Text


class RedirectPart(Redirect):
    """Which part goes there."""

    part_text: Text


class Position(StepGiven):
    """What the challenged body says."""

    position: Text = ""


class Satisfaction(StepGiven):
    """What is done to meet the complaint in full."""

    outcome: Line
    text: Text
    ground: Text


class AskToCure(StepGiven):
    """What the appeal lacks, and how long it may be cured."""

    defects: list[Line]
    days: Days
    note: Text = ""


class Return(StepGiven):
    """The ground for a return; `earlier`: number of the identical appeal."""

    ground: Line
    reason: Text
    earlier: Line = ""

    def values(self, taking: Taking) -> dict[str, Any]:
        """The earlier appeal is the action's `parent`."""
        return {"ground": self.ground, "reason": self.reason, "parent": self.earlier}


class Confirmation(WithPapers):
    """How the signature was confirmed."""

    how: Literal["signed", "confirmed"]
    note: Text = ""


class Extension(StepGiven):
    """How much more time, from today, and why."""

    days: Days
    reason: Text


class Preliminary(StepGiven):
    """What is about to be decided."""

    outcome: Line
    facts: Text
    ground: Text
    decision: Text = ""


class HearingSet(StepGiven):
    """When and where."""

    when: Moment
    place: Line


class Protocol(WithPapers):
    """What was said: words, files, or both. The person reads either."""

    protocol: Text = ""

    def kept(self, taking: Taking) -> list[Any]:
        """The body's own paper, whatever kind the sender calls it."""
        return taking.keep(self.papers, origin="official", kind="protocol")


class HandedIn(MorePapers):
    """Files to add, and from whom they come: the person reads the own ones, and never those of the accused."""

    origin: Literal["applicant", "official", "accused"] = "official"

    def values(self, taking: Taking) -> dict[str, Any]:
        """The action finds on the papers whose they are."""
        return {"note": self.note, "papers": self.kept(taking)}

    def kept(self, taking: Taking) -> list[Any]:
        """Marked as coming from there."""
        return taking.keep(self.papers, origin=self.origin)


class Recorded(StepGiven):
    """What was done, where anything need be said of it."""

    note: Text = ""


class QuestionToAccused(StepGiven):
    """What the accused is asked; without the complainant's name."""

    question: Text


class Questions(StepGiven):
    """What the appeal asks, put right."""

    questions: list[Text] = Field(max_length=50)


class AnswerGiven(Given):
    """The answer to a question, or the question whose answer covers it."""

    question: Id
    text: Text = ""
    joined_to: Id | None = None


class DraftGiven(StepGiven):
    """A version of the decision; an unfinished one may be kept."""

    outcome: Line
    facts: Text = ""
    ground: Text = ""
    answers: list[AnswerGiven] = Field([], max_length=50)
    language: Literal["", "kk", "ru"] = ""
    adverse: Flag = False
    exemption: Line = ""
    exemption_reason: Text = ""

    def values(self, taking: Taking) -> dict[str, Any]:
        """Answers by the number of their question."""
        answers = {one.question: actions.Answer(one.text, one.joined_to) for one in self.answers}
        return {**super().values(taking), "answers": answers}


class Submission(StepGiven):
    """Why what looks like no answer is one; needed only where the gate says so."""

    overrule: Text = ""


class Remark(StepGiven):
    """What to work on."""

    remark: Text


class Termination(StepGiven):
    """The ground for an end without decision."""

    ground: Line
    reason: Text


class FileGiven(StepGiven):
    """When and how the file was shown."""

    how: Text


class RecusalDecided(StepGiven):
    """Whether the motion is granted, and why."""

    granted: Flag
    reason: Text


class StandingStill(StepGiven):
    """For which cause of the procedure the clock stands; `last` is left out while nobody knows it."""

    cause: Line
    first: Day
    last: Day | None = None
    ground: Text


class RunningAgain(StepGiven):
    """Which interval ended, and on which day; `void`: it never stood."""

    n: Id
    last: Day | None = None
    void: Flag = False
    ground: Text


class IdentityChecked(StepGiven):
    """How the desk made sure who asks."""

    identity: Text


class RegisterNumber(StepGiven):
    """The number in the state register."""

    number: Line


class Delivered(StepGiven):
    """Which dispatch arrived, and when."""

    dispatch: Id
    delivered_at: Moment

    def values(self, taking: Taking) -> dict[str, Any]:
        """By the dispatch's id."""
        return {"dispatch_id": self.dispatch, "delivered_at": self.delivered_at}


OFFERS = (
    Offer("resolve_about", PostMeant, actions.resolve_about),
    Offer("confirm_signature", Confirmation, actions.confirm_signature),
    Offer("ask_to_cure", AskToCure, actions.ask_to_cure),
    Offer("supply", Supply, actions.supply),
    Offer("cure", Cure, actions.cure),
    Offer("return", Return, actions.return_appeal),
    Offer("redirect", Redirect, actions.redirect),
    Offer("redirect_part", RedirectPart, actions.redirect_part),
    Offer("pass_up", Position, actions.pass_up),
    Offer("satisfy", Satisfaction, actions.satisfy),
    Offer("assign", Executor, actions.assign),
    Offer("reassign", Executor, actions.reassign),
    Offer("add_co_executor", CoExecutor, actions.add_co_executor),
    Offer("extend", Extension, actions.extend),
    Offer("preliminary", Preliminary, actions.preliminary),
    Offer("object", Wording, actions.object_to),
    Offer("ask_hearing", PerhapsWording, actions.ask_hearing),
    Offer("set_hearing", HearingSet, actions.set_hearing),
    Offer("hold_hearing", Protocol, actions.hold_hearing),
    Offer("remark_protocol", Wording, actions.remark_protocol),
    Offer("hear_accused", QuestionToAccused, actions.hear_accused),
    Offer("list_questions", Questions, actions.list_questions),
    Offer("draft", DraftGiven, actions.draft),
    Offer("submit", Submission, actions.submit),
    Offer("send_back", Remark, actions.send_back),
    Offer("approve", Nothing, actions.approve),
    Offer("dispatch", Nothing, actions.dispatch),
    Offer("withdraw", PerhapsReason, actions.withdraw),
    Offer("terminate", Termination, actions.terminate),
    Offer("ask_file", PerhapsWording, actions.ask_file),
    Offer("give_file", FileGiven, actions.give_file),
    Offer("ask_recusal", Reason, actions.ask_recusal),
    Offer("decide_recusal", RecusalDecided, actions.decide_recusal),
    Offer("stand_still", StandingStill, actions.stand_still),
    Offer("run_again", RunningAgain, actions.run_again),
    Offer("ask_restoration", Restoration, actions.ask_restoration),
    Offer("decide_restoration", RecusalDecided, actions.decide_restoration),
    Offer("ask_correction", Wording, actions.ask_correction),
    Offer("correct", Wording, actions.correct),
    Offer("refuse_correction", Reason, actions.refuse_correction),
    Offer("complain_further", FurtherComplaint, actions.complain_further),
    Offer("add_paper", HandedIn, actions.add_paper),
    Offer("reissue_code", IdentityChecked, actions.reissue_code),
    Offer("note_state_register", RegisterNumber, actions.note_state_register),
    Offer("delivered", Delivered, actions.delivered),
    Offer("unpublish", Reason, actions.unpublish),
)
"""Every step of the law's data that an official may take, in the order of a case's life."""


def plain(code: str) -> Offer:
    """A step that its procedure calls plain: the record is all there is to it."""
    return Offer(code, Recorded, partial(actions.take_plain, code=code))
