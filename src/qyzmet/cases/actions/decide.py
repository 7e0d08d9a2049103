"""A decision on its way: questions, draft, approval by another, signature behind the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from qyzmet.cases import fingerprints, gate, nonanswer, post_room, signing
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Case, Draft, Finding, Paper, Question, Step
from qyzmet.cases.move import Move, begin
from qyzmet.text.clean import tidy
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Refused


@dataclass(frozen=True)
class Answer:
    """What a draft says to one question, or the number of the question whose answer covers it."""

    text: str = ""
    joined_to: int | None = None


@transaction.atomic
def list_questions(case: Case, *, questions: Sequence[str], by: Actor, at: datetime) -> Step:
    """Put the list of what the appeal asks right; the gate wants each of them answered."""
    move = begin(case, "list_questions", by=by, at=at)
    kept = [tidy(text) for text in questions if text.strip()]
    if not kept:
        raise Refused("question_needed", kind="input")
    Question.objects.filter(case=move.case).delete()
    Question.objects.bulk_create(Question(case=move.case, n=n, text=text) for n, text in enumerate(kept, 1))
    move.hashes["questions"] = sha("\n".join(kept))
    return move.finish(facts={"questions": kept})


@transaction.atomic
def draft(
    case: Case,
    *,
    outcome: str,
    facts: str,
    ground: str,
    answers: Mapping[int, Answer],
    by: Actor,
    at: datetime,
    language: str = "",
    adverse: bool = False,
    exemption: str = "",
    exemption_reason: str = "",
) -> Draft:
    """Write a new version of the decision. An unfinished one may be kept: the gate speaks at submitting and signing."""
    move = begin(case, "draft", by=by, at=at)
    known = move.procedure.outcomes
    if outcome not in post_room.decidable(move.procedure):
        raise Refused("unknown_outcome", kind="input", given=outcome)
    if exemption and exemption not in move.procedure.hearing_exemptions:
        raise Refused("unknown_exemption", kind="input", given=exemption)
    made = Draft.objects.create(
        case=move.case,
        n=Draft.objects.filter(case=move.case).count() + 1,
        author=by.person,
        created_at=at,
        language=language or move.case.answer_language,
        outcome=outcome,
        facts=tidy(facts),
        ground=tidy(ground),
        answers={str(n): {"text": tidy(a.text), "joined_to": a.joined_to} for n, a in answers.items()},
        adverse={"yes": True, "no": False}.get(known[outcome].adverse, adverse),
        exemption=exemption,
        exemption_reason=tidy(exemption_reason),
    )
    move.hashes["draft"] = fingerprints.decision(made)
    move.finish(facts={"draft": made.n, "outcome": outcome})
    nonanswer.keep(move.case, made, move.today)
    return made


@transaction.atomic
def submit(case: Case, *, by: Actor, at: datetime, overrule: str = "") -> Step:
    """Hand the latest draft to the approver. `overrule`: why what looks like no answer in it is one."""
    move = begin(case, "submit", by=by, at=at)
    latest = _latest(move, "draft")
    overruled, facts = _hold_gate(move, latest, overrule)
    latest.stage = "submitted"
    latest.save()
    step = move.finish(facts={"draft": latest.n, **facts})
    nonanswer.overrule(overruled, step)
    return step


def _latest(move: Move, *stages: str) -> Draft:
    found = Draft.objects.filter(case=move.case).order_by("-n").first()
    if found is None or found.stage not in stages:
        raise Refused("no_draft")
    return found


def _hold_gate(move: Move, latest: Draft, reason: str) -> tuple[list[Finding], dict[str, Any]]:
    """What this step overrules, and the facts that say why. Refused for what is missing, and for findings that nobody
    has overruled where no reason is given."""
    rows = nonanswer.keep(move.case, latest, move.today)
    lacks = gate.check(move.case, latest, at=move.at)
    found = [row for row in rows if row.overruled_id is None]
    if lacks or (found and not reason.strip()):
        raise Refused("gate", kind="gate", lacks=[*lacks, *nonanswer.lacks(found)])
    facts = nonanswer.reasoned(found, reason)
    if facts:
        move.hashes["overruled"] = nonanswer.overruled_hash(facts)
    return found, facts


@transaction.atomic
def send_back(case: Case, *, remark: str, by: Actor, at: datetime) -> Step:
    """Send the draft back with a remark."""
    move = begin(case, "send_back", by=by, at=at)
    if not remark.strip():
        raise Refused("remark_needed", kind="input")
    latest = _latest(move, "submitted", "approved")
    latest.stage, latest.remark = "sent_back", tidy(remark)
    latest.save()
    return move.finish(note=tidy(remark), facts={"draft": latest.n})


@transaction.atomic
def approve(case: Case, *, by: Actor, at: datetime) -> Step:
    """Approve the submitted draft. Nobody approves an own one."""
    move = begin(case, "approve", by=by, at=at)
    latest = _latest(move, "submitted")
    _not_author(latest, by)
    latest.stage, latest.approver, latest.approved_at = "approved", by.person, at
    latest.save()
    return move.finish(facts={"draft": latest.n})


def _not_author(made: Draft, by: Actor) -> None:
    if made.author_id == by.person.pk:
        raise Refused("own_draft")


@transaction.atomic
def sign(
    case: Case, *, provider: str, by: Actor, at: datetime, paper: Paper | None = None, overrule: str = ""
) -> Draft:
    """Sign the approved draft: the gate first, then the provider; the letter is made and waits for dispatch.

    `overrule`: why what looks like no answer is one, where that was not overruled when it was submitted.
    """
    move = begin(case, "sign", by=by, at=at)
    latest = _latest(move, "approved")
    _not_author(latest, by)
    overruled, facts = _hold_gate(move, latest, overrule)
    signature = signing.provider(provider).sign(text=fingerprints.decision(latest), signer=by.person, paper=paper)
    latest.stage, latest.signer, latest.signed_at = "signed", by.person, at
    latest.signature_kind, latest.signature_paper = signature.kind, signature.paper
    move.case.outcome = latest.outcome
    if paper is not None:
        Paper.objects.filter(pk=paper.pk).update(case=move.case)
    move.hashes["decision"] = fingerprints.decision(latest)
    step = move.finish(facts={"draft": latest.n, "signature": signature.kind, **facts}, outcome=latest.outcome)
    nonanswer.overrule(overruled, step)
    nonanswer.keep_prints(move.case, latest)
    latest.letter = post_room.send(
        move.case,
        step,
        post_room.answer_letter(move.case, latest.outcome, adverse=latest.adverse),
        at=at,
        by=by.person,
        lang=None if latest.language == move.case.answer_language else latest.language,  # type: ignore[arg-type]
        values={
            "facts": latest.facts,
            "ground": latest.ground,
            "questions_and_answers": gate.questions_and_answers(move.case, latest),
            "reason": latest.exemption_reason,
        },
        envelope=post_room.held(move.case),
        demo=signature.kind == "demo",
    )
    latest.save()
    return latest
