"""A question to the calculator: what a link carries, and what the law answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from qyzmet.law import Answer, Law, MomentNeeded, answer

PARTS = ("kind", "term", "day", "hour", "count", "closing")


@dataclass(frozen=True)
class Question:
    """`hour` None: within office hours. `count`: where the body sets the length. `closing`: the body's own hour."""

    kind: str
    term: str
    day: date
    hour: time | None = None
    count: int | None = None
    closing: time | None = None

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
        }
        return urlencode({name: value for name, value in parts.items() if value not in (None, "")})

    def answer(self, law: Law) -> Answer:
        """The day and the way to it. QuestionError where the law does not answer."""
        for value in law.procedure(self.kind).term(self.term).values:
            if self.hour is None and value.unit == "hours" and value.holds(self.day):
                raise MomentNeeded("moment_needed", rule=value.source.cited)
        received = datetime.combine(self.day, self.hour or time.min)
        return answer(law, self.kind, received, term=self.term, count=self.count, cutoff=self.closing)


def _clock(hour: time | None) -> str:
    return f"{hour:%H:%M:%S}".removesuffix(":00") if hour else ""


def typed(given: Mapping[str, str]) -> dict[str, str]:
    """A question of a link as the form has it: the day in three boxes; what is no day is left for it to refuse."""
    found = {name: given[name] for name in (*PARTS, "day_0", "day_1", "day_2") if name in given}
    if "day" in found and "day_0" not in found:
        year, _, rest = found.pop("day").partition("-")
        month, _, day = rest.partition("-")
        found |= {"day_0": day, "day_1": month, "day_2": year}
    return found
