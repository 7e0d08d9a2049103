"""Whom an appeal is about, which body therefore decides, and who is barred from it.

The law bars the author of a challenged act from deciding (APPC 97(2)); that the accused and everybody below see
nothing at all is a rule of this house, marked so wherever it is shown.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from qyzmet import law, rows
from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body, Person, Post
from qyzmet.cases.models import Accusation, Barred, Case
from qyzmet.text.clean import one_line
from qyzmet.text.fold import fold
from qyzmet.text.refusal import Missing, Refused

if TYPE_CHECKING:
    from qyzmet.cases.actions.register import About

ROOM = 2000
"""Characters kept of the words that say whom a case is about; the column is as wide."""
SUSPECT_LETTERS = 4
"""A shorter surname would be found in too many words of a free text."""


@dataclass(frozen=True)
class Place:
    """Where an appeal is registered, and in which relation to whom."""

    body: Body
    challenged: Body | None = None
    text: str = ""
    post: Post | None = None
    person: Person | None = None
    is_accusation: bool = False
    nobody_decides: bool = False
    barred: frozenset[int] = frozenset()
    """Ids of those barred from the first minute; for a free text, those it seems to name and all below them."""


def place(procedure: law.Procedure, chosen: Body, about: "About", *, on: date) -> Place:
    """Where the appeal goes: conduct to the body above, a complaint about an act to the body that made it."""
    if about.kind == "conduct" and about.post_code:
        return _by_post(about, on)
    if about.kind == "conduct":
        return _by_text(chosen, about, on)
    if procedure.chapter == "complaint":
        return Place(chosen, challenged=chosen)
    return Place(chosen)


def _by_post(about: "About", on: date) -> Place:
    try:
        post = bodies.post_by_code(about.post_code)
    except Missing:
        raise Refused("unknown_post", kind="input", given=about.post_code) from None
    person = bodies.holder(post, on)
    barred = barred_by([person] if person else [], on)
    decider = _first_free(bodies.deciding_body(post, on), barred, on)
    text = one_line(about.text) or post.name_kk
    return Place(decider or post.body, None, text, post, person, True, decider is None, barred)


def _by_text(chosen: Body, about: "About", on: date) -> Place:
    text = one_line(about.text)
    above = bodies.superior_of(chosen)
    barred = barred_by(_named(text, [chosen, *([above] if above else [])], on), on)
    decider = _first_free(above, barred, on)
    if decider is None:  # it stays where the accused may well be at the top
        head = bodies.head_of(chosen, on)
        barred |= barred_by([head] if head else [], on)
    return Place(decider or chosen, text=text, is_accusation=True, nobody_decides=decider is None, barred=barred)


def _first_free(body: Body | None, barred: frozenset[int], on: date) -> Body | None:
    """The first body from `body` upward whose head and at least one registrar are not barred."""
    seen: set[int] = set()
    while body and body.pk not in seen:
        if _free(body, barred, on):
            return body
        seen.add(body.pk)
        body = bodies.superior_of(body)
    return None


def _free(body: Body, barred: frozenset[int], on: date) -> bool:
    head = bodies.head_of(body, on)
    registrars = bodies.persons_with_role(body, "registrar", on)
    return not (head and head.pk in barred) and any(person.pk not in barred for person in registrars)


def _named(text: str, where: list[Body], on: date) -> list[Person]:
    """Holders of posts whose surname stands in the text, in whatever case ending."""
    words = sorted(set(fold(text).split()))
    holders = {seat.holder.pk: seat.holder for body in where for seat in bodies.posts_of(body, on) if seat.holder}
    return [person for person in holders.values() if any(_begins_one(stem, words) for stem in _stems(person.surname))]


def _begins_one(stem: str, words: list[str]) -> bool:
    """Whether one of the sorted words begins so. Found without a look at each: a text may have a million of them."""
    n = bisect_left(words, stem)
    return n < len(words) and words[n].startswith(stem)


def _stems(surname: str) -> list[str]:
    """Each part of a surname without the ending that cases change: 'Серікова' and 'Серікову' share a stem."""
    cut = (part[:-1] if part.endswith("а") else part for part in fold(surname).split())
    return [stem for stem in cut if len(stem) >= SUSPECT_LETTERS]


def barred_by(people: list[Person], on: date) -> frozenset[int]:
    """Ids of these people and of everybody who answers to them on that day."""
    found = {person.pk for person in people}
    for person in people:
        found |= bodies.below(person, on)
    return frozenset(found)


def record(case: Case, where: Place, *, at: datetime) -> None:
    """Write whom the case accuses, and everybody who is barred from this day on."""
    resolved = at if where.post else None
    rows.insert(
        Accusation(case=case, text=where.text[:ROOM], post=where.post, person=where.person, resolved_at=resolved)
    )
    bar(case, where.barred)


def bar(case: Case, people: frozenset[int]) -> None:
    """Bar these people from the case; who is barred already stays so."""
    Barred.objects.bulk_create([Barred(case=case, person_id=pk) for pk in sorted(people)], ignore_conflicts=True)


def inherited(parent: Case, body: Body, challenged: Body | None) -> Place:
    """The place of a case that hangs on `parent`: whoever is barred there is barred here."""
    accusation = Accusation.objects.filter(case=parent).select_related("post", "person").first()
    if accusation is None:
        return Place(body, challenged)
    barred = frozenset(Barred.objects.filter(case=parent).values_list("person_id", flat=True))
    return Place(body, challenged, accusation.text, accusation.post, accusation.person, True, False, barred)


def barred_ids(case: Case, on: date) -> frozenset[int]:
    """Everybody barred from a case: since filing, or because they answer to the accused on that day."""
    if not case.is_accusation:
        return frozenset()
    since_filing = frozenset(Barred.objects.filter(case=case).values_list("person_id", flat=True))
    accusation = Accusation.objects.filter(case=case).select_related("person").first()
    accused = [accusation.person] if accusation and accusation.person else []
    return since_filing | barred_by(accused, on)


def is_free(case: Case, body: Body, *, on: date) -> bool:
    """Whether that body may hold the case: its head and a registrar are not barred."""
    return _free(body, barred_ids(case, on), on)


def decider(case: Case, post: Post, *, on: date) -> Body | None:
    """The body that decides about the holder of `post`; where the case lies already, if nobody there is barred."""
    barred = barred_ids(case, on)
    first = bodies.deciding_body(post, on)
    above = {body.pk for body in bodies.chain_up(post.body)}
    if case.body_id in above and _free(case.body, barred, on):
        return case.body
    return _first_free(first, barred, on)


def superior_for(case: Case, *, on: date) -> Body | None:
    """The superior body to which a complaint goes: the first above that is free of the barred."""
    above = bodies.superior_of(case.body)
    if not case.is_accusation:
        return above
    return _first_free(above, barred_ids(case, on), on)
