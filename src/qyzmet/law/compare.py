"""What changed in a procedure between two days: terms, causes of suspension, and the steps that feel it. Pure."""

from dataclasses import dataclass
from datetime import date

from qyzmet.law.procedure import Procedure
from qyzmet.law.terms import Term, Value


@dataclass(frozen=True)
class Change:
    """A term or a cause that is not on the second day what it was on the first."""

    kind: str
    """"term" | "suspension"."""
    key: str
    before: Value | None
    after: Value | None
    what: str
    """"begins" | "ends" | "changed"."""
    steps: tuple[str, ...]
    """Codes of the steps that start or end it."""


def compare(procedure: Procedure, first: date, second: date) -> list[Change]:
    """The changes from `first` to `second`, terms in the order of the file, then causes."""
    found = []
    for term in procedure.terms.values():
        before, after = on(term, first), on(term, second)
        if before != after:
            steps = tuple(s.code for s in procedure.steps.values() if term.key in (*s.starts, *s.ends))
            found.append(Change("term", term.key, before, after, _what(before is None, after is None), steps))
    for cause in procedure.suspensions.values():
        then, now = cause.holds(first), cause.holds(second)
        if then != now:
            found.append(Change("suspension", cause.code, None, None, _what(not then, not now), ()))
    return found


def on(term: Term, day: date) -> Value | None:
    """The redaction of the day, whatever its status; None where none is known."""
    return next((value for value in term.values if value.holds(day)), None)


def _what(was_not: bool, is_not: bool) -> str:
    return "begins" if was_not else "ends" if is_not else "changed"
