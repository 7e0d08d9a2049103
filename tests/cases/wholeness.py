"""What holds of every case at every moment, whatever happened to it."""

import json
from collections.abc import Iterator

from qyzmet import law
from qyzmet.cases.deadlines import AFTER_CLOSING
from qyzmet.cases.models import Case, Deadline, Step
from qyzmet.cases.rules import procedure
from qyzmet.journal import queries as journal


def flaws(case: Case) -> list[str]:
    """What is wrong with the case as it is stored; empty when nothing is."""
    case = Case.objects.get(pk=case.pk)
    return [*_state(case), *_days(case), *_chain(case), *_letters(case)]


def _state(case: Case) -> Iterator[str]:
    state = procedure(case.procedure).states.get(case.state)
    if state is None:
        yield f"state {case.state} is none of {case.procedure}"
    elif state.open != case.is_open or case.is_open != (case.closed_at is None):
        yield f"is_open={case.is_open}, closed_at={case.closed_at} in {case.state}"


def _days(case: Case) -> Iterator[str]:
    running = Deadline.objects.filter(case=case, is_open=True)
    keys = list(running.values_list("key", flat=True))
    if len(keys) != len(set(keys)):
        yield f"a term runs twice: {keys}"
    mine = [deadline.on for deadline in running if deadline.whose == "body"]
    if case.act_on != min(mine, default=None):
        yield f"act_on={case.act_on}, the body's days are {mine}"
    days = [deadline.on for deadline in running if deadline.key in ("decision", "extension")]
    decision = [None if day == law.NOT_KNOWN else day for day in days]
    if case.is_open and [case.due_on] != decision:
        yield f"due_on={case.due_on}, running: {decision}"
    if not case.is_open and set(keys) - AFTER_CLOSING:
        yield f"runs on in a closed case: {set(keys) - AFTER_CLOSING}"


def _chain(case: Case) -> Iterator[str]:
    steps = list(Step.objects.filter(case=case).select_related("entry").order_by("n"))
    if [step.n for step in steps] != list(range(1, case.steps_count + 1)):
        yield f"steps {[step.n for step in steps]}, counted {case.steps_count}"
    if steps[-1].to_state != case.state:
        yield f"the last step leads to {steps[-1].to_state}, the case is in {case.state}"
    prev, state = None, ""
    for step in steps:
        leaf = json.loads(step.entry.leaf)
        if leaf.get("p") != prev:
            yield f"step {step.n} hangs on another row"
        if step.from_state != state:
            yield f"step {step.n} begins in {step.from_state}, the one before ended in {state}"
        if not journal.holds(step.entry):
            yield f"the row of step {step.n} does not hold"
        if (journal.content_of(step.entry) or {}).get("event") != step.code:
            yield f"the row of step {step.n} tells another event"
        if case.is_accusation and {"r", "d"} & set(leaf):
            yield f"the row of step {step.n} shows rule or day of an accusation"
        prev, state = bytes(step.entry.leaf_hash).hex(), step.to_state
    if bytes(case.last_leaf or b"").hex() != prev:
        yield "last_leaf is not the last row"


def _letters(case: Case) -> Iterator[str]:
    for link in case.case_letters.select_related("letter", "step"):
        letter = link.letter
        if letter.case_number != case.number or link.step.case_id != case.pk:
            yield f"letter {letter} hangs on another case"
        if link.reader == "accused" and (not letter.to_accused or case.number in letter.text):
            yield f"letter {letter} gives the accused the number"
