"""Defects: name them, set a reasonable period, cure them, or return the appeal with reasons (APPC 64(6)-(7))."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from qyzmet.cases import deadlines, fingerprints, listed, post_room, seen, standstills
from qyzmet.cases.actions.register import LIMITS, own_datum
from qyzmet.cases.actor import SYSTEM, Actor
from qyzmet.cases.defects import FIELDS, SEEN_BY_ITSELF, find_defects, whose
from qyzmet.cases.lateness import LATE
from qyzmet.cases.models import Case, Paper, Party, Step
from qyzmet.cases.move import Move, begin
from qyzmet.cases.rules import procedure
from qyzmet.text.clean import tidy
from qyzmet.text.dates import long_date
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Missing, Refused


@transaction.atomic
def ask_to_cure(case: Case, *, defects: Sequence[str], days: int, by: Actor, at: datetime, note: str = "") -> Step:
    """Name the defects and give `days` working days to cure them; the law sets no number, only a reasonable period."""
    move = begin(case, "ask_to_cure", by=by, at=at)
    known = procedure(move.case.procedure).defects
    if not defects or any(code not in known for code in defects):
        raise Refused("unknown_defect", kind="input")
    move.case.back_state = move.case.state
    move.case.defects = [code for code in known if code in {*defects, *move.case.defects}]
    until = move.start("cure", count=days)
    stops = standstills.stops_with(move.case, "ask_to_cure", "decision")
    if move.case.due_on and until.on >= move.case.due_on and not stops:
        raise Refused("cure_too_long", kind="input", due_on=move.case.due_on.isoformat())
    step = move.finish(note=tidy(note), facts={"defects": list(defects), "until": until.on.isoformat()})

    def named(lang: Lang) -> str:
        return "\n".join(f"– {known[code].name[lang]}" for code in defects)

    values: post_room.Values = {"defects": named, "cure_until": partial(long_date, until.on), "reason": tidy(note)}
    post_room.send(move.case, step, "defects", at=at, by=by.person, values=values)
    return step


@transaction.atomic
def cure(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    given: dict[str, str] | None = None,
    papers: Sequence[Paper] = (),
    note: str = "",
) -> Step:
    """Take what the person adds. What is still lacking stays named; the appeal goes on as it stands."""
    move = begin(case, "cure", by=by, at=at)
    _complete(move, given or {}, papers, note)
    return move.finish(note=tidy(note), facts=_told(move, given or {}))


@transaction.atomic
def supply(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    given: dict[str, str] | None = None,
    papers: Sequence[Paper] = (),
    note: str = "",
) -> Step:
    """Take what was found lacking before the body asks for it: state and terms stay as they are.

    Only what is named as a defect can be given: `Refused("not_lacking", kind="input")` for anything else,
    `nothing_given` for nothing at all. A right to return the appeal, won by a period that lapsed, ends where nothing
    lacks any more.
    """
    move = begin(case, "supply", by=by, at=at)
    named = {name: value for name, value in (given or {}).items() if value.strip()}
    if not (named or papers or note.strip()):
        raise Refused("nothing_given", kind="input")
    if set(named) - {FIELDS[code] for code in move.case.defects if code in FIELDS}:
        raise Refused("not_lacking", kind="input")
    _complete(move, named, papers, note)
    if not move.case.defects and Step.objects.filter(case=move.case, code="cure_lapsed").exists():
        move.end("return")
    return move.finish(note=tidy(note), facts=_told(move, named))


def _told(move: Move, given: dict[str, str]) -> dict[str, list[str]]:
    """For the step: which data came, never what they say, and which defects are left."""
    return {"given": sorted(given), "left": list(move.case.defects)}


def _complete(move: Move, given: dict[str, str], papers: Sequence[Paper], note: str) -> None:
    people = list(Party.objects.filter(case=move.case).order_by("n"))
    if people:
        _write(move.case, people, given)
        move.hashes["people"] = fingerprints.people(people)
    move.attach(papers)
    if any(paper.kind == "signed_paper" for paper in papers):
        move.case.signature = "signed"
    if people:
        found = find_defects(move.procedure, people, move.case.signature)
        asked = set(move.case.defects) - SEEN_BY_ITSELF
        answered = bool(given or papers or note.strip())  # what only a reader can see, a reader judges again
        move.case.defects = [
            code
            for code in move.procedure.defects
            if code in found or (code in asked and (code == LATE or not answered))
        ]


def _write(case: Case, people: list[Party], given: dict[str, str]) -> None:
    """Each datum to the person whom it belongs to; lists find the case by the new name."""
    for name in LIMITS:
        if given.get(name):
            setattr(whose(people, name), name, own_datum(name, given[name]))
    for person in people:
        person.name_fold = listed.folded(person.name)
        person.save()
    first = people[0]
    case.applicant_name, case.applicant_fold = listed.shown(first.name), first.name_fold
    case.applicant_key = listed.key(first.name)


@transaction.atomic
def cure_lapsed(case: Case, *, at: datetime) -> Step | None:
    """The cure period ended without an answer; the body may now return the appeal. None while the period runs."""
    move = begin(case, "cure_lapsed", by=SYSTEM, at=at)
    if not deadlines.is_over(move.case, "cure", today=move.today):
        return None
    move.start("return")
    return move.finish(facts={"left": move.case.defects})


@transaction.atomic
def confirm_signature(
    case: Case,
    *,
    how: str,
    by: Actor,
    at: datetime,
    papers: Sequence[Paper] = (),
    note: str = "",
    email: str = "",
) -> Step:
    """Cure a missing signature: `signed` (signed paper or a visit) or `confirmed` (a code sent by e-mail).

    `email`: the address that was given only for this code, and proved by it; from now on it is the person's.
    """
    move = begin(case, "confirm_signature", by=by, at=at)
    if how not in ("signed", "confirmed"):
        raise Refused("unknown_signature", kind="input")
    if how == "signed" and by.kind != "official" and not papers:
        raise Refused("signed_paper_needed", kind="input")
    move.attach(papers)
    proved = {"email": email} if how == "confirmed" and email.strip() else {}
    if proved and (people := list(Party.objects.filter(case=move.case).order_by("n"))):
        _write(move.case, people, proved)
        move.hashes["people"] = fingerprints.people(people)
    move.case.signature = how
    move.case.defects = [code for code in move.case.defects if code != "no_signature"]
    if not set(move.case.defects) - {LATE}:
        move.end("return")
    return move.finish(note=tidy(note), facts={"signature": how, **(_told(move, proved) if proved else {})})


@transaction.atomic
def return_appeal(case: Case, *, ground: str, reason: str, by: Actor, at: datetime, parent: str = "") -> Step:
    """Return the appeal with the reason (APPC 64(7)): period lapsed, identical to one considered, or abusive words."""
    move = begin(case, "return", by=by, at=at)
    grounds = procedure(move.case.procedure).return_grounds
    if ground not in grounds:
        raise Refused("unknown_ground", kind="input")
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    if ground == "not_cured" and not _cure_lapsed(move.case):
        raise Refused("cure_period_not_over")
    if ground == "identical" and not parent:
        raise Refused("earlier_case_needed", kind="input")
    earlier = _earlier(move, parent).number if ground == "identical" else parent
    step = move.finish(note=tidy(reason), facts={"ground": ground, "earlier": earlier}, outcome="returned")

    def words(lang: Lang) -> str:
        return f"{grounds[ground].name[lang]}. {tidy(reason)}"

    post_room.send(move.case, step, "return", at=at, by=by.person, values={"reason": words})
    return step


def _earlier(move: Move, number: str) -> Case:
    """The case of that number, if it was considered and the same person filed it; one answer for all that is not so.

    A case that the official may not see is as absent as one that is not there.
    """
    try:
        found = seen.find(seen.reader(move.by.person, move.today), number)
    except Missing:
        raise Refused("earlier_case_unfit", kind="input") from None
    if found.pk == move.case.pk or found.is_open or not _same_person(move.case, found):
        raise Refused("earlier_case_unfit", kind="input")
    return found


def _same_person(case: Case, other: Case) -> bool:
    """By the number of the person where both gave one, else by the name."""
    one, two = (found.parties.order_by("n").first() for found in (case, other))
    if one is None or two is None:
        return False
    if one.iin and two.iin:
        return one.iin == two.iin
    return bool(one.name_fold) and one.name_fold == two.name_fold


def _cure_lapsed(case: Case) -> bool:
    """That a complaint is late is no ground to send it back (APPC 92(3))."""
    return bool(set(case.defects) - {LATE}) and Step.objects.filter(case=case, code="cure_lapsed").exists()
