"""What a person may still do, during a case and after its end, and what the body owes in return."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from qyzmet.bodies.models import Body
from qyzmet.cases import accuse, carried_out, lateness, post_room, words
from qyzmet.cases.actions.register import Filed, open_child
from qyzmet.cases.actions.restoration import ask_restoration
from qyzmet.cases.actor import APPLICANT, Actor
from qyzmet.cases.follow_codes import hash_code, new_code
from qyzmet.cases.models import Accusation, Case, CaseLetter, CoExecutor, Draft, Newsroom, Paper, Step
from qyzmet.cases.move import Move, begin
from qyzmet.letters import actions as letters
from qyzmet.letters import queries as letter_queries
from qyzmet.text.clean import one_line, tidy
from qyzmet.text.dates import local
from qyzmet.text.hashes import sha
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Refused

STARS = range(1, 6)
WITH_DRAFT = frozenset({"in_work", "on_approval", "for_signature"})
"""States from which a granted recusal sends the case back to intake: what the recused wrote goes no further."""
ENDING = ("sign", "return", "terminate", "lapse", "satisfy", "court_route")
"""Steps whose letter may be the last word on a case."""


@transaction.atomic
def complain_further(
    case: Case,
    *,
    text: str,
    by: Actor,
    at: datetime,
    residence: str = "",
    late_ground: str = "",
    late_reason: str = "",
) -> Filed:
    """Complain of how this case ended, at the body that ended it; it passes the complaint up (APPC 91(4)).

    `residence`: where the person really lives, which a complaint must say (APPC 93) and an appeal need not.
    After its term it is taken all the same, with the defect "late"; `late_ground` and `late_reason` file the motion to
    restore the term with it (APPC 92(2)).
    After a decision on a complaint the way is to court (APPC 136(6)): `Refused("court_is_next")`.
    """
    move = begin(case, "complain_further", by=by, at=at)
    if move.procedure.chapter == "complaint":
        raise Refused("court_is_next")
    if move.case.children.filter(relation="complaint").exists():
        raise Refused("complained_already")
    body, late = _complaint_goes_to(move), lateness.after_ending(move.case, move.today)
    child = open_child(
        move.case,
        procedure="complaint",
        body=body,
        text=text,
        relation="complaint",
        at=at,
        by=by,
        challenged=move.case.body,
        residence=residence,
        late=late,
    )
    move.finish(facts={"child": child.case.number})
    if late and late_reason.strip():
        ask_restoration(child.case, ground=late_ground, reason=late_reason, by=APPLICANT, at=at)
    return child


def _complaint_goes_to(move: Move) -> Body:
    """The body that ended the case, to pass it up; where it never learned who is accused, the next above at once.

    Nobody there could pass it up either before that is settled, and the person would wait for nothing.
    """
    if not Accusation.objects.filter(case=move.case, resolved_at=None).exists():
        return move.case.body
    return accuse.superior_for(move.case, on=move.today) or move.case.body


@transaction.atomic
def rate(case: Case, *, stars: int, text: str, at: datetime, by: Actor) -> Step:
    """One to five, and words if the person likes. A second rating is a second step; the first stays."""
    move = begin(case, "rate", by=by, at=at)
    if stars not in STARS:
        raise Refused("stars", kind="input")
    return move.finish(note=tidy(text), facts={"stars": stars})


@transaction.atomic
def ask_file(case: Case, *, by: Actor, at: datetime, text: str = "") -> Step:
    """The person asks to see the case file (APPC 75(1))."""
    return begin(case, "ask_file", by=by, at=at).finish(note=tidy(text))


@transaction.atomic
def give_file(case: Case, *, how: str, by: Actor, at: datetime) -> Step:
    """The body shows the file: when and how it was shown."""
    return _say(begin(case, "give_file", by=by, at=at), how, "file_access")


def _say(move: Move, said: str, letter: str, lack: str = "reason_needed") -> Step:
    """The step is what the body says to the person: in its record, and by letter."""
    if not said.strip():
        raise Refused(lack, kind="input")
    step = move.finish(note=tidy(said))
    values: post_room.Values = {"reason": tidy(said), "facts": tidy(said)}
    post_room.send(move.case, step, letter, at=move.at, by=move.by.person, values=values)
    return step


@transaction.atomic
def ask_correction(case: Case, *, text: str, by: Actor, at: datetime) -> Step:
    """The person names a clerical error in the answer (APPC 82)."""
    move = begin(case, "ask_correction", by=by, at=at)
    if not text.strip():
        raise Refused("no_text", kind="input")
    return move.finish(note=tidy(text))


@transaction.atomic
def correct(case: Case, *, text: str, by: Actor, at: datetime) -> Step:
    """Correct a clerical error by a letter of its own; what was signed stays as it was signed."""
    move = begin(case, "correct", by=by, at=at)
    move.hashes["correction"] = sha(text)
    return _say(move, text, "correction", lack="no_text")


@transaction.atomic
def refuse_correction(case: Case, *, reason: str, by: Actor, at: datetime) -> Step:
    """There is no clerical error, and why."""
    return _say(begin(case, "refuse_correction", by=by, at=at), reason, "correction_refused")


@transaction.atomic
def ask_recusal(case: Case, *, reason: str, by: Actor, at: datetime) -> Step:
    """Ask that the executor be replaced because they may not be impartial (APPC 67)."""
    move = begin(case, "ask_recusal", by=by, at=at)
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    if move.case.executor_id is None:
        raise Refused("nobody_to_recuse")
    if move.case.deadlines.filter(key="recusal", is_open=True).exists():
        raise Refused("recusal_asked_already")
    return move.finish(note=tidy(reason), facts={"person": move.case.executor_id})


@transaction.atomic
def decide_recusal(case: Case, *, granted: bool, reason: str, by: Actor, at: datetime) -> Step:
    """Decide the motion. Granted, the case goes back to intake and the recused person cannot get it again."""
    move = begin(case, "decide_recusal", by=by, at=at)
    asked = Step.objects.filter(case=move.case, code="ask_recusal").order_by("-n").first()
    if asked is None or not move.case.deadlines.filter(key="recusal", is_open=True).exists():
        raise Refused("recusal_not_asked")
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    person = asked.facts["person"]
    if not granted and by.person and by.person.pk == person:
        raise Refused("own_recusal")  # whoever finds that they should not decide may step aside, and no more
    to = ""
    if granted:
        CoExecutor.objects.filter(case=move.case, person_id=person).delete()
        if move.case.executor_id == person:
            move.case.executor = None
            to = "registered" if move.case.state in WITH_DRAFT else ""
            Draft.objects.filter(case=move.case, stage__in=("draft", "submitted", "approved")).update(stage="sent_back")
    step = move.finish(note=tidy(reason), facts={"person": person, "granted": granted}, to=to)

    def decision(lang: Lang) -> str:
        return f"{words.RECUSAL[granted][lang]} {tidy(reason)}"

    post_room.send(move.case, step, "recusal", at=at, by=by.person, values={"reason": decision})
    return step


@transaction.atomic
def add_paper(case: Case, *, papers: Sequence[Paper], by: Actor, at: datetime, note: str = "") -> Step:
    """Add files to an open case. Those of the accused, entered for them, are kept with their explanation."""
    move = begin(case, "add_paper", by=by, at=at)
    if not papers:
        raise Refused("file_needed", kind="input")
    move.attach(papers)
    if any(paper.origin == "accused" for paper in papers):
        return _from_accused(move, papers, tidy(note))
    return move.finish(note=tidy(note), facts={"papers": len(papers)})


def _from_accused(move: Move, papers: Sequence[Paper], note: str) -> Step:
    """What the accused handed in belongs to their explanation: the person who complains does not read it here."""
    accusation = Accusation.objects.filter(case=move.case).exclude(person=None).first()
    if accusation is None:
        raise Refused("nobody_accused")
    accusation.explanation = "\n\n".join(filter(None, [accusation.explanation, note]))
    accusation.explained_at = move.at
    accusation.save()
    move.hashes["explanation"] = sha(note)
    return move.finish(facts={"papers": len(papers), "origin": "accused"})


@transaction.atomic
def reissue_code(case: Case, *, identity: str, by: Actor, at: datetime) -> Filed:
    """Give a new follow-up code after the desk checked who asks; `identity` says how. The old code stops working."""
    move = begin(case, "reissue_code", by=by, at=at)
    if not identity.strip():
        raise Refused("identity_check_needed", kind="input")
    if Newsroom.objects.filter(code_hash=move.case.code_hash).exists():
        raise Refused("newsroom_has_own_code")
    code = new_code()
    old, move.case.code_hash = move.case.code_hash, hash_code(code)
    move.finish(note=one_line(identity))
    _give_code_to_family(move.case, old)
    return Filed(move.case, code)


def _give_code_to_family(case: Case, old: str) -> None:
    """The cases that hang together with this one and had the same code get the same new one."""
    near, known = {case.pk}, {case.pk}
    while near:
        kin = Case.objects.filter(Q(parent__in=near) | Q(children__in=near), code_hash=old)
        near = set(kin.values_list("pk", flat=True)) - known
        known |= near
    Case.objects.filter(pk__in=known - {case.pk}).update(code_hash=case.code_hash)


@transaction.atomic
def note_state_register(case: Case, *, number: str, by: Actor, at: datetime) -> Step:
    """Note the number the case has in the state register "Electronic appeals" (APPC 69(3))."""
    move = begin(case, "note_state_register", by=by, at=at)
    kept = one_line(number)
    if not kept or len(kept) > 60:
        raise Refused("register_number", kind="input")
    move.case.state_register_number = kept
    return move.finish(facts={"number": kept})


@transaction.atomic
def delivered(case: Case, *, dispatch_id: int, delivered_at: datetime, by: Actor, at: datetime) -> Step:
    """The post says that a letter arrived; from the day of the one that ends the case run the terms that follow it.

    What was done by then does not begin anew: a complaint that was lodged, an act that was carried out.
    """
    move = begin(case, "delivered", by=by, at=at)
    sent = letter_queries.dispatch(dispatch_id, move.case.number)
    letters.note_delivered(sent, delivered_at=delivered_at, at=at)
    on = local(delivered_at).date()
    if CaseLetter.objects.filter(case=move.case, letter=sent.letter_id, step__code__in=ENDING).exists():
        ran = dict(move.case.deadlines.order_by("id").values_list("key", "is_open"))
        nothing = carried_out.nothing(move.procedure, state=move.case.state, outcome=move.case.outcome)
        over = {key for key, is_open in ran.items() if not is_open} | nothing
        for key in (key for key in move.step.starts if key not in over):
            move.start_own(key, on=on)
    return move.finish(facts={"letter": sent.letter_id, "on": on.isoformat()}, without=move.step.starts)
