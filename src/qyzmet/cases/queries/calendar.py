"""The calendar's orders, what one more of them would change, and how far a run is. For administrators."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qyzmet.cases import moved_days, seen
from qyzmet.cases.dating import Days, Moved, moved
from qyzmet.cases.models import CalendarOrder, Redating
from qyzmet.cases.moved_days import Order
from qyzmet.cases.of_the_city import administers, may_move_days, moves_days
from qyzmet.cases.rules import files, rules
from qyzmet.law import Law
from qyzmet.text.refusal import Refused

BATCH = 1000
READ = ("number", "procedure", "body", "is_open", "registered_on", "due_on", "act_on")


@dataclass(frozen=True)
class Calendars:
    """Every order ever entered, the newest first; `standing`: numbers of the rows in force; `version` names all."""

    version: str
    orders: list[CalendarOrder]
    standing: frozenset[int]
    run: Redating | None
    years: range
    may_enter: bool
    """Whether this reader may enter an order, take one back and turn the run."""


@dataclass(frozen=True)
class Trial:
    """A calendar that is not in force yet: the law under it, and what has to be said about the order."""

    law: Law
    remarks: list[str]


@dataclass(frozen=True)
class Example:
    """A case whose last day would move: from, to."""

    number: str
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Part:
    """What a batch of open cases would become. Counts by id of the body."""

    after: int | None
    """The last case looked at; None when all were."""
    seen: int
    changed: Counter[int]
    overdue: Counter[int]
    letters: int
    examples: list[Example]


def calendar_now(who: seen.Reader) -> Calendars:
    """How the calendar stands. `Missing` for whoever is administrator of no body."""
    administers(who)
    orders = list(CalendarOrder.objects.select_related("by", "cancels").order_by("-n"))
    standing = frozenset(row.n for row in moved_days.standing(orders))
    run = Redating.objects.select_related("order", "by").order_by("-id").first()
    calendar = rules().calendar
    years = range(calendar.first.year, calendar.last.year + 1)
    return Calendars(orders[0].version if orders else "", orders, standing, run, years, may_move_days(who))


def try_order(who: seen.Reader, order: Order) -> Trial:
    """The law with this order over it. `Missing`; `Refused` as `moved_days.check`, only_top_body_moves_days."""
    moves_days(who)
    calendar = rules().calendar
    moved_days.check(order, calendar, moved_days.in_force(), who.on)
    return Trial(rules().with_days(moved_days.rows([order])), moved_days.remarks(order, calendar, who.on))


def try_without(who: seen.Reader, n: int) -> tuple[CalendarOrder, Trial]:
    """The order with the row `n`, and the law without it. `Missing`; order_not_in_force, only_top_body_moves_days."""
    moves_days(who)
    standing = moved_days.in_force()
    gone = next((row for row in standing if row.n == n), None)
    if gone is None:
        raise Refused("order_not_in_force")
    law = files().with_days(moved_days.rows(row for row in standing if row is not gone))
    return gone, Trial(law, moved_days.past(moved_days.of(gone), who.on))


def would_change(who: seen.Reader, law: Law, *, after: int = 0, batch: int = BATCH, examples: int = 5) -> Part:
    """What the next `batch` open cases with an id above `after` that this reader sees whole would become under `law`.

    Three statements, whatever the batch; nothing is written. `overdue`: whose last day would be over, and is not now.
    """
    found = list(seen.of_bodies(who).only(*READ).filter(is_open=True, id__gt=after).order_by("id")[:batch])
    if not found:
        return Part(None, 0, Counter(), Counter(), 0, [])
    would = moved(found, Days(law), today=who.on)
    shown = [Example(one.case.number, one.before, one.case.due_on) for one in would if one.before != one.case.due_on]
    return Part(
        after=found[-1].pk,
        seen=len(found),
        changed=_by_body(would),
        overdue=_by_body(one for one in would if _lapses(one, who.on)),
        letters=sum(one.is_later for one in would),
        examples=shown[:examples],
    )


def _by_body(would: Iterable[Moved]) -> Counter[int]:
    return Counter(one.case.body_id for one in would)


def _lapses(one: Moved, today: date) -> bool:
    over_now = one.before is not None and one.before < today
    return not over_now and one.case.due_on is not None and one.case.due_on < today
