"""Bodies and procedures as answers."""

from functools import cache
from typing import Any

from qyzmet import law
from qyzmet.api.schemas import city
from qyzmet.api.schemas.values import Named, Words
from qyzmet.cases.rules import rules


def body(row: Any) -> city.Body:
    """A body of the city."""
    return city.Body(
        code=row.code,
        kind=row.kind,
        names=Words.of(row.names),
        superior=row.superior.code if row.superior else None,
    )


@cache
def procedures() -> city.Procedures:
    """Every kind of appeal of the law in use; made once a process, as the law is."""
    return city.Procedures(rows=[_procedure(found) for found in rules().procedures.values() if not found.abstract])


def _procedure(found: law.Procedure) -> city.Procedure:
    return city.Procedure(
        code=found.code,
        name=Words.of(found.name),
        chapter=found.chapter,
        definition=Words.of(found.definition),
        states=[state(one) for one in found.states.values()],
        steps=[_step(one) for one in found.steps.values()],
        outcomes=_named(found.outcomes),
        terms=[Named(code=key, name=Words.of(term.name)) for key, term in found.terms.items()],
        defects=_named(found.defects),
        return_grounds=_named(found.return_grounds),
        termination_grounds=_named(found.termination_grounds),
        hearing_exemptions=_named(found.hearing_exemptions),
    )


def state(found: law.State) -> city.State:
    """A state of a procedure."""
    return city.State(code=found.code, name=Words.of(found.name), open=found.open, waits=found.waits)


def _step(found: law.Step) -> city.Step:
    name = Words.of(found.name)
    return city.Step(code=found.code, name=name, states=list(found.from_), to=found.to, who=list(found.who))


def _named(things: Any) -> list[Named]:
    return [Named.of(thing) for thing in things.values()]
