"""The latest version of a decision in words, for whoever reads, approves or signs it."""

from typing import Any

from qyzmet.cases.queries import CaseView
from qyzmet.cases.rules import rules
from qyzmet.desk import names
from qyzmet.text.languages import Lang, say


def shown(view: CaseView, lang: Lang) -> dict[str, Any]:
    """What `desk/parts/draft.html` uses; `draft` is None where nothing was written yet."""
    if not view.drafts:
        return {"draft": None}
    draft, rule = view.drafts[0], rules().procedure(view.case.procedure)
    outcome, exemption = rule.outcomes.get(draft.outcome), rule.hearing_exemptions.get(draft.exemption)
    return {
        "draft": draft,
        "draft_stage": names.named(names.STAGES, draft.stage),
        "draft_outcome": say(outcome.name, lang) if outcome else draft.outcome,
        "draft_exemption": say(exemption.name, lang) if exemption else "",
        "versions": [(old, names.named(names.STAGES, old.stage)) for old in view.drafts[1:]],
        "overruled": [_overruled(row, lang) for row in view.overruled],
        "draft_answers": [_answer(draft, question) for question in view.questions],
    }


def _answer(draft: Any, question: Any) -> tuple[Any, str, int | None]:
    answer = draft.answers.get(str(question.n), {})
    return question, answer.get("text", ""), None if answer.get("text") else answer.get("joined_to")


def _overruled(row: Any, lang: Lang) -> dict[str, Any]:
    step = row.overruled
    return {"words": names.finding(row, lang), "reason": step.facts.get("overrule_reason", ""), "by": step.by}
