"""What a face must know of terms a person missed, of a case its reader was given already."""

from collections.abc import Mapping
from datetime import date

from qyzmet import law
from qyzmet.cases import lateness
from qyzmet.cases.models import Case
from qyzmet.cases.rules import procedure

COMPLAINT = "complaint"
"""The procedure in which the outcome of a case is complained of."""


def may_only_complain_late(case: Case, on: date) -> bool:
    """Whether a complaint of how this case ended would come after its term."""
    return lateness.after_ending(case, on)


def late_grounds() -> Mapping[str, law.Named]:
    """The grounds on which the term for such a complaint may be restored."""
    return procedure(COMPLAINT).restoration_grounds


def may_ask_restoration(case: Case) -> bool:
    """Whether the complaint is late, and nobody has asked yet that its term be restored."""
    asked = case.steps.filter(code__in=(lateness.ASK, lateness.DECIDE)).exists()
    return lateness.LATE in case.defects and not asked
