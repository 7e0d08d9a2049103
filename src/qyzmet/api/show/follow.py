"""A case for the person who filed it."""

from typing import Any

from qyzmet.api.schemas.case import Letter, StepTaken
from qyzmet.api.schemas.follow import Followed, Taken
from qyzmet.api.schemas.values import Named
from qyzmet.api.show import case as parts
from qyzmet.cases import queries
from qyzmet.cases.rules import procedure


def followed(seen: queries.Followed) -> Followed:
    """All that the follow page shows."""
    case = seen.case
    return Followed(
        **parts.head(case, seen.standstills),
        text=case.text,
        deadlines=[parts.deadline(case, row) for row in seen.deadlines],
        steps=[StepTaken(**parts.step(case, row)) for row in seen.steps],
        letters=[Letter(**parts.letter(row)) for row in seen.letters],
        papers=[parts.paper(row) for row in seen.papers],
        hearing=parts.hearing(seen.hearing),
        children=[parts.related(row) for row in seen.children],
        possible=[Named.of(step) for step in seen.possible],
    )


def taken(case: Any, step: str, *, child: str | None) -> Taken:
    """A step the person took."""
    return Taken(number=case.number, step=step, state=state_of(case), child=child)


def state_of(case: Any) -> Named:
    """The state of a case, named."""
    return Named.of(procedure(case.procedure).states[case.state])
