"""The due date: from an event, a dated rule and a calendar, with the way to it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from qyzmet.law.counting import Counted, add_months, count_days, count_hours
from qyzmet.law.errors import Amount, BadCount, BadSuspension, MomentNeeded
from qyzmet.law.facts import Fact
from qyzmet.law.statuses import RANK, STATUSES
from qyzmet.law.suspended import Interval, count_with, stops, tell
from qyzmet.law.terms import Term, Value

if TYPE_CHECKING:
    from qyzmet.law.load import Law
    from qyzmet.law.procedure import Procedure
    from qyzmet.law.registration import Registration


NOT_KNOWN = date.max
"""The last day of a term that ends after the last calendar row: later than every day, and never shown as a day."""


class Due:
    """A due date. `on`: the last day; `at`: the moment, for terms in hours. `facts` are told on demand."""

    __slots__ = ("_facts", "_tell", "at", "on", "redaction", "rule", "status")

    def __init__(self, on: date, at: datetime | None, value: Value, rank: int, tell: Callable[[], list[Fact]]) -> None:
        self.on, self.at = on, at
        self.rule, self.redaction, self.status = value.rule, value.redaction, STATUSES[rank]
        self._tell = tell
        self._facts: tuple[Fact, ...] | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The way to the date as plain JSON, for storing and for `explain`."""
        if self._facts is None:
            self._facts = tuple(self._tell())
        return self._facts

    def as_json(self) -> dict[str, Any]:
        """Everything as plain JSON."""
        return {
            "on": self.on.isoformat(),
            "at": self.at.isoformat() if self.at else None,
            "rule": self.rule,
            "redaction": self.redaction,
            "status": self.status,
            "facts": list(self.facts),
        }


def due(
    law: "Law",
    procedure: "Procedure | str",
    term_key: str,
    *,
    start: date | datetime,
    as_of: date,
    count: int | None = None,
    registration: "Registration | None" = None,
    suspended: Sequence[Interval] = (),
) -> Due:
    """The last day of a term that runs from `start`, under the redaction in force `as_of`.

    `start`: the day of the event, or its moment (naive = local; needed for hours). `count`: only where the body chooses
    the length. `registration`: what found the start, so that its facts and doubts become part of the answer.
    `suspended`: when the clock stood, and why; `on` is NOT_KNOWN while it still stands.
    Errors: UnknownProcedure, UnknownTerm, NoRedaction, BadCount, BadSuspension, MomentNeeded, OutOfCalendar.
    """
    found = law.procedure(procedure) if isinstance(procedure, str) else procedure
    term = found.term(term_key)
    value = term.value_on(as_of)
    number = _number(value, count)
    known = _Known(law, term, value, number, as_of, registration)
    if suspended and (value.unit == "hours" or value.direction == "backward"):
        raise BadSuspension("cannot_stand", rule=value.source.cited)
    if value.unit == "hours":
        return _in_hours(known, start)
    day = law.registration.local(start).date() if isinstance(start, datetime) else start
    if value.count is None and value.most:
        _check_limit(known, day)
    if suspended:
        return _with_intervals(known, found, day, suspended)
    return _counted(known, day, count_days(law.calendar, value, day, number), [])


def _counted(known: "_Known", day: date, counted: Counted, stood: list[Fact]) -> Due:
    """The answer once the days are counted. `stood`: the facts of the intervals that lay on the way."""
    value, calendar = known.value, known.law.calendar
    rolled = RANK[value.roll_status] if counted.raw_end != counted.end else 0
    rank = max(known.rank, rolled, _rank_of(stood), *(calendar.rank(*span) for span in counted.spans))
    return Due(counted.end, None, value, rank, lambda: _tell_days(known, day, counted, stood))


def _with_intervals(known: "_Known", procedure: "Procedure", day: date, intervals: Sequence[Interval]) -> Due:
    """The same for a term whose clock stood: causes are checked first, whether or not their days matter."""
    value = known.value
    stopped = stops(known.law.calendar, procedure, known.term.key, intervals, known.as_of)
    found = count_with(known.law.calendar, value, day, known.number, [one.whole for one in stopped])
    stood = tell(stopped, found)
    if found.counted:
        return _counted(known, day, found.counted, stood)
    unit = "working_days" if value.unit == "working_days" else "calendar_days"
    last: Fact = {"fact": "still_stands", "count": found.left, "unit": unit}
    facts = [*_opening(known, {"date": day.isoformat()}), {"fact": f"first_{value.first_day}"}, *stood, last]
    return Due(NOT_KNOWN, None, value, max(known.rank, _rank_of(stood)), lambda: facts)


def _rank_of(facts: list[Fact]) -> int:
    return max((RANK[fact["status"]] for fact in facts if "status" in fact), default=0)


def not_known(
    law: "Law",
    procedure: "Procedure",
    term_key: str,
    *,
    start: date,
    as_of: date,
    registration: "Registration | None" = None,
) -> Due:
    """What can be told of a term that ends after the last calendar row: its rule, and when its day will be told.

    `on` is NOT_KNOWN. Only for a term whose length the law sets. Errors: UnknownTerm, NoRedaction, BadCount.
    """
    term = procedure.term(term_key)
    value = term.value_on(as_of)
    known = _Known(law, term, value, _number(value, None), as_of, registration)
    last = law.calendar.last

    def tell() -> list[Fact]:
        ends: Fact = {"fact": "calendar_ends", "date": last.isoformat(), "year": last.year + 1}
        return [*_opening(known, {"date": start.isoformat()}), {"fact": f"first_{value.first_day}"}, ends]

    return Due(NOT_KNOWN, None, value, known.rank, tell)


class _Known:
    """What is known before the count: shared by the ways of counting."""

    __slots__ = ("as_of", "law", "number", "rank", "registration", "term", "value")

    def __init__(
        self, law: "Law", term: Term, value: Value, number: int, as_of: date, registration: "Registration | None"
    ) -> None:
        self.law, self.term, self.value, self.number = law, term, value, number
        self.as_of, self.registration = as_of, registration
        self.rank = value.rank_on(as_of)
        if registration and value.from_ == "registration":
            self.rank = max(self.rank, RANK[registration.status])


def _number(value: Value, count: int | None) -> int:
    if value.count is not None:
        if count is not None:
            raise BadCount("count_not_chosen", rule=value.source.cited)
        return value.count
    if count is None:
        raise BadCount("count_needed", rule=value.source.cited, unit=Amount(None, value.unit))
    if count < value.least:
        raise BadCount("count_too_small", rule=value.source.cited, min=Amount(value.least, value.unit))
    return count


def _check_limit(known: _Known, start: date) -> None:
    """The ceiling of a chosen length: so many units of the term, or a day that lies so many months from the start.

    Of units of the term one more is too many, even where a day off lets both end on the same day.
    """
    value, calendar = known.value, known.law.calendar
    calendar.index(start)
    last = add_months(start, value.most)
    if value.most_unit != "months":
        last = count_days(calendar, value, start, value.most).end
    # no count of days takes fewer days than it says: so a huge one is refused before it is counted
    huge = known.number > (value.most if value.most_unit == value.unit else (last - start).days + 1)
    if huge or count_days(calendar, value, start, known.number).end > last:
        most = Amount(value.most, value.most_unit)
        raise BadCount("count_too_large", rule=value.source.cited, max=most, last=last)


def _in_hours(known: _Known, start: date | datetime) -> Due:
    if not isinstance(start, datetime):
        raise MomentNeeded("moment_needed", rule=known.value.source.cited)
    calendar, moment = known.law.calendar, known.law.registration.local(start)
    calendar.index(moment.date())
    raw, end = count_hours(calendar, known.value, moment, known.number)
    rolls = known.value.roll == "next_working_day"
    rank = max(known.rank, calendar.rank(raw.date(), end.date()) if rolls else 0)
    return Due(end.date(), end, known.value, rank, lambda: _tell_hours(known, moment, raw, end))


def _opening(known: _Known, event: Fact) -> list[Fact]:
    """The facts before the count: registration or event, rule, doubts about the redaction."""
    value = known.value
    if known.registration and value.from_ == "registration":
        facts: list[Fact] = list(known.registration.facts)
    else:  # of an arrival that did not find the start, only its moment is told
        facts = list(known.registration.facts[:1]) if known.registration else []
        facts.append(event | {"fact": "event", "event": value.from_})
    facts.append(value.fact if value.count is not None else value.fact | {"count": known.number, "chosen": True})
    if value.unsure and value.unsure.covers(known.as_of):
        facts.append({"fact": "unsure_redaction", "status": value.unsure.status})
    return facts


def _tell_days(known: _Known, start: date, counted: Counted, stood: list[Fact]) -> list[Fact]:
    value, calendar = known.value, known.law.calendar
    facts = _opening(known, {"date": start.isoformat()})
    if counted.start != start:
        facts.append({"fact": "start_moved", "date": counted.start.isoformat()})
    facts.append({"fact": f"first_{value.first_day}"})
    if value.direction == "backward":
        facts.append({"fact": "backward"})
    if value.skip:
        facts.append({"fact": "skips_holidays"})
    facts += stood
    for first, last in counted.spans:
        facts += calendar.marks(first, last)
    if counted.raw_end != counted.end:
        facts.append({"fact": "rolled", "date": counted.raw_end.isoformat(), "status": value.roll_status})
    facts += _unsure_years(known, counted.spans)
    return [*facts, {"fact": "last_day", "date": counted.end.isoformat()}]


def _unsure_years(known: _Known, spans: tuple[tuple[date, date], ...]) -> list[Fact]:
    years = sorted({year for first, last in spans for year in range(first.year, last.year + 1)})
    said = ((year, known.law.calendar.year_status(year)) for year in years)
    return [{"fact": "calendar_unsure", "year": year, "status": status} for year, status in said if RANK[status]]


def _tell_hours(known: _Known, start: datetime, raw: datetime, end: datetime) -> list[Fact]:
    facts = _opening(known, {"at": start.replace(tzinfo=None).isoformat()})
    if raw != end:
        facts += known.law.calendar.marks(raw.date(), end.date())
        facts.append({"fact": "rolled", "date": raw.date().isoformat()})
    return [*facts, {"fact": "last_moment", "at": end.replace(tzinfo=None).isoformat()}]
