"""The gate: no signature under a letter that leaves a question open, a ground unnamed or a person unheard.

What a decision must contain stands in its procedure (`[decision.…]` of procedure.toml, with sources). The gate looks at
form and at what the case holds; whether an answer is right stays with the person who signs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from qyzmet.cases import routes
from qyzmet.cases.lateness import LATE, open_motion
from qyzmet.cases.models import Case, Deadline, Draft, Question
from qyzmet.cases.post_room import decidable
from qyzmet.cases.rules import procedure
from qyzmet.text.dates import local


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: `code` for its words, `where` = the field of the draft, `value` and `count` for the
    words."""

    code: str
    where: str
    value: str = ""
    count: int = 0


def check(case: Case, draft: Draft, *, at: datetime) -> list[Lack]:
    """Everything that keeps this draft from being signed now; empty when it may be."""
    asked = procedure(case.procedure).asked_of(draft.outcome, adverse=draft.adverse)
    return [*_motion(case), *(lack for need in asked for lack in CHECKS[need](case, draft, at))]


def _motion(case: Case) -> list[Lack]:
    """Whether the complaint is late must be settled before it is decided (APPC 92(3))."""
    undecided = LATE in case.defects and open_motion(case)
    return [Lack("gate_restoration_open", "outcome")] if undecided else []


def _outcome(case: Case, draft: Draft, _at: datetime) -> list[Lack]:
    known = draft.outcome in decidable(procedure(case.procedure))
    return [] if known else [Lack("gate_outcome_unknown", "outcome")]


def _questions(case: Case, draft: Draft, _at: datetime) -> list[Lack]:
    texts = {question.n: question.text for question in Question.objects.filter(case=case).order_by("n")}
    return [
        Lack("gate_question_open", f"answer_{n}", f"{n}. {text[:80]}")
        for n, text in texts.items()
        if not answered(draft, n)
    ]


def answered(draft: Draft, n: int) -> bool:
    """Whether question `n` has an own answer or is joined, directly, to one that has."""
    answer = draft.answers.get(str(n), {})
    if answer.get("text", "").strip():
        return True
    joined = draft.answers.get(str(answer.get("joined_to")), {})
    return bool(joined.get("text", "").strip())


def _facts(_case: Case, draft: Draft, _at: datetime) -> list[Lack]:
    return [] if draft.facts.strip() else [Lack("gate_no_facts", "facts")]


def _ground(_case: Case, draft: Draft, _at: datetime) -> list[Lack]:
    return [] if draft.ground.strip() else [Lack("gate_no_ground", "ground")]


def _language(case: Case, draft: Draft, _at: datetime) -> list[Lack]:
    allowed = {"kk", case.language} - {"en"}
    return [] if draft.language in allowed else [Lack("gate_language", "language")]


def _route(case: Case, _draft: Draft, at: datetime) -> list[Lack]:
    route = routes.way(case, on=local(at).date()).told("kk")
    return [] if route.body and route.term and route.order else [Lack("gate_no_route", "outcome")]


def _heard(case: Case, draft: Draft, at: datetime) -> list[Lack]:
    """An adverse act needs its preliminary decision the required days before, or a ground of APPC 73(2)."""
    if draft.exemption:
        return [] if draft.exemption_reason else [Lack("gate_exemption_reason", "exemption_reason")]
    told = Deadline.objects.filter(case=case, key="preliminary").order_by("-start_on").first()
    if told is None:
        return [Lack("gate_not_heard", "exemption")]
    if local(at).date() < told.on:
        return [Lack("gate_heard_too_late", "exemption", told.on.isoformat())]
    return []


CHECKS: Mapping[str, Callable[[Case, Draft, datetime], list[Lack]]] = {
    "outcome": _outcome,
    "answer_to_each_question": _questions,
    "facts": _facts,
    "ground": _ground,
    "language": _language,
    "route": _route,
    "heard": _heard,
}
"""How the gate looks for each need that a procedure may name (`law.NEEDS`)."""


def questions_and_answers(case: Case, draft: Draft) -> str:
    """The questions with their answers, as they stand in the letter; joined questions together, above one answer."""
    together: dict[int, list[str]] = {}
    for question in Question.objects.filter(case=case).order_by("n"):
        answer = draft.answers.get(str(question.n), {})
        n = question.n if answer.get("text") else int(answer.get("joined_to") or question.n)
        together.setdefault(n, []).append(f"{question.n}. {question.text}")
    parts = ["\n".join([*asked, draft.answers.get(str(n), {}).get("text", "")]) for n, asked in together.items()]
    return "\n\n".join(part.rstrip() for part in parts)
