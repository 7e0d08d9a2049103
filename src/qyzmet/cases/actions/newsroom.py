"""A newsroom's own place: registered once, confirmed and checked later, and it may ask from the first minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qyzmet.bodies.queries import body_by_code
from qyzmet.cases.actions.publish import agree_publication
from qyzmet.cases.actions.register import Author, Filed, register
from qyzmet.cases.actor import APPLICANT, Actor
from qyzmet.cases.follow_codes import hash_code, new_code
from qyzmet.cases.models import Case, Inquiry, Newsroom, Paper, Signer
from qyzmet.cases.newsrooms import CAPACITIES, MOST_BODIES, MOST_SIGNERS, kind
from qyzmet.cases.papers import check_count
from qyzmet.cases.queries.newsroom import checks_newsrooms, family
from qyzmet.cases.rules import procedure
from qyzmet.cases.seen import reader
from qyzmet.text.clean import control_characters, one_line
from qyzmet.text.dates import local
from qyzmet.text.languages import LANGS
from qyzmet.text.refusal import Missing, Refused

GIVEN = {"name": 250, "registration_number": 60, "bin": 20, "address": 300, "email": 254}
"""Characters of what an editor gives of the newsroom."""


@dataclass(frozen=True)
class Opened:
    """A newsroom and its code, which is shown once and kept only as a hash."""

    newsroom: Newsroom
    code: str


@transaction.atomic
def register_newsroom(
    *, given: Mapping[str, str], languages: Sequence[str], signers: Sequence[tuple[str, str]], at: datetime
) -> Opened:
    """Register a newsroom by what its editor gives (`GIVEN`); only a name and one signer are needed.

    `signers`: name and capacity (`CAPACITIES`). `Refused(kind="input")` for what no table holds.
    """
    values = {name: _line(name, given.get(name, ""), limit) for name, limit in GIVEN.items()}
    if not values["name"]:
        raise Refused("newsroom_name", kind="input")
    code = new_code()
    newsroom = Newsroom.objects.create(
        **values,
        languages=[one for one in LANGS if one in languages],
        code_hash=hash_code(code),
        registered_at=at,
    )
    for name, capacity in signers:
        _add(newsroom, name, capacity, at)
    if not newsroom.signers.exists():
        raise Refused("signer_needed", kind="input")
    return Opened(newsroom, code)


def _line(field: str, given: str, limit: int) -> str:
    if bad := control_characters(given):
        raise Refused("control_characters", kind="input", found=" ".join(bad))
    clean = one_line(given)
    if len(clean) > limit:
        raise Refused("field_too_long", kind="input", field=field, limit=limit, given=len(clean))
    return clean


def _add(newsroom: Newsroom, name: str, capacity: str, at: datetime) -> Signer:
    if capacity not in CAPACITIES:
        raise Refused("unknown_choice", kind="input", field="capacity", given=capacity, known=", ".join(CAPACITIES))
    clean = _line("name", name, GIVEN["name"])
    if not clean:
        raise Refused("signer_needed", kind="input")
    if newsroom.signers.filter(until=None).count() >= MOST_SIGNERS:
        raise Refused("too_many_signers", kind="input", limit=MOST_SIGNERS)
    return Signer.objects.create(newsroom=newsroom, name=clean, capacity=capacity, since=at)


@transaction.atomic
def add_signer(newsroom: Newsroom, *, name: str, capacity: str, at: datetime) -> Signer:
    """One more person who may sign the newsroom's inquiries."""
    return _add(_locked(newsroom.pk), name, capacity, at)


@transaction.atomic
def remove_signer(newsroom: Newsroom, *, signer_id: int, at: datetime) -> None:
    """From now on this person signs nothing; what was signed stays so. The last signer stays."""
    locked = _locked(newsroom.pk)
    known = locked.signers.filter(until=None)
    if not known.filter(pk=signer_id).exists():
        raise Missing
    if known.count() == 1:
        raise Refused("signer_needed", kind="input")
    known.filter(pk=signer_id).update(until=at)


@transaction.atomic
def confirm_newsroom(newsroom: Newsroom, *, email: str, at: datetime) -> None:
    """A code sent to the newsroom's address was entered. `Refused` if the address is another one by now."""
    locked = _locked(newsroom.pk)
    if not email or locked.email != email:
        raise Refused("newsroom_email", kind="input")
    locked.confirmed_at = at
    locked.save()


@transaction.atomic
def change_newsroom_email(newsroom: Newsroom, *, email: str) -> Newsroom:
    """Another address, which nobody has confirmed yet; the same one stays as it was."""
    locked, clean = _locked(newsroom.pk), _line("email", email, GIVEN["email"])
    if clean != locked.email:
        locked.email, locked.confirmed_at = clean, None
        locked.save()
    return locked


@transaction.atomic
def check_newsroom(newsroom_id: int, *, is_known: bool, note: str, by: Actor, at: datetime) -> Newsroom:
    """The city's registrar or administrator looked the registration up; what was found is shown with each inquiry."""
    locked = _checked_by(newsroom_id, by, at)
    kept = one_line(note)[:500]
    if not kept:
        raise Refused("reason_needed", kind="input")
    locked.is_known, locked.note, locked.checked_by, locked.checked_at = is_known, kept, by.person, at
    locked.save()
    return locked


@transaction.atomic
def reissue_newsroom_code(newsroom_id: int, *, identity: str, by: Actor, at: datetime) -> Opened:
    """A new code after the city's desk checked who asks; the old one opens nothing any more."""
    locked = _checked_by(newsroom_id, by, at)
    if not one_line(identity):
        raise Refused("identity_check_needed", kind="input")
    locked.reissued_to, locked.reissued_by, locked.reissued_at = one_line(identity)[:500], by.person, at
    return _with_new_code(locked)


@transaction.atomic
def change_newsroom_code(newsroom: Newsroom) -> Opened:
    """A new code for whoever holds the present one: the old one opens nothing any more."""
    return _with_new_code(_locked(newsroom.pk))


def _checked_by(newsroom_id: int, by: Actor, at: datetime) -> Newsroom:
    if by.kind != "official" or not checks_newsrooms(reader(by.person, local(at).date())):
        raise Missing
    return _locked(newsroom_id)


def _locked(newsroom_id: int) -> Newsroom:
    found = Newsroom.objects.select_for_update().filter(pk=newsroom_id).first()
    if found is None:
        raise Missing
    return found


def _with_new_code(newsroom: Newsroom) -> Opened:
    """The newsroom and every case it opens get the hash of the new code."""
    code, cases = new_code(), family(newsroom)
    newsroom.code_hash = hash_code(code)
    newsroom.save()
    Case.objects.filter(pk__in=cases).update(code_hash=newsroom.code_hash)
    return Opened(newsroom, code)


@transaction.atomic
def ask_bodies(
    newsroom: Newsroom,
    *,
    bodies: Sequence[str],
    text: str,
    language: str,
    signer_id: int,
    together: str,
    at: datetime,
    answer_channel: str = "page",
    answer_language: str = "",
    papers: Sequence[Paper] = (),
    publish: bool = False,
) -> list[Filed]:
    """File one inquiry with each of these bodies: a case each, opened by the newsroom's own code.

    `together`: a key of at most 32 characters; sent again with the same key, nothing is filed twice.
    `publish`: whether the newsroom agrees that question and answer are published with its name.
    An unconfirmed newsroom files too: the missing signature is a defect, and can be cured.
    """
    locked = _locked(newsroom.pk)
    if made := list(Inquiry.objects.filter(newsroom=locked, together=together).select_related("case").order_by("id")):
        return [Filed(one.case, "") for one in made]
    chosen = list(dict.fromkeys(bodies))
    if not 1 <= len(chosen) <= MOST_BODIES:
        raise Refused("how_many_bodies", kind="input", limit=MOST_BODIES)
    check_count(papers)
    signer = locked.signers.filter(pk=signer_id, until=None).first()
    if signer is None:
        raise Refused("signer_needed", kind="input")
    appeal = {"text": text, "language": language, "answer_channel": answer_channel, "answer_language": answer_language}
    filed = []
    for n, code in enumerate(chosen):
        own = papers if n == 0 else [_copy(paper) for paper in papers]
        one = _file(locked, signer, code, appeal, own, at)
        Inquiry.objects.create(newsroom=locked, case=one.case, signer=signer, together=together[:32])
        if publish and "agree_publication" in procedure(kind()).steps:
            agree_publication(one.case, by=APPLICANT, at=at)
        filed.append(one)
    return filed


def _file(
    newsroom: Newsroom, signer: Signer, body: str, appeal: Mapping[str, str], papers: Sequence[Paper], at: datetime
) -> Filed:
    try:
        body_by_code(body)  # an inquiry names its bodies: what is none goes nowhere else instead
    except Missing:
        raise Refused("unknown_body", kind="input", given=body) from None
    return register(
        procedure=kind(),
        body=body,
        authors=_authors(newsroom, signer),
        signature="confirmed" if newsroom.confirmed_at else "unsigned",
        papers=papers,
        consent=True,
        code_hash=newsroom.code_hash,
        by=APPLICANT,
        at=at,
        **appeal,  # type: ignore[arg-type]
    )


def _authors(newsroom: Newsroom, signer: Signer) -> list[Author]:
    """The newsroom, and who signs for it (MM 36(1))."""
    place = {"address": newsroom.address, "residence": newsroom.address, "email": newsroom.email}
    return [
        Author(newsroom.name, is_company=True, bin=newsroom.bin, **place),
        Author(signer.name, role="representative"),
    ]


def _copy(paper: Paper) -> Paper:
    """The same file for another case."""
    fields = ("kind", "origin", "name", "media_type", "size", "sha256", "at", "by")
    return Paper.objects.create(**{name: getattr(paper, name) for name in fields})
