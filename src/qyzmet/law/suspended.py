"""Terms that stand still for a while: the days of an interval are not counted, and the end moves by them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from qyzmet.law.calendar import Calendar
from qyzmet.law.counting import Counted, Form, count_days, counts
from qyzmet.law.errors import BadSuspension
from qyzmet.law.facts import Fact
from qyzmet.law.procedure import Procedure, Suspension
from qyzmet.law.statuses import STATUSES
from qyzmet.law.terms import Value

ONE = timedelta(days=1)


class Interval(NamedTuple):
    """A fact of a case: the clock stood from `first` to `last`, both included. `last` None: it still stands."""

    cause: str
    first: date
    last: date | None = None

    def __str__(self) -> str:
        """As `interval` reads it."""
        return f"{self.first}..{self.last or ''}:{self.cause}"

    def covers(self, day: date) -> bool:
        """Whether the clock stood on the day."""
        return self.first <= day and (self.last is None or day <= self.last)


def interval(text: str) -> Interval:
    """'2026-07-10..2026-07-20:illness'; '2026-07-10..:illness' while it lasts. BadSuspension for anything else."""
    days, _, cause = text.strip().partition(":")
    first, dots, last = days.partition("..")
    try:
        found = Interval(cause.strip(), date.fromisoformat(first), date.fromisoformat(last) if last else None)
    except ValueError:
        raise BadSuspension("bad_interval", text=text) from None
    if not dots or not found.cause:
        raise BadSuspension("bad_interval", text=text)
    return found


class Stood(NamedTuple):
    """The way from a start to an end with the days on which the clock stood."""

    counted: Counted | None
    """None where an interval that still stands leaves the end open."""
    first: date
    """The first day that might have counted."""
    plain: Counted
    """The end if the clock had never stood."""
    days: int
    """Calendar days on the way on which it stood."""
    left: int
    """What is still to run where the end is open."""


def causes(procedure: Procedure, as_of: date) -> dict[str, Suspension]:
    """The causes that stop terms of a case of this day, by the code cases name them by; unverified ones if enabled."""
    here = (one for one in procedure.suspensions.values() if one.holds(as_of) and one.terms)
    return {one.same_as: one for one in here if one.source.status != "unverified" or one.enabled}


def cause_named(procedure: Procedure, code: str, as_of: date) -> Suspension | None:
    """The cause that a case of this day names so, whether it decides or not; None for a code the law does not know.

    Where no redaction holds on that day, the one that stands last.
    """
    same = [one for one in procedure.suspensions.values() if one.same_as == code]
    return next((one for one in same if one.holds(as_of)), same[-1] if same else None)


def stopping(procedure: Procedure, term: str, intervals: Iterable[Interval], as_of: date) -> list[Interval]:
    """Those of a case's intervals that stop this term; a cause the law no longer knows stops nothing."""
    known = causes(procedure, as_of)
    return [one for one in intervals if one.cause in known and term in known[one.cause].terms]


def cause_of(procedure: Procedure, term: str, interval: Interval, as_of: date) -> Suspension:
    """The cause of an interval. BadSuspension where the law knows none, or where it does not stop this term."""
    rule, here = procedure.source.cited, [one for one in procedure.suspensions.values() if one.holds(as_of)]
    if interval.last and interval.last < interval.first:
        raise BadSuspension("interval_backwards", first=interval.first, last=interval.last)
    cause = next((one for one in here if one.same_as == interval.cause), None)
    if cause is None:
        known = ", ".join(one.same_as for one in here if term in one.terms) or "-"
        raise BadSuspension("unknown_cause", code=interval.cause, known=known, rule=rule)
    if term not in cause.terms:
        raise BadSuspension("cause_not_for_term", code=interval.cause, key=term, known=", ".join(cause.terms))
    if cause.source.status == "unverified" and not cause.enabled:
        raise BadSuspension("not_switched_on", rule=cause.source.cited)
    return cause


class Stop(NamedTuple):
    """An interval as it was entered, its cause, and until when the clock stands for it."""

    entered: Interval
    cause: Suspension
    whole: Interval
    after: Value | None
    """The length for which the clock goes on standing after the last day that was entered."""
    after_status: str
    """How sure that is, the calendar included."""


def stops(
    calendar: Calendar, procedure: Procedure, term: str, intervals: Iterable[Interval], as_of: date
) -> list[Stop]:
    """The intervals of a case with their causes, the earliest first.

    BadSuspension as `cause_of`; where a clock stands on after an interval: OutOfCalendar, NoRedaction.
    """
    ordered = sorted(intervals, key=lambda interval: interval.first)
    return [_stop(calendar, procedure, one, cause_of(procedure, term, one, as_of), as_of) for one in ordered]


def whole(calendar: Calendar, procedure: Procedure, interval: Interval, cause: Suspension, as_of: date) -> Interval:
    """The interval with the days for which the clock goes on standing after it, where its cause says so."""
    return _stop(calendar, procedure, interval, cause, as_of).whole


def _stop(calendar: Calendar, procedure: Procedure, interval: Interval, cause: Suspension, as_of: date) -> Stop:
    if not cause.longer_by or interval.last is None:
        return Stop(interval, cause, interval, None, STATUSES[0])
    value = procedure.term(cause.longer_by).value_on(as_of)
    end = count_days(calendar, value, interval.last, value.least).end
    status = STATUSES[max(value.rank_on(as_of), calendar.rank(interval.last, end))]
    return Stop(interval, cause, interval._replace(last=end), value, status)


def count_with(calendar: Calendar, form: Form, start: date, count: int, intervals: Sequence[Interval]) -> Stood:
    """Count as `count_days` does, passing over the days on which the clock stood. Only for terms that run forward.

    A term in months has the days it would have without the intervals. An end on a day off moves to the next worked
    day on which the clock runs. OutOfCalendar where the calendar ends on the way.
    """
    plain = count_days(calendar, form, start, count)
    first = plain.start + (ONE if form.first_day == "next" else timedelta())
    whole = count if form.unit == "working_days" or form.skip else (plain.raw_end - first).days + 1
    walk = _Walk(calendar, form, intervals)
    raw = walk.through(first, whole)
    end = raw if raw is None or form.roll == "none" else walk.landing(raw)
    if raw is None or end is None:
        return Stood(None, first, plain, walk.stood, whole - walk.done)
    moved = ((start, plain.start - ONE),) if plain.start != start else ()
    matters = walk.runs if form.unit == "working_days" else [(raw, end)]
    return Stood(Counted(plain.start, raw, end, (*moved, *matters)), first, plain, walk.stood, 0)


class _Walk:
    """Goes day by day: what counts, what stood, which stretches ran."""

    def __init__(self, calendar: Calendar, form: Form, intervals: Sequence[Interval]) -> None:
        self.calendar, self.form, self.intervals = calendar, form, intervals
        self.stood = self.done = 0
        self.runs: list[tuple[date, date]] = []

    def _stands(self, day: date) -> bool:
        return any(interval.covers(day) for interval in self.intervals)

    def _for_good(self, day: date) -> bool:
        return any(interval.last is None and interval.first <= day for interval in self.intervals)

    def _days(self, day: date) -> Iterator[tuple[date, bool]]:
        """Every day from `day` on, and whether the clock stands; ends where it stands for good."""
        while not self._for_good(day):
            self.calendar.index(day)
            yield day, self._stands(day)
            day += ONE

    def through(self, first: date, whole: int) -> date | None:
        """The day on which the last unit runs out."""
        for day, stands in self._days(first):
            if stands:
                self.stood += 1
                continue
            self._ran(day)
            self.done += counts(self.calendar, self.form, day)
            if self.done == whole:
                return day
        return None

    def _ran(self, day: date) -> None:
        if self.runs and self.runs[-1][1] == day - ONE:
            self.runs[-1] = (self.runs[-1][0], day)
        else:
            self.runs.append((day, day))

    def landing(self, raw: date) -> date | None:
        """The first worked day from `raw` on, on which the clock runs."""
        for day, stands in self._days(raw):
            if self.calendar.is_working(day) and not stands:
                return day
            self.stood += stands
        return None


def tell(stopped: Iterable[Stop], stood: Stood) -> list[Fact]:
    """The intervals that lay on the way, each with its rule; how long the clock stood; the end without them."""
    last = stood.counted.end if stood.counted else date.max
    on_the_way = [one for one in stopped if one.whole.first <= last and (one.whole.last or last) >= stood.first]
    facts = [fact for one in on_the_way for fact in _facts(one)]
    if stood.days:
        facts.append({"fact": "stood", "days": stood.days, "date": stood.plain.end.isoformat()})
    return facts


def _facts(stop: Stop) -> list[Fact]:
    """What was entered with its cause; after it, where the clock went on standing, how long and by which rule."""
    interval, cause, after = stop.entered, stop.cause, stop.after
    source = cause.source
    fact: Fact = {"fact": "suspended", "cause": cause.same_as, "name": dict(cause.name)}
    fact["from"] = interval.first.isoformat()
    fact |= {"act": source.act, "article": source.article, "url": source.url, "status": source.status}
    fact |= {"to": interval.last.isoformat()} if interval.last else {}
    facts = [fact | ({"note": dict(cause.note)} if cause.note else {})]
    if after and stop.whole.last:
        longer: Fact = {"fact": "stood_on", "count": after.least, "unit": after.unit, "to": stop.whole.last.isoformat()}
        source = after.source
        longer |= {"act": source.act, "article": source.article, "url": source.url, "status": stop.after_status}
        facts.append(longer)
    return facts


def stands_since(facts: Sequence[Fact]) -> date | None:
    """Since when the clock of the term that these facts explain stands; None where it runs, or has run out."""
    if not facts or facts[-1]["fact"] != "still_stands":
        return None
    return min(date.fromisoformat(fact["from"]) for fact in facts if fact["fact"] == "suspended" and "to" not in fact)
