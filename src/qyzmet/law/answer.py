"""The whole way at once: from an arrival to the day of registration and the last day of a term."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from qyzmet.law.due import Due, due
from qyzmet.law.facts import Fact
from qyzmet.law.registration import Registration, registration
from qyzmet.law.suspended import Interval

if TYPE_CHECKING:
    from qyzmet.law.load import Law


@dataclass(frozen=True)
class Answer:
    """When it is registered, when the term ends."""

    procedure: str
    registration: Registration
    due: Due

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, the registration's first."""
        return self.due.facts


def answer(
    law: "Law",
    procedure: str,
    received: date | datetime,
    *,
    term: str | None = None,
    cutoff: time | None = None,
    count: int | None = None,
    suspended: Sequence[Interval] = (),
) -> Answer:
    """The last day of `term` for what was `received` (aware, or naive = local) at the body that decides.

    A term that runs from registration starts on that day, one that runs from receipt on the day of receipt, both under
    the rule in force on the day of registration. For any other term `received` is the moment of its own event. A day
    without an hour stands for an arrival within office hours. `term`: the procedure's main one if not named.
    `suspended`: when the clock stood, and why. Errors as of `registration` and `due`.
    """
    found = law.procedure(procedure)
    term = term or found.main_term
    registered = registration(law, received, cutoff=cutoff)
    arrived = law.registration.local(received).date() if isinstance(received, datetime) else received
    event = found.term(term).event_on(registered.on)
    filed = event in ("registration", "receipt")
    start = registered.on if event == "registration" else arrived if filed else received
    last = due(
        law,
        found,
        term,
        start=start,
        as_of=registered.on if filed else arrived,
        count=count,
        registration=registered if filed else None,
        suspended=suspended,
    )
    return Answer(procedure, registered, last)
