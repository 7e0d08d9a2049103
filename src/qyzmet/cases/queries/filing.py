"""A case as it stood when it was registered."""

from dataclasses import dataclass

from qyzmet.bodies.models import Body
from qyzmet.cases.models import Case, Deadline


@dataclass(frozen=True)
class Filing:
    """What the answer to a filing says. Nothing that happens later changes it, but a new date in the calendar."""

    case: Case
    body: Body
    """Where it was registered."""
    due: Deadline
    """The decision's first term."""


def filing(case: Case) -> Filing:
    """How this case was registered, for whoever has just filed it. Two queries."""
    step = case.steps.select_related("body").get(n=1)
    due = case.deadlines.filter(key="decision").order_by("id")[0]
    return Filing(case, step.body, due)
