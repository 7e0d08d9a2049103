"""Terms: "15 working days from registration", as dated values with their sources."""

from dataclasses import dataclass, field
from datetime import date

from qyzmet.law.errors import NoRedaction, Rule
from qyzmet.law.facts import Fact
from qyzmet.law.sentences import rule_words
from qyzmet.law.statuses import RANK
from qyzmet.law.words import Words

HOUSE = "house"
UNITS = ("working_days", "calendar_days", "months", "hours")


@dataclass(frozen=True)
class Source:
    """Where a rule stands: act ("house" = a rule of this desk), article, page, the day it was checked, status."""

    act: str
    article: str
    url: str
    checked: date
    status: str

    @property
    def whole(self) -> bool:
        """Whether somebody can look it up: act, article and page. A rule of this desk stands in no act."""
        return self.act == HOUSE or bool(self.act and self.article and self.url.startswith("https://"))

    @property
    def rule(self) -> str:
        """Act and article in one: 'APPC 76(1)-(2)'."""
        return f"{self.act} {self.article}".strip()

    @property
    def cited(self) -> Rule:
        """The same, to be told in any language."""
        return Rule(self.act, self.article)

    def said(self, lang: str) -> str:
        """Act and article in a language: 'ӘРПК 76(1)-(2)'."""
        return rule_words(self.act, self.article, lang)


@dataclass(frozen=True)
class Unsure:
    """Days on which it is not certain that the redaction is in force, and how unsure that is."""

    since: date
    until: date
    status: str

    def covers(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.since <= day <= self.until


@dataclass(frozen=True)
class Value:
    """One redaction of a term. `count` is None where the body chooses: at least `least`, at most `most`
    `most_unit` (`most` 0: the law names no ceiling).
    """

    valid_from: date
    valid_to: date | None
    count: int | None
    least: int
    most: int
    most_unit: str
    unit: str
    first_day: str
    """"next": the day after the event is day one; "same": the day of the event is."""
    direction: str
    """"forward" or "backward" from the event."""
    roll: str
    """"next_working_day": an end on a day off moves to the next worked day; "none": it stays."""
    start_roll: str
    """The same for the day of the event."""
    skip: str
    """"holidays": days of the count that are holidays are passed over (a leave); "": none."""
    roll_status: str
    """How sure it is that an end on a day off moves; it counts only where one does."""
    source: Source
    unsure: Unsure | None
    note: Words
    from_: str
    """The event it runs from in this redaction."""
    fact: Fact = field(repr=False, compare=False)
    """The rule as a fact, without the number where the body chooses it."""
    rule: str
    redaction: str
    """The first day of this redaction, ISO."""
    rank: int
    """The rank of the source's status."""

    def holds(self, day: date) -> bool:
        """Whether this is the redaction of the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def rank_on(self, day: date) -> int:
        """How unsure the value is for a case of this day."""
        if self.unsure and self.unsure.covers(day):
            return max(self.rank, RANK[self.unsure.status])
        return self.rank


@dataclass(frozen=True)
class Term:
    """A term of a procedure. `whose`: body | applicant | act (not before).

    `from_`: the event it runs from, where a redaction names no other.
    """

    key: str
    name: Words
    from_: str
    whose: str
    values: tuple[Value, ...]
    """Redactions, oldest first, without overlap."""
    enabled: bool
    """Whether a value with the status `unverified` decides here."""

    def event_on(self, day: date) -> str:
        """The event from which the redaction of the day runs; the term's own where no redaction is known."""
        return next((value.from_ for value in self.values if value.holds(day)), self.from_)

    def value_on(self, day: date) -> Value:
        """The redaction in force on the day. NoRedaction where none is known."""
        for value in self.values:
            if value.holds(day):
                if value.source.status == "unverified" and not self.enabled:
                    raise NoRedaction("not_switched_on", rule=value.source.cited)
                return value
        raise self._unknown(day)

    def _unknown(self, day: date) -> NoRedaction:
        later = [value for value in self.values if value.valid_from > day]
        if later:
            return NoRedaction("no_earlier_redaction", rule=later[0].source.cited, date=day, first=later[0].valid_from)
        return NoRedaction(
            "no_later_redaction", rule=self.values[-1].source.cited, date=day, last=self.values[-1].valid_to
        )
