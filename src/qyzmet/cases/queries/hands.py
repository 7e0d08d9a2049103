"""In whose hands a case was when each of its steps was taken."""

from collections.abc import Iterable

from qyzmet.bodies.models import Body
from qyzmet.cases.models import Step


def acting_bodies(steps: Iterable[Step]) -> dict[int, Body]:
    """Step id -> the body that took it. `steps`: all of a case in order, with their bodies.

    A step's own body is the one that holds the case after it; a redirect is taken by the body that sends the case away.
    A part that another body sent was registered by that body's step, which its first step names.
    """
    found: dict[int, Body] = {}
    holder = None
    for step in steps:
        found[step.pk] = holder or _sender(step) or step.body
        holder = step.body
    return found


def _sender(first: Step) -> Body | None:
    code = first.facts.get("from")
    return Body.objects.filter(code=code).first() if code else None
