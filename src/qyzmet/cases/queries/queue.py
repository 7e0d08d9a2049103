"""The lists of the desk: my queue, the body's, what is overdue, look-up by number and by name."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from qyzmet.cases.models import Case, CoExecutor
from qyzmet.cases.queries.page import Page, count, page
from qyzmet.cases.seen import WHOLE_BODY, Reader, of_bodies, own, visible
from qyzmet.text.codes import normalise_number
from qyzmet.text.fold import fold

LIMIT = 50
COLUMNS = (
    "number", "procedure", "state", "subject", "applicant_name", "applicant_key", "act_on", "due_on", "stands_since",
    "registered_on", "is_accusation", "outcome", "is_open", "language", "channel", "body", "executor", "challenged_id",
    "state_register_number",
)  # fmt: skip


@dataclass(frozen=True)
class Filter:
    """What narrows a list; empty = everything."""

    procedure: str = ""
    state: str = ""
    overdue: bool = False
    unassigned: bool = False
    due_by: date | None = None
    closed: bool = False
    standing: bool = False
    """Only open cases whose clock stands with no end in sight."""
    after_closing: bool = False
    """Closed cases in which the body still owes something: to show the file, to correct an error, to carry out."""


def _rows(rows: QuerySet[Case]) -> QuerySet[Case]:
    people = (
        "executor__surname",
        "executor__given",
        "executor__patronymic",
        "body__name_kk",
        "body__name_ru",
        "body__name_en",
        "body__code",
    )
    return rows.select_related("executor", "body").only(*COLUMNS, *people)


def my_queue(who: Reader, what: Filter = Filter(), *, after: str | None = None, limit: int = LIMIT) -> Page[Case]:
    """Open cases this person works on as executor, the nearest day first."""
    return _paged(own(who), who, what, after, limit)


def helping(who: Reader, *, limit: int = LIMIT) -> list[Case]:
    """Open cases this person works on as co-executor, the nearest day first, at most `limit`."""
    helps = CoExecutor.objects.filter(person=who.person).values("case")
    rows = visible(who, few=True).filter(pk__in=helps, is_open=True)
    return list(_rows(rows).order_by("act_on", "id")[:limit])


def body_queue(who: Reader, what: Filter = Filter(), *, after: str | None = None, limit: int = LIMIT) -> Page[Case]:
    """Cases of the bodies where this person sees all of them, the nearest day first (closed ones: the newest first)."""
    return _paged(of_bodies(who, short=what.after_closing), who, what, after, limit)


def _paged(rows: QuerySet[Case], who: Reader, what: Filter, after: str | None, limit: int) -> Page[Case]:
    rows = _rows(_narrowed(rows, who.on, what))
    if what.closed and not what.after_closing:
        return page(rows, ("-id",), after=after, limit=limit)
    return page(rows, ("act_on", "id"), after=after, limit=limit)


def _narrowed(rows: QuerySet[Case], on: date, what: Filter) -> QuerySet[Case]:
    rows = rows.filter(is_open=not (what.closed or what.after_closing))
    if what.after_closing or not what.closed:
        rows = rows.filter(act_on__isnull=False)
    if what.procedure:
        rows = rows.filter(procedure=what.procedure)
    if what.state:
        rows = rows.filter(state=what.state)
    if what.overdue:
        rows = rows.filter(act_on__lt=on)
    if what.standing:
        rows = rows.filter(stands_since__isnull=False)
    if what.unassigned:
        rows = rows.filter(executor=None)
    if what.due_by:
        rows = rows.filter(act_on__lte=what.due_by)
    return rows


def sees_whole_body(who: Reader) -> bool:
    """Whether the reader has lists of a whole body; an executor has own cases alone."""
    return bool(who.bodies(*WHOLE_BODY))


@dataclass(frozen=True)
class Counts:
    """How many, each at most 1,001 (= more than 1,000)."""

    mine: int
    body: int
    overdue: int
    unassigned: int
    after_closing: int


def counts(who: Reader) -> Counts:
    """The figures over the lists; whoever sees own cases alone has `overdue` and `after_closing` of these."""
    whole = sees_whole_body(who)

    def figure(rows: QuerySet[Case], what: Filter) -> int:
        return count(_narrowed(rows, who.on, what))

    return Counts(
        mine=figure(own(who), Filter()),
        body=figure(of_bodies(who), Filter()),
        overdue=figure(of_bodies(who) if whole else own(who), Filter(overdue=True)),
        unassigned=figure(of_bodies(who), Filter(unassigned=True)),
        after_closing=figure(of_bodies(who, short=True) if whole else own(who), Filter(after_closing=True)),
    )


def look_up(who: Reader, text: str, *, after: str | None = None, limit: int = LIMIT) -> Page[Case]:
    """Cases by number, or by the beginning of the applicant's name, in Kazakh alphabetical order.

    Letters typed on a Russian keyboard find Kazakh ones (а for ә). Shorter than two letters finds nothing.
    """
    number = normalise_number(text)
    if number:
        return Page(list(_rows(visible(who).filter(number=number))), None)
    key = fold(text)
    if len(key) < 2:
        return Page([], None)
    rows = visible(who).filter(applicant_fold__gte=key, applicant_fold__lt=key + "\U0010ffff")
    return page(rows, ("applicant_key", "id"), after=after, limit=limit, shown=_rows(Case.objects.all()))


def suggest(who: Reader, text: str, limit: int = 8) -> list[Case]:
    """The first of what `look_up` finds."""
    return look_up(who, text, limit=limit).rows


def earlier_of(who: Reader, case: Case, *, limit: int = 20) -> list[Case]:
    """Earlier appeals of the same person that the reader may see, the newest first: the ground for a return (64(7))."""
    person = case.parties.order_by("n").first()
    if person is None or not (person.iin or person.name_fold):
        return []
    same = Q(parties__iin=person.iin) if person.iin else Q(parties__name_fold=person.name_fold)
    # one person has few cases and a body has many: those of the body are not walked over
    rows = visible(who, few=True).filter(same, parties__n=1).exclude(pk=case.pk)
    return list(_rows(rows).order_by("-id")[:limit])
