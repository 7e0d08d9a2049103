"""Orders that move days: which are in force, and the calendar rows they make."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db import connection

from qyzmet.cases import words
from qyzmet.cases.models import CalendarOrder
from qyzmet.law import Calendar, DayRow
from qyzmet.text.languages import Words
from qyzmet.text.refusal import Refused

ADDRESS = ("https://", "http://")


class Order(NamedTuple):
    """What an order says: a day becomes a day off, a day becomes a working day, or both."""

    off_on: date | None
    worked_on: date | None
    number: str
    dated: date
    url: str

    @property
    def days(self) -> list[date]:
        """The days it moves."""
        return [day for day in (self.off_on, self.worked_on) if day]

    @property
    def cited(self) -> str:
        """Number and date, as an explanation names it."""
        return f"{self.number}, {self.dated:%d.%m.%Y}"


def of(row: CalendarOrder) -> Order:
    """What a stored order says."""
    return Order(row.off_on, row.worked_on, row.number, row.dated, row.url)


def version() -> str:
    """Names the calendar in force: the version of the newest row, empty before the first. One row of an index.

    Every appeal and every page with a day asks this, so its statement is written once a process.
    """
    with connection.cursor() as cursor:
        cursor.execute(_newest())
        row = cursor.fetchone()
    return str(row[0]) if row else ""


@cache
def _newest() -> str:
    table = connection.ops.quote_name(CalendarOrder._meta.db_table)
    return f"SELECT version FROM {table} ORDER BY n DESC LIMIT 1"  # noqa: S608 (our own names)


def in_force(version: str | None = None) -> list[CalendarOrder]:
    """The orders in force, the oldest first; `version`: as they stood with that row (DoesNotExist if unknown)."""
    known = CalendarOrder.objects.order_by("n")
    if version:
        known = known.filter(n__lte=CalendarOrder.objects.get(version=version).n)
    return standing(list(known))


def standing(known: Sequence[CalendarOrder]) -> list[CalendarOrder]:
    """Of all rows up to one, those that move days and are not taken back."""
    gone = {row.cancels_id for row in known}
    return [row for row in known if row.cancels_id is None and row.pk not in gone]


def rows(orders: Iterable[CalendarOrder | Order]) -> list[DayRow]:
    """The calendar rows of these orders. `verified`: whoever enters one has its text at hand, and is named."""
    said = [one if isinstance(one, Order) else of(one) for one in orders]
    return [row for one in said for row in _rows(one)]


def _rows(order: Order) -> list[DayRow]:
    alone: Words = {lang: said.format(order=order.cited) for lang, said in words.BY_ORDER.items()}
    ways = (
        (order.off_on, order.worked_on, "off", words.MOVED_OFF),
        (order.worked_on, order.off_on, "worked", words.WORKED_INSTEAD),
    )
    return [
        DayRow(
            day=day,
            kind=kind,
            reason="moved" if other else "day_off",
            name=name if other else alone,
            status="verified",
            instead_of=other,
            order=order.cited,
            url=order.url,
        )
        for day, other, kind, name in ways
        if day
    ]


def check(order: Order, calendar: Calendar, others: Iterable[CalendarOrder], today: date) -> None:
    """Whether this order may be entered over `calendar`, in which the `others` are laid already.

    `Refused(kind="input")`: no_day_moved, same_day_moved, day_outside_calendar, order_number_needed,
    order_address_needed, order_from_future, day_has_an_order, day_is_off_already, day_is_worked_already.
    """
    check_words(order, today)
    if not order.days:
        raise Refused("no_day_moved", kind="input")
    if order.off_on == order.worked_on:
        raise Refused("same_day_moved", kind="input")
    for day in order.days:
        if not calendar.first <= day <= calendar.last:
            raise Refused("day_outside_calendar", kind="input", day=day, first=calendar.first, last=calendar.last)
        for row in others:
            if day in of(row).days:
                raise Refused("day_has_an_order", kind="input", day=day, number=row.number, dated=row.dated)
    if order.off_on and not calendar.is_working(order.off_on):
        raise Refused("day_is_off_already", kind="input", day=order.off_on)
    if order.worked_on and calendar.is_working(order.worked_on):
        raise Refused("day_is_worked_already", kind="input", day=order.worked_on)


def check_words(order: Order, today: date) -> None:
    """Whether number, date and address can be those of an order; `Refused` as `check` says."""
    if not order.number.strip():
        raise Refused("order_number_needed", kind="input")
    if not order.url.startswith(ADDRESS):
        raise Refused("order_address_needed", kind="input")
    if order.dated > today:
        raise Refused("order_from_future", kind="input", day=order.dated)


def remarks(order: Order, calendar: Calendar, today: date) -> list[str]:
    """What is allowed and yet has to be said: past_day, holiday_worked, one_day (nothing is worked or off instead)."""
    said = past(order, today)
    row = calendar.rows.get(order.worked_on) if order.worked_on else None
    said += ["holiday_worked"] if row and row.reason in ("holiday", "carry_over") else []
    return said + (["one_day"] if len(order.days) == 1 else [])


def past(order: Order, today: date) -> list[str]:
    """Said where the order moves a day that is over."""
    return ["past_day"] if any(day < today for day in order.days) else []


def digest(row: CalendarOrder, before: str) -> str:
    """The version that comes with this row after the version `before`."""
    days = [day.isoformat() if day else None for day in (row.off_on, row.worked_on, row.dated)]
    told = [before, row.n, days, row.number, row.url, row.note, row.cancels_id, row.by_id, row.at.isoformat()]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
