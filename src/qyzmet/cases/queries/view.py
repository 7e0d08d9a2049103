"""All that the case page of the desk shows, already narrowed to what its reader may see."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qyzmet import law
from qyzmet.bodies.models import Person
from qyzmet.cases import gate
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import (
    Accusation,
    Case,
    CaseLetter,
    Deadline,
    Draft,
    Finding,
    Hearing,
    Paper,
    Party,
    Question,
    Standstill,
    Step,
)
from qyzmet.cases.rights import Standing, why_not
from qyzmet.cases.rules import procedure, rules
from qyzmet.cases.seen import Reader, find_to_read, visible, with_files
from qyzmet.law import Step as LawStep
from qyzmet.text.codes import masked
from qyzmet.text.refusal import Refused

BY_OFFICIALS = frozenset({"registrar", "executor", "approver", "head", "challenged"})


@dataclass(frozen=True)
class Possible:
    """A step of the procedure, and why this person may not take it now (None = may)."""

    step: LawStep
    why_not: Refused | None


@dataclass(frozen=True)
class CaseView:
    """A case with everything that hangs on it."""

    case: Case
    parties: list[Party]
    questions: list[Question]
    steps: list[Step]
    deadlines: list[Deadline]
    standstills: list[Standstill]
    letters: list[CaseLetter]
    papers: list[Paper]
    drafts: list[Draft]
    overruled: list[Finding]
    """What looked like no answer in the latest draft, and was said to be one; the reason stands in the step's facts."""
    hearing: Hearing | None
    accusation: Accusation | None
    children: list[Case]
    parent: Case | None
    co_executors: list[str]
    people: dict[int, str]
    """Names by id of everybody whom the facts of a step mean: executors of now and before, the recused."""
    possible: list[Possible]


def case_view(who: Reader, number: str) -> CaseView:
    """The case of that number for this reader; `Missing` for absent and barred alike.

    The body above, to which a complaint was passed up, reads the case complained of and may do nothing there.
    """
    case = find_to_read(who, number)
    drafts = list(case.drafts.select_related("author", "approver", "signer").order_by("-n"))
    steps = list(case.steps.select_related("by", "body").order_by("n"))
    return CaseView(
        case=case,
        parties=list(case.parties.order_by("n")),
        questions=list(case.questions.order_by("n")),
        steps=steps,
        deadlines=list(case.deadlines.order_by("-is_open", "on", "id")),
        standstills=list(case.standstills.order_by("first", "n")),
        letters=[_sealed(link) for link in case.case_letters.select_related("letter", "step").order_by("id")],
        papers=list(case.papers.order_by("id")),
        drafts=drafts,
        overruled=_overruled(drafts[0]) if drafts else [],
        hearing=case.hearings.order_by("-id").first(),
        accusation=Accusation.objects.filter(case=case).select_related("post", "person").first(),
        children=list(visible(who, few=True).filter(parent=case).select_related("body").order_by("id")),
        parent=_parent(who, case),
        co_executors=[link.person.short_name() for link in case.co_executors.select_related("person")],
        people=_people(steps),
        possible=possible(case, who),
    )


def _parent(who: Reader, case: Case) -> Case | None:
    """The case this one came out of, if the reader may open it."""
    if case.parent_id is None:
        return None
    rows = with_files(who) if case.relation == "complaint" else visible(who, few=True)
    return rows.filter(pk=case.parent_id).first()


def _overruled(draft: Draft) -> list[Finding]:
    rows = Finding.objects.filter(draft=draft, overruled__isnull=False)
    return list(rows.select_related("overruled__by").order_by("pk"))


def _people(steps: list[Step]) -> dict[int, str]:
    meant = {step.facts[key] for step in steps for key in ("executor", "person") if step.facts.get(key)}
    return {person.pk: person.short_name() for person in Person.objects.filter(pk__in=meant)}


def _sealed(link: CaseLetter) -> CaseLetter:
    """A letter as officials read it: the code that opens the page of the accused is for the accused alone."""
    if link.reader == "accused":
        link.letter.body = masked(link.letter.body)
    return link


def possible(case: Case, who: Reader) -> list[Possible]:
    """Every step an official may ever take in this procedure, with the reason where this person may not now."""
    standing = Standing(case, Actor.official(who.person), who, who.on)
    steps = procedure(case.procedure).steps.values()
    shown = [step for step in steps if BY_OFFICIALS & set(step.who) and step.from_]
    return [Possible(step, why_not(step, standing)) for step in shown]


def draft_lacks(case: Case, draft: Draft, at: datetime) -> list[gate.Lack]:
    """What the gate would say to this draft now."""
    return gate.check(case, draft, at=at)


def paper_of(who: Reader, number: str, paper_id: int) -> Paper | None:
    """A file of a case this reader may see."""
    return find_to_read(who, number).papers.filter(pk=paper_id).first()


def letter_of(who: Reader, number: str, letter_id: int, *, to_print: bool = False) -> CaseLetter | None:
    """A letter of a case this reader may see.

    `to_print`: word for word for the registrar, while it waits to be posted or handed over.
    """
    case = find_to_read(who, number)
    link = case.case_letters.select_related("letter").filter(letter__pk=letter_id).first()
    if link is None or (to_print and who.has(case.body_id, "registrar") and _waits(link)):
        return link
    return _sealed(link)


def _waits(link: CaseLetter) -> bool:
    return link.letter.dispatches.filter(channel__in=("post", "hand"), state="pending").exists()


def working_days_left(case: Case, on: date) -> int | None:
    """Working days after `on` up to the nearest day of the case; 0 on that day, negative after it; None without one, or
    while its day is not known."""
    if case.act_on in (None, law.NOT_KNOWN):
        return None
    days = rules().calendar
    return days.working_before(case.act_on + timedelta(days=1)) - days.working_before(on + timedelta(days=1))
