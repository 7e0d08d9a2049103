"""What the person who filed sees, by number and follow-up code; and what the accused sees, by a code of their own."""

from dataclasses import dataclass
from datetime import date
from hmac import compare_digest

from django.db.models import Q

from qyzmet.bodies.models import Body
from qyzmet.cases import publication, routes
from qyzmet.cases.actor import APPLICANT
from qyzmet.cases.follow_codes import hash_code
from qyzmet.cases.models import Accusation, Case, CaseLetter, Deadline, Hearing, Paper, Party, Standstill, Step
from qyzmet.cases.queries.hands import acting_bodies
from qyzmet.cases.rights import Standing, why_not
from qyzmet.cases.rules import procedure
from qyzmet.law import Step as LawStep
from qyzmet.letters.models import Letter
from qyzmet.text.codes import normalise_number
from qyzmet.text.refusal import Missing

SHOWN_DEADLINES = frozenset(
    {
        "decision",
        "extension",
        "cure",
        "objection",
        "protocol_remarks",
        "file_access",
        "complain",
        "court",
        "correction",
        "pass_up",
        "recusal",
    }
)

OF_PERSON = Q(origin="applicant") | Q(kind="protocol")
"""Papers the person sees: the own ones, and the protocol of the hearing, on which remarks may be made (APPC 74(6))."""


@dataclass(frozen=True)
class Followed:
    """A case as its owner sees it: public steps, own letters and papers, what may be done now."""

    case: Case
    parties: list[Party]
    steps: list[Step]
    acting: dict[int, Body]
    """Step id -> the body that took it."""
    deadlines: list[Deadline]
    standstills: list[Standstill]
    """When the clock of the case stood; what was entered by mistake is left out."""
    letters: list[Letter]
    papers: list[Paper]
    hearing: Hearing | None
    children: list[Case]
    possible: list[LawStep]


def way_on(case: Case, on: date) -> routes.Way:
    """Where a further complaint would go on that day: the same that the letters of the case name."""
    return routes.way(case, on=on)


def case_by_code(number: str, code: str) -> Case:
    """The case of that number, if the code is its own; `Missing` for a wrong number and a wrong code alike."""
    case = Case.objects.select_related("body").filter(number=normalise_number(number) or "").first()
    expected = case.code_hash if case else "0" * 64
    if not compare_digest(expected, hash_code(code)) or case is None:
        raise Missing
    return case


def follow(number: str, code: str) -> Followed:
    """Everything the follow page shows."""
    return followed(case_by_code(number, code))


def followed(case: Case) -> Followed:
    """The owner's view of a case whose code was checked."""
    steps = list(case.steps.select_related("body").order_by("n"))
    return Followed(
        case=case,
        parties=list(case.parties.order_by("n")),
        steps=[step for step in steps if step.public],
        acting=acting_bodies(steps),
        deadlines=list(case.deadlines.filter(key__in=SHOWN_DEADLINES, is_open=True).order_by("on", "id")),
        standstills=list(case.standstills.filter(is_void=False).order_by("first", "n")),
        letters=[link.letter for link in _letters(case)],
        papers=list(case.papers.filter(OF_PERSON).order_by("id")),
        hearing=case.hearings.order_by("-id").first(),
        children=list(case.children.filter(code_hash=case.code_hash).select_related("body").order_by("id")),
        possible=_possible(case),
    )


def _letters(case: Case) -> list[CaseLetter]:
    """Letters that were sent to the applicant's page; a signed answer that waits for dispatch is not among them."""
    sent = case.case_letters.filter(
        reader="applicant", letter__dispatches__channel="page", letter__dispatches__state="sent"
    )
    return list(sent.select_related("letter").order_by("id"))


def _possible(case: Case) -> list[LawStep]:
    standing = Standing(case, APPLICANT)
    steps = procedure(case.procedure).steps.values()
    mine = [step for step in steps if "applicant" in step.who and step.from_ and why_not(step, standing) is None]
    if case.children.filter(relation="complaint").exists() or procedure(case.procedure).chapter == "complaint":
        mine = [step for step in mine if step.code != "complain_further"]
    useless = "agree_publication" if publication.agreed(publication.codes_of(case)) else "revoke_publication"
    return [step for step in mine if step.code != useless]


def letter_by_code(number: str, code: str, letter_id: int) -> Letter:
    """A letter of the owner's case; `Missing` otherwise."""
    for link in _letters(case_by_code(number, code)):
        if link.letter_id == letter_id:
            return link.letter
    raise Missing


def paper_by_code(number: str, code: str, paper_id: int) -> Paper:
    """A file the owner added; `Missing` otherwise."""
    paper = case_by_code(number, code).papers.filter(OF_PERSON, pk=paper_id).first()
    if paper is None:
        raise Missing
    return paper


@dataclass(frozen=True)
class AccusedPage:
    """What the accused sees: the letters sent to them and the own explanation, nothing of complainant or case."""

    letters: list[Letter]
    explanation: str
    may_answer: bool
    post_name: dict[str, str]


def accused_page(code: str) -> AccusedPage:
    """The accused's own page; `Missing` for a code that opens nothing."""
    accusation = (
        Accusation.objects.select_related("case", "post")
        .filter(code_hash=hash_code(code))
        .exclude(code_hash="")
        .first()
    )
    if accusation is None:
        raise Missing
    links = accusation.case.case_letters.filter(reader="accused").select_related("letter").order_by("id")
    names = accusation.post.names if accusation.post else {}
    return AccusedPage([link.letter for link in links], accusation.explanation, accusation.case.is_open, dict(names))
