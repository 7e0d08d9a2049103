"""A question to the calculator: what a link carries, and what the law answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from qyzmet.law import Answer, Interval, Law, MomentNeeded, answer

ONCE = ("kind", "term", "day", "hour", "count", "closing")
SUSPENDED, UNVERIFIED = "suspended", "unverified"
"""What a link says of the days on which the clock stood, and of values that decide though nobody has checked them."""


@dataclass(frozen=True)
class Question:
    """`hour` None: within office hours. `count`: where the body sets the length. `closing`: the body's own hour.

    `suspended`: when the clock stood, and why. `unverified`: whether values that nobody has checked decide.
    """

    kind: str
    term: str
    day: date
    hour: time | None = None
    count: int | None = None
    closing: time | None = None
    suspended: tuple[Interval, ...] = ()
    unverified: bool = False

    @property
    def query(self) -> str:
        """The one form in which a link carries the question."""
        parts = {
            "kind": self.kind,
            "term": self.term,
            "day": self.day.isoformat(),
            "hour": _clock(self.hour),
            "count": self.count,
            "closing": _clock(self.closing),
            SUSPENDED: [str(one) for one in self.suspended],
            UNVERIFIED: "1" if self.unverified else "",
        }
        return urlencode({name: value for name, value in parts.items() if value not in (None, "", [])}, doseq=True)

    def answer(self, law: Law) -> Answer:
        """The day and the way to it. QuestionError where the law does not answer."""
        law = law.switched_on(self.kind) if self.unverified else law
        for value in law.procedure(self.kind).term(self.term).values:
            if self.hour is None and value.unit == "hours" and value.holds(self.day):
                raise MomentNeeded("moment_needed", rule=value.source.cited)
        received = datetime.combine(self.day, self.hour or time.min)
        asked: dict[str, Any] = {
            "term": self.term,
            "count": self.count,
            "cutoff": self.closing,
            "suspended": self.suspended,
        }
        return answer(law, self.kind, received, **asked)


def _clock(hour: time | None) -> str:
    return f"{hour:%H:%M:%S}".removesuffix(":00") if hour else ""


def typed(given: Mapping[str, str]) -> dict[str, str]:
    """A question of a link as the form has it: the day in three boxes; what is no day is left for it to refuse."""
    found = {name: given[name] for name in (*ONCE, UNVERIFIED, "day_0", "day_1", "day_2") if name in given}
    if "day" in found and "day_0" not in found:
        year, _, rest = found.pop("day").partition("-")
        month, _, day = rest.partition("-")
        found |= {"day_0": day, "day_1": month, "day_2": year}
    return found
