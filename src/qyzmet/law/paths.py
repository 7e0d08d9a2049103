"""Where the steps of a procedure lead: from state to state, and how far each state lies from the first step."""

from collections.abc import Iterator, Mapping

from qyzmet.law.procedure import Procedure, Step

START = ""
"""Where a case stands before there is one."""

Edges = Mapping[tuple[str, str], tuple[int, ...]]
"""(state, the state after) -> numbers of the steps that lead there; a state and itself: the steps that stay."""


def numbers(procedure: Procedure) -> dict[str, int]:
    """Step -> its number in the picture and in the table beside it, in the order of the file."""
    return {code: number for number, code in enumerate(procedure.steps, 1)}


def edges(procedure: Procedure) -> dict[tuple[str, str], tuple[int, ...]]:
    """Every way from a state to a state with the numbers of its steps, in the order of the file."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for code, number in numbers(procedure).items():
        for way in _ways(procedure, procedure.steps[code]):
            if number not in found.get(way, ()):
                found[way] = (*found.get(way, ()), number)
    return found


def _ways(procedure: Procedure, step: Step) -> Iterator[tuple[str, str]]:
    for state in step.from_ or (START,):
        for place in (step.to, *step.also):
            if place == "back":
                yield from ((state, before) for before in _before(procedure, state))
            else:
                yield state, state if place == "same" else place


def _before(procedure: Procedure, state: str) -> list[str]:
    """The states a case can have come from, in the order of the file; the state itself where no step leads there."""
    into = [step for step in procedure.steps.values() if state in (step.to, *step.also)]
    found = {place for step in into for place in step.from_ if place != state}
    return [code for code in procedure.states if code in found] or [state]


def rows(procedure: Procedure) -> tuple[str, ...]:
    """START and all states from top to bottom: by the longest way from the start, loops left out, then as in the file.

    States in which a case is over stand below all others.
    """
    after: dict[str, list[str]] = {START: [], **{code: [] for code in procedure.states}}
    for source, target in edges(procedure):
        if source != target:
            after[source].append(target)
    layer = _longest(after)
    order = {code: place for place, code in enumerate(after)}
    over = {state.code for state in procedure.states.values() if not state.open}
    return tuple(sorted(after, key=lambda code: (code in over, layer[code], order[code])))


def _longest(after: Mapping[str, list[str]]) -> dict[str, int]:
    """The number of steps of the longest way to each place. A way that closes a circle is not counted."""
    finished: list[str] = []
    loops: set[tuple[str, str]] = set()
    entered: set[str] = set()

    def visit(place: str) -> None:
        entered.add(place)
        for target in after[place]:
            if target not in entered:
                visit(target)
            elif target not in finished:
                loops.add((place, target))
        finished.append(place)

    for place in after:
        if place not in entered:
            visit(place)
    layer = dict.fromkeys(after, 0)
    for place in reversed(finished):
        for target in after[place]:
            if (place, target) not in loops:
                layer[target] = max(layer[target], layer[place] + 1)
    return layer
