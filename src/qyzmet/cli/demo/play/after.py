"""How cases end otherwise, and what follows an end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from qyzmet.cases import actions
from qyzmet.letters import actions as post
from qyzmet.letters import queries as letters

from .intake import file_at
from .play import Play


def withdraw(play: Play) -> None:
    """The person takes the appeal back."""
    play.ask("withdraw", reason=play.say("withdraw_reason"))


def return_not_cured(play: Play) -> None:
    """The head returns what was not put in order in time."""
    play.do("return_appeal", "head", ground="not_cured", reason=play.say("return_reason"))


def file_again(play: Play) -> None:
    """The same person files the same once more."""
    play.how["earlier"] = play.case.number
    file_at(play, play.appeal.body)


def return_identical(play: Play) -> None:
    """The head returns what was answered before."""
    play.do("return_appeal", "head", ground="identical", reason=_earlier(play), parent=play.how["earlier"])


def terminate_repeated(play: Play) -> None:
    """The head ends what was decided before."""
    ground = "repeated" if _simplified(play) else "same_subject_decided"
    play.do("terminate", "head", ground=ground, reason=_earlier(play))


def _earlier(play: Play) -> str:
    return play.say("answered_before", number=play.how["earlier"])


def _simplified(play: Play) -> bool:
    return play.appeal.kind not in ("application", "complaint")


def terminate_empty(play: Play) -> None:
    """The head ends a message that does not say what it is about."""
    play.do("terminate", "head", ground="no_substance", reason=play.say("no_substance"))


def terminate_in_court(play: Play) -> None:
    """The head leaves a complaint that is before a court."""
    play.do("terminate", "head", ground="in_court", reason=play.say("in_court"))


def carry_out(play: Play) -> None:
    """What the answer orders is done, if it orders anything."""
    if play.case.act_on:
        play.do("take_plain", "registrar", code="carry_out", note=play.say("carried_out"))


def rate(play: Play) -> None:
    """The person rates the answer; who was refused rates lower."""
    stars = play.stage.chance.choice((1, 2, 2, 3) if play.appeal.adverse else (3, 4, 5, 5, 5))
    play.ask("rate", stars=stars, text=play.say(f"rating_{'low' if stars < 4 else 'high'}"))


def ask_file(play: Play) -> None:
    """The person wants to see the file."""
    play.ask("ask_file", text=play.say("file_wanted"))


def give_file(play: Play) -> None:
    """The registrar shows it."""
    play.do("give_file", "registrar", how=play.say("file_shown"))


def ask_correction(play: Play) -> None:
    """The person found a clerical error."""
    play.ask("ask_correction", text=play.say("error_found"))


def correct(play: Play) -> None:
    """The head corrects it."""
    play.do("correct", "head", text=play.say("error_corrected"))


def refuse_correction(play: Play) -> None:
    """The head sees no error."""
    play.do("refuse_correction", "head", reason=play.say("no_error"))


def new_code(play: Play) -> None:
    """The person lost the code; the registrar checks who asks and gives a new one."""
    play.filed = play.do("reissue_code", "registrar", identity=play.say("identity"))


def hand_over(play: Play) -> None:
    """The clerk posts or hands over what waits for it."""
    for dispatch in letters.waiting(case_numbers=[play.case.number]).rows:
        note: Any = post.note_posted if dispatch.channel == "post" else post.note_handed
        note(dispatch, at=play.at)


def arrived(play: Play) -> None:
    """The post says that the answer was delivered the day before."""
    for dispatch in letters.dispatch_register(case_numbers=[play.case.number]).rows:
        if dispatch.channel == "post" and dispatch.letter.kind.startswith("answer"):
            play.do(
                "delivered", "registrar", dispatch_id=dispatch.pk, delivered_at=play.at - timedelta(hours=20),
            )  # fmt: skip


def complain_further(play: Play) -> None:
    """The person does not accept the end. The play goes on with the complaint."""
    further = play.how["further"]
    child = actions.complain_further(play.case, text=further.text, by=actions.APPLICANT, at=play.at)
    assert play.filed
    play.begin(actions.Filed(child.case, play.filed.code))
    play.appeal = further
