"""Whether the due dates in a receipt follow from the rules they name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from qyzmet.law import Answer, Law, QuestionError, answer
from qyzmet.ledger.verdict import StepVerdict

OPENING = "register"
"""The step that begins the decision's term: later ones depend on what the receipt does not hold."""
REDATE = "redate"


@dataclass(frozen=True)
class Day:
    """What is to be said of a step's due date.

    `said`: follows, own_hour, redated, differs, moved, unknown; `on`: the day that the rule gives; `n`: the step that
    set it; `why`: the law's own error, None where no rule of that name is known.
    """

    said: str
    on: date | None = None
    n: int = 0
    why: QuestionError | None = None


def days(law: Law, steps: list[StepVerdict]) -> dict[int, Day]:
    """Number of a step -> what is to be said of its day. Steps whose day is the one before are left out."""
    found: dict[int, Day] = {}
    before: Any = None
    for step in steps:
        content = step.content or {}
        due = content.get("due_on")
        if content.get("event") == OPENING:
            found[step.n] = _opening(law, content, steps)
        elif due is not None and due != before:
            found[step.n] = Day("moved")
        before = due if step.content else before
    return {n: day for n, day in found.items() if day}


def _opening(law: Law, content: Mapping[str, Any], steps: list[StepVerdict]) -> Day:
    given, rule = content.get("due_on"), content.get("rule")
    try:
        received, wanted = datetime.fromisoformat(content["received_at"]), date.fromisoformat(str(given))
        usual = _by_rule(law, received, rule)
        if usual is None:
            return Day("unknown")
        if usual == wanted:
            return Day("follows", usual)
        if wanted in [_by_rule(law, received, rule, cutoff) for cutoff in (time.min, time.max)]:
            return Day("own_hour", usual)
    except QuestionError as error:
        return Day("unknown", why=error)
    except (KeyError, TypeError, ValueError):
        return Day("unknown")
    again = [step.n for step in steps if _dated_again(step.content or {}, usual)]
    return Day("redated", usual, again[0]) if again else Day("differs", usual)


def _dated_again(content: Mapping[str, Any], usual: date) -> bool:
    return content.get("event") == REDATE and content.get("due_on") == usual.isoformat()


def _by_rule(law: Law, received: datetime, rule: object, cutoff: time | None = None) -> date | None:
    """The day under the rule of that name. Procedures that name one rule count alike: the first will do."""
    for code, procedure in law.procedures.items():
        decision = procedure.terms.get("decision")
        if decision and rule in [value.rule for value in decision.values]:
            found: Answer = answer(law, code, received, cutoff=cutoff)
            return found.due.on if found.due.rule == rule else None
    return None
