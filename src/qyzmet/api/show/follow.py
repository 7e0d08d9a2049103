"""A case for the person who filed it."""

from datetime import date
from typing import Any

from qyzmet.api.schemas.case import Letter, StepTaken
from qyzmet.api.schemas.follow import Followed, Taken, WayOn
from qyzmet.api.schemas.values import Named, Words
from qyzmet.api.show import case as parts
from qyzmet.cases import queries
from qyzmet.cases.rules import procedure
from qyzmet.text.languages import LANGS


def followed(seen: queries.Followed, on: date) -> Followed:
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
        complaint=_way_on(case, on),
        possible=[Named.of(step) for step in seen.possible],
    )


def _way_on(case: Any, on: date) -> WayOn | None:
    if case.is_open or case.state == "withdrawn":
        return None
    way = queries.way_on(case, on)
    told = {lang: way.told(lang) for lang in LANGS}
    said = {part: Words(**{lang: getattr(told[lang], part) for lang in LANGS}) for part in ("body", "term", "order")}
    return WayOn(code=way.above.code if way.above else None, **said)


def taken(case: Any, step: str, *, child: str | None) -> Taken:
    """A step the person took."""
    return Taken(number=case.number, step=step, state=state_of(case), child=child)


def state_of(case: Any) -> Named:
    """The state of a case, named."""
    return Named.of(procedure(case.procedure).states[case.state])
