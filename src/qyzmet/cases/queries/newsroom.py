"""A newsroom's place, for whoever holds its code; the city's list of newsrooms, for whoever checks them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from qyzmet.bodies import queries as bodies
from qyzmet.cases import routes
from qyzmet.cases.follow_codes import hash_code
from qyzmet.cases.models import Case, Deadline, Inquiry, Newsroom, Signer, Step
from qyzmet.cases.queries.page import Page, page
from qyzmet.cases.seen import Reader, find_to_read, not_barred
from qyzmet.text.refusal import Missing

SIZE = 20


@dataclass(frozen=True)
class Asked:
    """One inquiry with its clock: what ran, what was prolonged, how it ended, and the way on."""

    inquiry: Inquiry
    case: Case
    deadlines: list[Deadline]
    extended_at: datetime | None
    answered_at: datetime | None
    complained: bool
    complaint: Case | None
    way: routes.Way
    may_complain: bool
    together: int
    """How many bodies were asked at once."""

    @property
    def first(self) -> Deadline | None:
        """The decision's first term."""
        return next((one for one in self.deadlines if one.key == "decision"), None)

    @property
    def extension(self) -> Deadline | None:
        """The longer term, if there is one."""
        return next((one for one in reversed(self.deadlines) if one.key == "extension"), None)

    @property
    def until(self) -> Deadline | None:
        """The open term to complain."""
        return next((one for one in self.deadlines if one.key == "complain" and one.is_open), None)


@dataclass(frozen=True)
class AskedBy:
    """Who stands behind a case that a newsroom asked, and which bodies got the same inquiry."""

    newsroom: Newsroom
    signer: Signer | None
    others: list[bodies.Body] = field(default_factory=list)


def newsroom_by_code(code: str) -> Newsroom:
    """The newsroom of that code; `Missing` for a code that opens nothing."""
    found = Newsroom.objects.filter(code_hash=hash_code(code)).first()
    if found is None:
        raise Missing
    return found


def signers(newsroom: Newsroom) -> list[Signer]:
    """Who may sign now."""
    return list(newsroom.signers.filter(until=None).order_by("id"))


def inquiries(newsroom: Newsroom, *, after: str | None = None, size: int = SIZE) -> Page[Inquiry]:
    """What the newsroom asked, the newest first."""
    rows = Inquiry.objects.filter(newsroom=newsroom).select_related("case__body", "signer")
    return page(rows, ("-id",), after=after, limit=size)


def clocks(found: Sequence[Inquiry], on: date) -> list[Asked]:
    """These inquiries with their clocks on that day; a handful of queries, and one for the superior body of each."""
    cases = [one.case for one in found]
    terms: dict[int, list[Deadline]] = {case.pk: [] for case in cases}
    for deadline in Deadline.objects.filter(case__in=cases).order_by("id"):
        terms[deadline.case_id].append(deadline)
    steps: dict[int, dict[str, datetime]] = {case.pk: {} for case in cases}
    told = Step.objects.filter(case__in=cases, code__in=("extend", "dispatch")).order_by("n")
    for case_id, code, at in told.values_list("case_id", "code", "at"):
        steps[case_id][code] = at
    complaints = {one.parent_id: one for one in Case.objects.filter(parent__in=cases, relation="complaint")}
    count: dict[str, int] = {}
    wanted = [one.together for one in found]
    newsrooms = {one.newsroom_id for one in found}
    for key in Inquiry.objects.filter(newsroom__in=newsrooms, together__in=wanted).values_list("together", flat=True):
        count[key] = count.get(key, 0) + 1
    return [_clock(one, terms, steps, complaints, count, routes.way(one.case, on=on)) for one in found]


ENDED = frozenset({"answered", "returned", "terminated", "deemed_refused"})
"""States from which the way to complain leads."""


def _clock(
    one: Inquiry,
    terms: dict[int, list[Deadline]],
    steps: dict[int, dict[str, datetime]],
    complaints: dict[int | None, Case],
    count: dict[str, int],
    way: routes.Way,
) -> Asked:
    case, complaint = one.case, complaints.get(one.case_id)
    return Asked(
        inquiry=one,
        case=case,
        deadlines=terms[case.pk],
        extended_at=steps[case.pk].get("extend"),
        answered_at=steps[case.pk].get("dispatch"),
        complained=complaint is not None,
        complaint=complaint,
        way=way,
        may_complain=case.state in ENDED and complaint is None,
        together=count.get(one.together, 1),
    )


def is_inquiry(case: Case) -> bool:
    """Whether a newsroom asked it."""
    return Inquiry.objects.filter(case=case).exists()


def asked_by(who: Reader, case: Case) -> AskedBy | None:
    """The newsroom behind a case that this reader may see; bodies asked too by name, nothing of their cases."""
    found = Inquiry.objects.select_related("newsroom", "signer").filter(case=find_to_read(who, case.number)).first()
    if found is None:
        return None
    same = Inquiry.objects.filter(newsroom=found.newsroom, together=found.together).exclude(pk=found.pk)
    seen = Case.objects.filter(not_barred(who), inquiry__in=same).select_related("body").order_by("id")
    return AskedBy(found.newsroom, found.signer, [one.body for one in seen])


def family(newsroom: Newsroom) -> set[int]:
    """Ids of every case that the newsroom's code opens: what it asked, and what hangs on that with the same code."""
    known = set(Inquiry.objects.filter(newsroom=newsroom).values_list("case_id", flat=True))
    near = known
    while near:
        kin = Case.objects.filter(parent__in=near, code_hash=newsroom.code_hash).values_list("pk", flat=True)
        near = set(kin) - known
        known |= near
    return known


def checks_newsrooms(who: Reader) -> bool:
    """Whether this reader checks registrations: the registrars and administrators of the city's top body do."""
    if not who.bodies("registrar", "administrator"):
        return False
    return who.has(bodies.intake_body().pk, "registrar", "administrator")


def newsrooms(who: Reader, *, after: str | None = None) -> Page[Newsroom]:
    """All newsrooms, the newest first; `Missing` for who does not check them."""
    if not checks_newsrooms(who):
        raise Missing
    return page(Newsroom.objects.all(), ("-id",), after=after, limit=SIZE)


def newsroom_to_check(who: Reader, newsroom_id: int) -> Newsroom:
    """One of them."""
    found = Newsroom.objects.filter(pk=newsroom_id).first() if checks_newsrooms(who) else None
    if found is None:
        raise Missing
    return found
