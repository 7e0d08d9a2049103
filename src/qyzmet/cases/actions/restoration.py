"""A term that a person missed for a valid reason is restored by whoever examines the complaint (APPC 92(2)-(3))."""

from datetime import datetime

from django.db import transaction

from qyzmet.cases import lateness, post_room, words
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Case, Step
from qyzmet.cases.move import begin
from qyzmet.text.clean import tidy
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Refused


@transaction.atomic
def ask_restoration(case: Case, *, ground: str, reason: str, by: Actor, at: datetime) -> Step:
    """Ask that the missed term be restored: a ground of the law, and what happened.

    Who asks says with it that the complaint is late: where nobody has noted that yet, it is noted now.
    """
    move = begin(case, "ask_restoration", by=by, at=at)
    if ground not in move.procedure.restoration_grounds:
        raise Refused("unknown_ground", kind="input")
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    if lateness.open_motion(move.case):
        raise Refused("restoration_asked_already")
    if move.case.steps.filter(code=lateness.DECIDE).exists():
        raise Refused("restoration_decided_already")
    known = move.procedure.defects
    move.case.defects = [code for code in known if code in {lateness.LATE, *move.case.defects}]
    return move.finish(note=tidy(reason), facts={"ground": ground})


@transaction.atomic
def decide_restoration(case: Case, *, granted: bool, reason: str, by: Actor, at: datetime) -> Step:
    """Restore the term, or refuse to, with the reason. Restored, the complaint counts as one that came in time.

    Refused, it stays late, which alone decides nothing: it may be one ground for dismissing the complaint (APPC 92(3)),
    or the ground on which its examination is refused (TC 194(1)1).
    """
    move = begin(case, "decide_restoration", by=by, at=at)
    if lateness.open_motion(move.case) is None:
        raise Refused("restoration_not_asked")
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    if granted:
        move.case.defects = [code for code in move.case.defects if code != lateness.LATE]
    step = move.finish(note=tidy(reason), facts={"granted": granted})

    def decision(lang: Lang) -> str:
        return f"{words.RESTORATION[granted][lang]} {tidy(reason)}"

    post_room.send(move.case, step, "restoration", at=at, by=by.person, values={"reason": decision})
    return step
