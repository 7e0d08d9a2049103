"""The dispatch register and what waits or is stuck, page by page.

Every list needs a body or case numbers: there is no list of everything. `case_numbers` and `without` may be any
collection or a query of another room; `without` are the cases the asker must not see.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from qyzmet.letters.models import Dispatch
from qyzmet.text.refusal import Missing

State = Dispatch.State


@dataclass(frozen=True)
class Page:
    """Some rows, each with its letter (its text is read when asked for), and where the next page begins, if any."""

    rows: list[Dispatch]
    next: tuple[int, ...] | None


def dispatch_register(
    *,
    body_code: str | None = None,
    case_numbers: Iterable[str] | None = None,
    without: Iterable[str] = (),
    year: int | None = None,
    after: tuple[int, ...] | None = None,
    size: int = 50,
) -> Page:
    """What was posted or handed over, the newest number first. `after`: `next` of the page before."""
    rows = _seen(body_code, case_numbers, without).filter(register_number__isnull=False)
    if year is not None:
        rows = rows.filter(register_year=year)
    if after is not None:
        year_before, number, pk = after
        same_year = Q(register_number__lt=number) | Q(register_number=number, id__lt=pk)
        rows = rows.filter(Q(register_year__lt=year_before) | Q(same_year, register_year=year_before))
    found = list(rows.order_by("-register_year", "-register_number", "-id")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], (last.register_year or 0, last.register_number or 0, last.pk) if last else None)


def waiting(
    *,
    body_code: str | None = None,
    case_numbers: Iterable[str] | None = None,
    without: Iterable[str] = (),
    after: tuple[int, ...] | None = None,
    size: int = 50,
) -> Page:
    """What a clerk has yet to post or hand over, the oldest first."""
    rows = _seen(body_code, case_numbers, without).filter(state=State.PENDING, channel__in=("post", "hand"))
    return _by_age(rows, after, size)


def stuck(
    *,
    body_code: str | None = None,
    case_numbers: Iterable[str] | None = None,
    without: Iterable[str] = (),
    after: tuple[int, ...] | None = None,
    size: int = 50,
) -> Page:
    """What failed or is uncertain and waits for a person's decision, the oldest first."""
    rows = _seen(body_code, case_numbers, without).filter(state__in=(State.FAILED, State.UNCERTAIN))
    return _by_age(rows, after, size)


def dispatch(
    dispatch_id: int, case_number: str, *, body_codes: Iterable[str] | None = None, without: Iterable[str] = ()
) -> Dispatch:
    """The dispatch if its letter belongs to the case and a body of these sent it; else `Missing`, existing or not."""
    rows = Dispatch.objects.select_related("letter").exclude(letter__case_number__in=without)
    if body_codes is not None:
        rows = rows.filter(body_code__in=list(body_codes) or [""])  # an empty list would not ask at all
    try:
        return rows.get(pk=dispatch_id, letter__case_number=case_number)
    except Dispatch.DoesNotExist:
        raise Missing from None


def _seen(body_code: str | None, case_numbers: Iterable[str] | None, without: Iterable[str]) -> QuerySet[Dispatch]:
    if body_code is None and case_numbers is None:
        raise ValueError("a body or case numbers are wanted")
    rows = Dispatch.objects.select_related("letter").defer("letter__body").exclude(letter__case_number__in=without)
    if body_code is not None:
        rows = rows.filter(body_code=body_code)
    return rows if case_numbers is None else rows.filter(letter__case_number__in=case_numbers)


def _by_age(rows: QuerySet[Dispatch], after: tuple[int, ...] | None, size: int) -> Page:
    found = list(rows.filter(id__gt=after[-1] if after else 0).order_by("id")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], (last.pk,) if last else None)
