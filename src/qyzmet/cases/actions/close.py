"""Ways in which a case ends: dispatch, withdrawal, termination, and silence."""

from datetime import datetime

from django.db import transaction

from qyzmet.cases import carried_out, post_room
from qyzmet.cases.actor import SYSTEM, Actor
from qyzmet.cases.models import Accusation, Case, Deadline, Draft, Step
from qyzmet.cases.move import begin
from qyzmet.cases.rules import procedure
from qyzmet.letters import actions as letters
from qyzmet.text.clean import tidy
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Refused


@transaction.atomic
def dispatch(case: Case, *, by: Actor, at: datetime) -> Step:
    """Send the signed answer: to the person's page, and by e-mail, post or hand as they asked."""
    move = begin(case, "dispatch", by=by, at=at)
    signed = Draft.objects.filter(case=move.case, stage="signed").order_by("-n").first()
    if signed is None or signed.letter is None:
        raise Refused("no_draft")
    where = post_room.applicant_envelope(move.case)
    move.hashes["letter"] = signed.letter.text_sha256
    step = move.finish(
        facts={"letter": signed.letter_id, "channels": list(where.channels)},
        outcome=signed.outcome,
        without=carried_out.nothing(move.procedure, state=move.step.to, outcome=signed.outcome),
    )
    for letter in post_room.with_courtesy(signed.letter):
        letters.enqueue(letter, channels=list(where.channels), at=at)
    _tell_accused(move.case, step, at=at)
    return step


def _tell_accused(case: Case, step: Step, *, at: datetime) -> None:
    """The accused, if they were heard, learn that the matter ended; not who complained."""
    accusation = Accusation.objects.filter(case=case).exclude(code_hash="").select_related("person").first()
    if accusation is None or accusation.person is None:
        return
    lang = post_room.letter_language(accusation.person)
    post_room.send(
        case, step, "accused_outcome", at=at, lang=lang, envelope=post_room.accused_envelope(accusation.person)
    )


@transaction.atomic
def withdraw(case: Case, *, by: Actor, at: datetime, reason: str = "") -> Step:
    """The person takes the appeal back, in writing, before the decision; it may be filed again (APPC 64(9))."""
    move = begin(case, "withdraw", by=by, at=at)
    step = move.finish(note=tidy(reason), outcome="withdrawn")
    post_room.send(move.case, step, "withdrawn", at=at, values={"reason": tidy(reason)})
    return step


@transaction.atomic
def terminate(case: Case, *, ground: str, reason: str, by: Actor, at: datetime) -> Step:
    """End the procedure without a decision, on a ground of the law, with notice to the person (APPC 70, 88)."""
    move = begin(case, "terminate", by=by, at=at)
    grounds = procedure(move.case.procedure).termination_grounds
    if ground not in grounds:
        raise Refused("unknown_ground", kind="input")
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    step = move.finish(note=tidy(reason), facts={"ground": ground}, outcome="terminated")

    def words(lang: Lang) -> str:
        return f"{grounds[ground].name[lang]}. {tidy(reason)}"

    values: post_room.Values = {"reason": words, "ground": grounds[ground].source.said}
    post_room.send(move.case, step, "termination", at=at, by=by.person, values=values)
    return step


@transaction.atomic
def lapse(case: Case, *, at: datetime) -> Step | None:
    """Record the deemed refusal of a case whose last day is over (APPC 91(2), 100(5)); None if it is not.

    The letter says what happened and names the next step.
    """
    move = begin(case, "lapse", by=SYSTEM, at=at)
    if move.case.due_on is None or move.case.due_on >= move.today:
        return None
    due = Deadline.objects.filter(case=move.case, key__in=("decision", "extension"), is_open=True).last()
    step = move.finish(outcome="deemed_refusal", facts={"due_on": move.case.due_on.isoformat()})
    post_room.send(move.case, step, "deemed_refusal", at=at, due=due)
    return step
