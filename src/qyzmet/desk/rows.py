"""Cases as rows of a list: their words in the reader's language, and what stands behind their day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qyzmet.cases.queries.nearest import nearest
from qyzmet.cases.rules import rules
from qyzmet.desk.asking import Asking
from qyzmet.law import State


@dataclass(frozen=True)
class Row:
    """A case in a list. `term` and `status` belong to the deadline whose day is shown."""

    case: Any
    kind: Mapping[str, str]
    state: State
    term: Mapping[str, str] | None
    status: str

    @property
    def other_day(self) -> bool:
        """Whether the decision is due on another day than the one shown."""
        days = self.case.act_on, self.case.due_on
        return bool(self.case.is_open and all(days) and days[0] != days[1])


def rows(asking: Asking, cases: Iterable[Any]) -> list[Row]:
    """The cases in their order. One query for all deadlines."""
    cases = list(cases)
    behind = nearest(asking.who, cases)
    return [_row(case, behind.get(case.pk)) for case in cases]


def _row(case: Any, deadline: Any) -> Row:
    rule = rules().procedure(case.procedure)
    if deadline is None:
        return Row(case, rule.name, rule.states[case.state], None, "")
    term = rule.terms.get(deadline.key)
    return Row(case, rule.name, rule.states[case.state], term.name if term else None, deadline.status)
