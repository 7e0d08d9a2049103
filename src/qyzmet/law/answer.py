"""The whole way at once: from an arrival to the day of registration and the last day of a term."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from qyzmet.law.due import Due, due
from qyzmet.law.facts import Fact
from qyzmet.law.registration import Registration, registration

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
    received: datetime,
    *,
    term: str = "decision",
    cutoff: time | None = None,
    count: int | None = None,
) -> Answer:
    """The last day of `term` for what was `received` (aware, or naive = local) at the body that decides.

    A term that runs from registration starts on that day. For any other term `received` is the moment of its own event.
    Errors as of `registration` and `due`.
    """
    found = law.procedure(procedure)
    registered = registration(law, received, cutoff=cutoff)
    if found.term(term).from_ == "registration":
        last = due(law, found, term, start=registered.on, as_of=registered.on, count=count, registration=registered)
    else:
        last = due(law, found, term, start=received, as_of=law.registration.local(received).date(), count=count)
    return Answer(procedure, registered, last)
