"""What can be said of a due date by someone who sees only the rule and the day: whether the rule can give it.

A leaf shows the rule of the decision and the last day; it does not show the procedure, the event, or the day from
which the term runs. So only these can be told apart from a right date: a rule the law does not know on that day, a
day the rule gives for no day of beginning, and a day later than the rule gives when it begins with the step itself.
A paper that lay with the body before it was entered has an earlier day, which the rule gives too.
Where the clock stood, the rules of the causes follow that of the term ("TC 195(1)2; TC 196(1)2"). How long it stood is
not shown: then a cause that does not stop this term can be told, and a last day on which nobody works.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from qyzmet import law
from qyzmet.law.counting import add_months
from qyzmet.ledger.leaf import Leaf

CAUSES = "; "
"""Between the rule of a term and those for which its clock stood."""


@dataclass(frozen=True)
class Wrong:
    """A due date the rule cannot have given. `code` has words; so have the values."""

    code: str
    values: dict[str, str]


@dataclass(frozen=True)
class _Way:
    procedure: law.Procedure
    key: str
    value: law.Value


class DueDays:
    """The law of this program (and of a city's folders), asked about the dates in a log."""

    def __init__(self, rules: law.Law) -> None:
        self.law = rules
        self._ends: dict[tuple[str, date], date | None] = {}
        self._possible: dict[tuple[str, date], bool] = {}

    @cached_property
    def _ways(self) -> dict[str, list[_Way]]:
        found: dict[str, list[_Way]] = {}
        for procedure in self.law.procedures.values():
            for key, term in procedure.terms.items():
                for value in term.values:
                    if value.unit != "hours" and value.direction == "forward":
                        found.setdefault(value.rule, []).append(_Way(procedure, key, value))
        return found

    def wrong(self, leaf: Leaf) -> Wrong | None:
        """What cannot be right about the due date of a leaf; None also where rule and day do not both stand in clear.

        Nothing is said about days outside the calendar.
        """
        if leaf.rule is None or leaf.due_on is None:
            return None
        day, values = self._day(leaf.at), {"rule": leaf.rule, "due": leaf.due_on.isoformat()}
        calendar = self.law.calendar
        if not (calendar.first <= day <= calendar.last and leaf.due_on <= calendar.last):
            return None
        rule, *causes = leaf.rule.split(CAUSES)
        ways = [way for way in self._ways.get(rule, []) if way.value.valid_from <= day]
        if causes:
            ways = [way for way in ways if set(causes) <= self._stops(way, day)]
        if not ways:
            return Wrong("rule_unknown", values)
        if leaf.prev is None and leaf.due_on < day:
            return Wrong("due_passed", values)
        return self._stood(leaf.due_on, ways, values) if causes else self._ran(leaf.due_on, rule, ways, day, values)

    def _ran(self, due_on: date, rule: str, ways: list[_Way], day: date, values: dict[str, str]) -> Wrong | None:
        """The day of a term whose clock never stood."""
        latest = self._latest(rule, ways, day)
        if latest and due_on > latest:
            return Wrong("due_too_late", {**values, "latest": latest.isoformat()})
        if (rule, due_on) not in self._possible:
            self._possible[rule, due_on] = latest is None or self._given(due_on, ways)
        return None if self._possible[rule, due_on] else Wrong("due_never", values)

    def _stood(self, due_on: date, ways: list[_Way], values: dict[str, str]) -> Wrong | None:
        """The day of a term whose clock stood: a day off is never the last one of a term that moves off it."""
        moves = all(way.value.roll != "none" for way in ways)
        return Wrong("due_never", values) if moves and not self.law.calendar.is_working(due_on) else None

    def _stops(self, way: _Way, day: date) -> frozenset[str]:
        """Rules of the causes that stop this term for cases of the day or of days before."""
        causes = way.procedure.suspensions.values()
        return frozenset(
            f"{one.source.act} {one.source.article}" for one in causes if way.key in one.terms and one.valid_from <= day
        )

    def _day(self, at: datetime) -> date:
        return self.law.registration.local(at).date()

    def _latest(self, rule: str, ways: list[_Way], day: date) -> date | None:
        """The latest last day, if the term begins with the step: on its day, or where it was late, the next worked."""
        if (rule, day) not in self._ends:
            beginnings = {day, self._next(day)} - {None}
            ends = [self._end(way, self._from(way, begin)) for way in ways for begin in beginnings if begin]
            self._ends[rule, day] = max((end for end in ends if end), default=None)
        return self._ends[rule, day]

    def _next(self, day: date) -> date | None:
        try:
            return self.law.calendar.next_working(day + timedelta(days=1))
        except law.OutOfCalendar:
            return None

    def _from(self, way: _Way, begin: date) -> date | None:
        """The latest day a term can run from when its step is taken on `begin`.

        An extension may run from the end of the term it extends, and that term began with this step at the latest.
        """
        terms = way.procedure.terms
        if terms[way.key].event_on(begin) != "term_end" or "decision" not in terms:
            return begin
        known = [value for value in terms["decision"].values if value.valid_from <= begin]
        ends = [self._end(_Way(way.procedure, "decision", value), begin) for value in known]
        return max((end for end in ends if end), default=None)

    def _end(self, way: _Way, begin: date | None) -> date | None:
        """The last day of the term from `begin`; the ceiling, where the body chooses the length."""
        value = way.value
        if begin is None:
            return None
        if value.count is None and value.most_unit == "months":
            return add_months(begin, value.most)
        count = value.most if value.count is None else None
        as_of = max(value.valid_from, min(begin, value.valid_to or begin))
        try:
            return law.due(self.law, way.procedure, way.key, start=begin, as_of=as_of, count=count).on
        except law.QuestionError:
            return None

    def _given(self, last: date, ways: list[_Way]) -> bool:
        """Whether the rule gives this last day for any beginning at all."""
        if any(way.value.count is None or way.value.roll == "none" for way in ways):
            return True
        begin = last
        while begin >= self.law.calendar.first:
            ends = [self._end(way, begin) for way in ways]
            if last in ends:
                return True
            if all(end is not None and end < last for end in ends):
                return False  # an earlier beginning ends no later
            begin -= timedelta(days=1)
        return False
