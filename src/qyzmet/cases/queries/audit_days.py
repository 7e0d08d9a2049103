"""The days of a case against each other and against the rule: what a page shows stands in more than one table."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from qyzmet import law
from qyzmet.cases import dating, deadlines
from qyzmet.cases.models import Case, Deadline, Redating, Step
from qyzmet.cases.rules import procedure, rules
from qyzmet.journal.audit import Finding
from qyzmet.text.refusal import Refused

Told = Sequence[tuple[Step, Mapping[str, Any], int | None]]
"""The steps of a case, what their rows hold (empty where it was erased), and where these stand in the log."""


class Days:
    """The days of a batch of cases, read with three statements."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._rule = dating.Days()
        self._rule.look_up(cases)
        waiting = Redating.objects.filter(state__in=(Redating.State.RUNNING, Redating.State.STOPPED))
        self._dated_to = waiting.values_list("after", flat=True).first()
        self._found: dict[int, list[Deadline]] = defaultdict(list)
        for one in Deadline.objects.filter(case__in=cases).order_by("id"):
            self._found[one.case_id].append(one)

    def wrong(self, case: Case, steps: Told) -> Iterator[Finding]:
        """Days of the case that do not follow from its steps, its rows and its rules."""
        if case.procedure not in rules().procedures:
            yield _follows(case, "procedure", case.procedure, None)
            return
        running, closed_at = [one for one in self._found[case.pk] if one.is_open], _closed_at(case, steps)
        if steps and steps[-1][1]:
            ended = [one for one in self._found[case.pk] if closed_at and one.ended_at == closed_at]
            yield from self._decision(case, ended if closed_at else running, *steps[-1][1:])
        expected = {"act_on": _first_act(running), "closed_at": closed_at}
        for name, follows in expected.items():
            if getattr(case, name) != follows:
                yield _follows(case, name, getattr(case, name), follows)
        if self._dated_to is None or case.pk <= self._dated_to:  # a run that is not done dates the others later
            for one in running:
                yield from self._term(case, one)

    def _decision(
        self, case: Case, known: Sequence[Deadline], last: Mapping[str, Any], index: int | None
    ) -> Iterator[Finding]:
        """The deadline behind the last day, and its rule, against the last row. `known`: those that ran to the end."""
        days = [one for one in known if one.key in dating.DECISION]
        on = max((one.on for one in days), default=None)
        pairs = [("deadline", on.isoformat() if on and on != law.NOT_KNOWN else None, last.get("due_on"))]
        if days and last.get("rule"):
            pairs.append(("rule", deadlines.told_rule(days[-1].rule, days[-1].stood_by), last["rule"]))
        for name, table, row in pairs:
            if table != row:
                yield Finding("case_differs", index, case.number, _values(name, table, row))

    def _term(self, case: Case, one: Deadline) -> Iterator[Finding]:
        """A term that still runs, dated anew from its first day."""
        if one.key not in procedure(case.procedure).terms:
            yield Finding("term_differs", None, case.number, _values(one.key, one.on, None))
            return
        ran = dating.Running(one.pk, case.pk, one.key, one.start_on, one.count, one.on, one.whose)
        try:
            on = self._rule.due(case, ran).on
        except Refused:  # a length or a day the law of now does not know: the clerk is told where it is acted upon
            return
        if on != one.on:
            yield Finding("term_differs", None, case.number, _values(one.key, one.on, on))


def _first_act(running: Sequence[Deadline]) -> date | None:
    again = Case()
    deadlines.set_days(again, running)
    return again.act_on


def _closed_at(case: Case, steps: Told) -> datetime | None:
    """When the step was taken that led to a closed state from an open one; None for a case that is open."""
    states, at = procedure(case.procedure).states, None
    for step, _, _ in steps:
        known = states.get(step.to_state)
        at = None if known is None or known.open else at or step.at
    return at


def _follows(case: Case, name: str, table: Any, follows: Any) -> Finding:
    return Finding("tables_differ", None, case.number, _values(name, table, follows))


def _values(name: str, table: Any, other: Any) -> dict[str, Any]:
    said = [one.isoformat() if isinstance(one, date | datetime) else one or "–" for one in (table, other)]
    return {"field": name, "table": said[0], "log": said[1], "step": 0}
