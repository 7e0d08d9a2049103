"""The way in: an appeal becomes a case with a number, a date and a first step, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from qyzmet import law
from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body, Person
from qyzmet.cases import accuse, lateness, seen
from qyzmet.cases.actor import SYSTEM, Actor
from qyzmet.cases.defects import NUMBERS
from qyzmet.cases.follow_codes import hash_code, new_code
from qyzmet.cases.models import Case, Paper
from qyzmet.cases.opening import Opening
from qyzmet.cases.queries.filing import Filing
from qyzmet.cases.rules import rules
from qyzmet.text.clean import control_characters, cut, one_line, tidy
from qyzmet.text.dates import local
from qyzmet.text.languages import LANGS, Lang, known, recognised
from qyzmet.text.refusal import Missing, Refused

ROOM = 2000
"""Characters that nobody reaches by honest typing."""
LIMITS = {"name": ROOM, "iin": 100, "bin": 100, "address": ROOM, "residence": ROOM, "email": ROOM, "phone": ROOM}
"""Characters of what a person gives of themselves; the columns are as wide."""
FIELDS = ("name", "role", "is_company", "iin", "bin", "address", "residence", "email", "phone")
TEXT_LIMIT = 40_000
"""Characters of an appeal's text; longer matters go into an attachment."""


@dataclass(frozen=True)
class Author:
    """Somebody who files, as they gave themselves. Nothing here stops an intake: what is wrong becomes a defect."""

    name: str = ""
    role: str = "applicant"
    """applicant | representative | joined."""
    is_company: bool = False
    iin: str = ""
    bin: str = ""
    address: str = ""
    residence: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class About:
    """What a case is about besides its text: nobody, an act of a body, or the conduct of a person."""

    kind: str = "nobody"
    """nobody | act | conduct."""
    text: str = ""
    post_code: str = ""


@dataclass(frozen=True)
class Filed:
    """The case and the follow-up code, which is shown once and kept only as a hash."""

    case: Case
    code: str
    filing: Filing | None = None
    """How it was registered, where that has just happened; `cases.queries.filing` tells it at any time."""


def register(
    *,
    procedure: str,
    body: str,
    text: str,
    language: str,
    authors: Sequence[Author],
    by: Actor,
    at: datetime,
    about: About = About(),
    channel: str = "portal",
    signature: str = "unsigned",
    answer_channel: str = "page",
    answer_language: str = "",
    received_at: datetime | None = None,
    received_ground: str = "",
    papers: Sequence[Paper] = (),
    parent: Case | None = None,
    relation: str = "",
    secret: str = "",
    consent: bool = False,
    code_hash: str = "",
    learned_on: date | None = None,
    told_route: bool = True,
) -> Filed:
    """Register an appeal at the body of that code ("" = the person does not know) and return it with its code.

    What can be found, counted and hashed beforehand is: the one transaction only writes, so that appeals that come at
    once wait for each other as briefly as can be.

    Intake is never refused (APPC 64(1)): only an unknown kind, an empty text, what no table holds (`LIMITS`,
    `TEXT_LIMIT`) and control characters raise `Refused(kind="input")`. A body nobody knows counts as one the person
    does not know, a language nobody knows is the one the text is written in. Officials choose from lists: theirs is
    refused, as is their past `received_at` without a stated ground.
    `consent`: whether the person agreed to the use of their data (PD 7(1)); kept in the first step.
    `secret`: from which the follow-up code is derived, so that a repeated request gives the same one.
    `code_hash`: of a code that its owner has already, which opens this case too; then none is made.
    `learned_on`: for a complaint, the day on which the person learned of the act, and `told_route` whether the act said
    how to complain: what comes after the term has the defect "late" (APPC 92).
    """
    strict = by.kind == "official"
    counter = _counter(body, local(at).date(), strict=strict)
    chosen = counter.body
    clean = _text(text)
    language = _language(language, clean, strict=strict)
    _choices(channel=channel, signature=signature, **({"answer_channel": answer_channel} if strict else {}))
    received = _received(received_at, received_ground, at)
    if strict:
        _may_register(by.person, chosen, at)
    rule = _procedure(procedure)
    where = accuse.place(rule, chosen, _about(about, clean), on=local(at).date())
    code = "" if code_hash else new_code(secret)
    case = Case(
        procedure=procedure,
        language=language,
        answer_language=_answer_language(language, answer_language),
        answer_channel=answer_channel if answer_channel in CHOICES["answer_channel"] else "page",
        channel=channel,
        signature=signature,
        text=clean,
        received_at=received,
        received_ground=one_line(received_ground)[:200],
        parent=parent,
        relation=relation,
        code_hash=code_hash or hash_code(code),
    )
    people = [_tidy(author) for author in authors] or [Author()]
    receiver = _receiver(by, where.body, at, counter)
    late = _late(rule, learned_on, local(received).date(), told_route, strict=strict)
    return Filed(case, code, Opening(case, where, people, papers, receiver, by, at, consent, late).run())


def open_child(
    parent: Case,
    *,
    procedure: str,
    body: Body,
    text: str,
    relation: str,
    at: datetime,
    by: Actor = SYSTEM,
    challenged: Body | None = None,
    residence: str = "",
    late: bool = False,
) -> Filed:
    """Open a case that hangs on `parent`: the same people, the same follow-up code, and the same persons barred.

    `by`: who files it, where somebody does; a part that goes to another body is registered there by itself.
    `late`: whether it is a complaint that came after its term.
    """
    people = [Author(**{field: getattr(party, field) for field in FIELDS}) for party in parent.parties.order_by("n")]
    if people and residence.strip():
        people[0] = replace(people[0], residence=own_datum("residence", residence))
    case = Case(
        procedure=procedure,
        language=parent.language,
        answer_language=parent.answer_language,
        answer_channel=parent.answer_channel,
        channel="child",
        signature=parent.signature,
        text=_text(text),
        received_at=at,
        parent=parent,
        relation=relation,
        code_hash=parent.code_hash,
    )
    where = accuse.inherited(parent, body, challenged)
    return Filed(case, "", Opening(case, where, people, (), _receiver(by, body, at), by, at, late=late).run())


def _counter(code: str, on: date, *, strict: bool) -> bodies.Counter:
    """The body chosen, or where a person who does not know files: the city's top body sends it on."""
    if named := one_line(code):
        try:
            return bodies.counter_of(named, on)
        except Missing:
            if strict:
                raise Refused("unknown_body", kind="input", given=named) from None
    return bodies.counter_of(bodies.intake_body().code, on)


def _language(given: str, text: str, *, strict: bool) -> Lang:
    """The language the appeal is said to be in, else the one its text seems to be written in."""
    if strict and given not in LANGS:
        raise Refused("unknown_language", kind="input", language=given)
    return known(given, recognised(text))


CHOICES = {
    "channel": ("portal", "api", "paper", "post", "phone", "visit"),
    "signature": ("signed", "confirmed", "unsigned"),
    "answer_channel": ("page", "email", "post", "hand"),
}
"""What a face may say of an appeal besides its words."""


def _choices(**given: str) -> None:
    for name, value in given.items():
        if value not in CHOICES[name]:
            raise Refused("unknown_choice", kind="input", field=name, given=value, known=", ".join(CHOICES[name]))


def _procedure(code: str) -> law.Procedure:
    found = rules().procedures.get(code)
    if found is None or found.begins == "body":  # what a body begins itself is never taken in
        raise Refused("unknown_kind", kind="input", given=code)
    return found


def _text(text: str) -> str:
    if bad := control_characters(text):
        raise Refused("control_characters", kind="input", found=" ".join(bad))
    clean = tidy(text)
    if not clean:
        raise Refused("no_text", kind="input")
    if len(clean) > TEXT_LIMIT:
        raise Refused("text_too_long", kind="input", limit=TEXT_LIMIT, given=len(clean))
    return clean


def _about(about: About, text: str) -> About:
    """Whoever does not say whom a complaint of conduct means has said it in the appeal, as far as it is known."""
    unsaid = about.kind == "conduct" and not (about.post_code or about.text.strip())
    return replace(about, text=text) if unsaid else about


def _received(received_at: datetime | None, ground: str, at: datetime) -> datetime:
    if received_at is None or received_at == at:
        return at
    if received_at > at:
        raise Refused("received_in_future", kind="input")
    if not ground.strip():
        raise Refused("ground_needed", kind="input")
    return received_at


def _late(rule: law.Procedure, learned: date | None, received: date, told_route: bool, *, strict: bool) -> bool:
    """Whether it came after its term; a day that has not come yet says nothing, and an official corrects it."""
    if learned is None:
        return False
    if learned > received:
        if strict:
            raise Refused("learned_after_filing", kind="input")
        return False
    return lateness.filed_late(rule, learned=learned, received=received, told_route=told_route)


def _may_register(person: Person, body: Body, at: datetime) -> None:
    """Whoever registers for others is a registrar of the body that the paper came to, or of the one above it."""
    who = seen.reader(person, local(at).date())
    if not who.has(body.pk, "registrar"):
        raise Refused("not_your_role", step="register")


def _tidy(author: Author) -> Author:
    values: dict[str, Any] = {field: own_datum(field, getattr(author, field)) for field in LIMITS}
    return Author(role=author.role, is_company=author.is_company, **values)


def own_datum(field: str, given: str) -> str:
    """What a person gives of themselves in that field, as it is kept: a number that is no number is cut, not refused.

    `Refused(kind="input")` for control characters, and for a text that the column does not hold.
    """
    if bad := control_characters(given):
        raise Refused("control_characters", kind="input", found=" ".join(bad))
    clean, limit = one_line(given), LIMITS[field]
    if len(clean) <= limit:
        return clean
    if field in NUMBERS:  # twelve digits it is not: a defect, which the case names
        return cut(clean, limit)
    raise Refused("field_too_long", kind="input", field=field, limit=limit, given=len(clean))


def _answer_language(language: str, wanted: str) -> str:
    """The state language or the appeal's; an appeal in English is answered in Kazakh with a courtesy translation."""
    allowed = {"kk", language} - {"en"}
    return wanted if wanted in allowed else ("kk" if language == "en" else language)


def _receiver(by: Actor, body: Body, at: datetime, counter: bodies.Counter | None = None) -> bodies.Receiver:
    """Whom the talon names as receiver (APPC 64(2)): who registers, else the body's registrar on that day."""
    day = local(at).date()
    if by.kind == "official":
        return bodies.Receiver(by.person, bodies.post_in(by.person, body, day))
    if counter is None or counter.body != body:
        counter = bodies.counter_of(body.code, day)
    return counter.receiver
