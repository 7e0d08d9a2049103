"""Complaints that come after their term: taken in all the same, with a defect that only a decision removes (APPC 92).

Nobody is refused at the door. Whether the term is restored, the examining body decides on the person's motion.
"""

from datetime import date

from qyzmet import law
from qyzmet.cases.models import Case, Step
from qyzmet.cases.rules import rules

LATE = "late"
"""The defect. Papers and data cure the others; this one stays until the term is restored."""
LODGING = ("complain_no_route", "complain")
"""Terms of an ended case within which its outcome may be complained of."""
ASK, DECIDE = "ask_restoration", "decide_restoration"


def after_ending(ended: Case, today: date) -> bool:
    """Whether the term to complain of how this case ended is over. A term that never began is not."""
    last = ended.deadlines.filter(key__in=LODGING, is_open=True).order_by("-on").values_list("on", flat=True).first()
    return last is not None and last < today


def filed_late(procedure: law.Procedure, *, learned: date, received: date, told_route: bool = True) -> bool:
    """Whether what was received on that day came after the term that began when the person learned of the act.

    `told_route`: whether the act said how to complain; where it did not, the longer term holds (APPC 92(1-1)).
    False where the procedure knows no such defect or no term, or the law of the day gives none.
    """
    keys = ("filing", "complain") if told_route else ("complain_no_route", "filing", "complain")
    key = next((one for one in keys if one in procedure.terms), None)
    if LATE not in procedure.defects or key is None:
        return False
    try:
        return law.due(rules(), procedure, key, start=learned, as_of=received).on < received
    except law.QuestionError:
        return False


def open_motion(case: Case) -> Step | None:
    """The motion to restore the term that nobody has decided yet."""
    newest = case.steps.filter(code__in=(ASK, DECIDE)).order_by("-n").first()
    return newest if newest and newest.code == ASK else None
