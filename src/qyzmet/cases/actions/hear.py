"""Being heard: preliminary decision, objection, oral hearing with protocol (APPC 73-74), and the accused by letter."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from qyzmet.cases import deadlines, post_room
from qyzmet.cases.actor import ACCUSED, SYSTEM, Actor
from qyzmet.cases.follow_codes import hash_code, new_code
from qyzmet.cases.models import Accusation, Case, Hearing, Paper, Step
from qyzmet.cases.move import begin
from qyzmet.text.clean import one_line, tidy
from qyzmet.text.dates import local, long_date, long_moment
from qyzmet.text.fold import fold
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Missing, Refused


@transaction.atomic
def preliminary(
    case: Case, *, outcome: str, facts: str, ground: str, by: Actor, at: datetime, decision: str = ""
) -> Step:
    """Tell the participant what is about to be decided against them, and why, before it is (APPC 73(1)).

    `decision`: what it is in words the person understands; without them the name of the outcome has to do.
    """
    move = begin(case, "preliminary", by=by, at=at)
    if not facts.strip() or not ground.strip():
        raise Refused("facts_and_ground_needed", kind="input")
    planned = move.procedure.outcomes.get(outcome)
    if planned is None or planned.adverse == "no":
        raise Refused("unknown_outcome", kind="input", given=outcome)
    not_before = move.start("preliminary")
    until = move.start("objection")
    move.hashes["preliminary"] = sha(decision + facts + ground)
    note = "\n\n".join(part for part in (tidy(decision), tidy(facts)) if part)
    step = move.finish(note=note, facts={"ground": tidy(ground), "not_before": not_before.on.isoformat()})
    values: post_room.Values = {
        "decision": tidy(decision) or planned.name.__getitem__,
        "facts": tidy(facts),
        "ground": tidy(ground),
        "objection_until": partial(long_date, until.on),
    }
    post_room.send(move.case, step, "preliminary", at=at, by=by.person, values=values)
    return step


@transaction.atomic
def object_to(case: Case, *, text: str, by: Actor, at: datetime) -> Step:
    """The participant objects to the preliminary decision."""
    move = begin(case, "object", by=by, at=at)
    if not text.strip():
        raise Refused("no_text", kind="input")
    move.hashes["objection"] = sha(text)
    return move.finish(note=tidy(text))


@transaction.atomic
def ask_hearing(case: Case, *, by: Actor, at: datetime, text: str = "") -> Step:
    """The participant asks to be heard in person instead of, or beside, writing."""
    return begin(case, "ask_hearing", by=by, at=at).finish(note=tidy(text))


@transaction.atomic
def objection_lapsed(case: Case, *, at: datetime) -> Step | None:
    """The days for an objection went by. None while they run."""
    move = begin(case, "objection_lapsed", by=SYSTEM, at=at)
    return move.finish() if deadlines.is_over(move.case, "objection", today=move.today) else None


@transaction.atomic
def set_hearing(case: Case, *, when: datetime, place: str, by: Actor, at: datetime) -> Step:
    """Set the hearing's time and place and invite the person."""
    move = begin(case, "set_hearing", by=by, at=at)
    if when <= at:
        raise Refused("hearing_in_past", kind="input")
    if not place.strip():
        raise Refused("place_needed", kind="input")
    Hearing.objects.filter(case=move.case, held_at=None).delete()
    Hearing.objects.create(case=move.case, set_for=when, place=one_line(place)[:300])
    step = move.finish(note=one_line(place), facts={"when": when.isoformat()})
    values: post_room.Values = {"hearing_when": partial(long_moment, when), "hearing_where": one_line(place)}
    post_room.send(move.case, step, "hearing_invitation", at=at, by=by.person, values=values)
    return step


@transaction.atomic
def hold_hearing(case: Case, *, by: Actor, at: datetime, protocol: str = "", papers: Sequence[Paper] = ()) -> Step:
    """Record that the hearing took place, with its protocol; the person may remark on it (APPC 74(4)-(6)).

    The protocol is a text, or files (a signed scan, a recording), or both; the person sees either.
    """
    move = begin(case, "hold_hearing", by=by, at=at)
    hearing = Hearing.objects.filter(case=move.case, held_at=None).first()
    if hearing is None:
        raise Refused("hearing_not_set")
    if hearing.set_for > at:
        raise Refused("hearing_not_yet")
    if not protocol.strip() and not papers:
        raise Refused("protocol_needed", kind="input")
    hearing.held_at, hearing.protocol = at, tidy(protocol)
    hearing.save()
    move.hashes["protocol"] = sha(hearing.protocol)
    move.hashes |= {f"paper{n}": paper.sha256 for n, paper in enumerate(papers, 1)}
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(case=move.case, draft=None, kind="protocol")
    return move.finish(note=hearing.protocol, facts={"papers": len(papers)} if papers else {})


@transaction.atomic
def remark_protocol(case: Case, *, text: str, by: Actor, at: datetime) -> Step:
    """The person's remarks on the protocol."""
    move = begin(case, "remark_protocol", by=by, at=at)
    hearing = Hearing.objects.filter(case=move.case).exclude(held_at=None).order_by("-held_at").first()
    if hearing is None or not text.strip():
        raise Refused("no_text" if hearing else "hearing_not_set", kind="input")
    hearing.remarks = tidy(text)
    hearing.save()
    return move.finish(note=tidy(text))


@transaction.atomic
def hear_accused(case: Case, *, question: str, by: Actor, at: datetime) -> Step:
    """Ask the accused for an explanation by letter, in the decider's own words; who complained is not in it."""
    move = begin(case, "hear_accused", by=by, at=at)
    accusation = Accusation.objects.filter(case=move.case).select_related("person", "post").first()
    if accusation is None or accusation.person is None:
        raise Refused("nobody_accused")
    if not question.strip():
        raise Refused("no_text", kind="input")
    if names := _names_complainant(move.case, question):
        raise Refused("complainant_named", kind="input", found=names)
    code = new_code()
    accusation.code_hash = hash_code(code)
    accusation.save()
    move.hashes["question"] = sha(question)
    step = move.finish(note=tidy(question))
    person = accusation.person
    lang = post_room.letter_language(person)
    values: post_room.Values = {
        "reason": tidy(question),
        "follow_url": f"{settings.ADDRESS}/accused/",
        "number": code,  # the code of their own page, never the number of the case
    }
    where = post_room.accused_envelope(person)
    post_room.send(move.case, step, "accused_notice", at=at, by=by.person, values=values, lang=lang, envelope=where)
    return step


def _names_complainant(case: Case, text: str) -> str:
    """A word of the complainants' names that stands in a text meant for the accused."""
    said = set(fold(text).split())
    for party in case.parties.all():
        for name in fold(party.name).split():
            if len(name) > 3 and any(word.startswith(name[:-1] if len(name) > 5 else name) for word in said):
                return party.name
    return ""


@transaction.atomic
def accused_answers(*, code: str, text: str, at: datetime) -> Step:
    """The accused explains, from the page the letter leads to. `Missing` for a code that opens nothing."""
    accusation = (
        Accusation.objects.select_related("case").filter(code_hash=hash_code(code)).exclude(code_hash="").first()
    )
    if accusation is None:
        raise Missing
    if not text.strip():
        raise Refused("no_text", kind="input")
    move = begin(accusation.case, "accused_answers", by=ACCUSED, at=at)
    accusation.explanation = "\n\n".join(filter(None, [accusation.explanation, tidy(text)]))
    accusation.explained_at = at
    accusation.save()
    move.hashes["explanation"] = sha(text)
    return move.finish(note=tidy(text), facts={"on": local(at).date().isoformat()})
