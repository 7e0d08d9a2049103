"""The gate: no signature under a letter that leaves a question open, a ground unnamed or a person unheard.

What it wants comes from APPC 80(1), 80(5), 89(2), 73 and 97(2). It looks at form and at what the case holds; whether
an answer is right stays with the person who signs.
"""

from dataclasses import dataclass
from datetime import datetime

from qyzmet.cases import routes
from qyzmet.cases.models import Case, Deadline, Draft, Question
from qyzmet.cases.post_room import decidable
from qyzmet.cases.rules import procedure
from qyzmet.text.dates import local


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: `code` for its words, `where` = the field of the draft, `value` for the words."""

    code: str
    where: str
    value: str = ""


def check(case: Case, draft: Draft, *, at: datetime) -> list[Lack]:
    """Everything that keeps this draft from being signed now; empty when it may be."""
    return [
        *_outcome(case, draft),
        *_questions(case, draft),
        *_reasons(draft),
        *_language(case, draft),
        *_route(case),
        *_heard(case, draft, at),
    ]


def _outcome(case: Case, draft: Draft) -> list[Lack]:
    known = draft.outcome in decidable(procedure(case.procedure))
    return [] if known else [Lack("gate_outcome_unknown", "outcome")]


def _questions(case: Case, draft: Draft) -> list[Lack]:
    texts = {question.n: question.text for question in Question.objects.filter(case=case).order_by("n")}
    lacks = []
    for n, text in texts.items():
        if not answered(draft, n):
            lacks.append(Lack("gate_question_open", f"answer_{n}", f"{n}. {text[:80]}"))
    return lacks


def answered(draft: Draft, n: int) -> bool:
    """Whether question `n` has an own answer or is joined, directly, to one that has."""
    answer = draft.answers.get(str(n), {})
    if answer.get("text", "").strip():
        return True
    joined = draft.answers.get(str(answer.get("joined_to")), {})
    return bool(joined.get("text", "").strip())


def _reasons(draft: Draft) -> list[Lack]:
    lacks = []
    if not draft.facts.strip():
        lacks.append(Lack("gate_no_facts", "facts"))
    if not draft.ground.strip():
        lacks.append(Lack("gate_no_ground", "ground"))
    return lacks


def _language(case: Case, draft: Draft) -> list[Lack]:
    allowed = {"kk", case.language} - {"en"}
    return [] if draft.language in allowed else [Lack("gate_language", "language")]


def _route(case: Case) -> list[Lack]:
    route = routes.way(case).told("kk")
    return [] if route.body and route.term and route.order else [Lack("gate_no_route", "outcome")]


def _heard(case: Case, draft: Draft, at: datetime) -> list[Lack]:
    """An adverse act needs its preliminary decision the required days before, or a ground of APPC 73(2)."""
    rule = procedure(case.procedure)
    if not draft.adverse or "preliminary" not in rule.steps:
        return []
    if draft.exemption:
        return [] if draft.exemption_reason else [Lack("gate_exemption_reason", "exemption_reason")]
    told = Deadline.objects.filter(case=case, key="preliminary").order_by("-start_on").first()
    if told is None:
        return [Lack("gate_not_heard", "exemption")]
    if local(at).date() < told.on:
        return [Lack("gate_heard_too_late", "exemption", told.on.isoformat())]
    return []


def questions_and_answers(case: Case, draft: Draft) -> str:
    """The questions with their answers, as they stand in the letter; joined questions together, above one answer."""
    together: dict[int, list[str]] = {}
    for question in Question.objects.filter(case=case).order_by("n"):
        answer = draft.answers.get(str(question.n), {})
        n = question.n if answer.get("text") else int(answer.get("joined_to") or question.n)
        together.setdefault(n, []).append(f"{question.n}. {question.text}")
    parts = ["\n".join([*asked, draft.answers.get(str(n), {}).get("text", "")]) for n, asked in together.items()]
    return "\n\n".join(parts)
