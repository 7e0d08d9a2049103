"""Deadlines of a case: begun by an event, ended by a step, computed by `law` and stored with the way to them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from qyzmet import law
from qyzmet.cases.models import Case, Deadline
from qyzmet.cases.rules import procedure, rules
from qyzmet.text.languages import LANGS
from qyzmet.text.refusal import Refused

AFTER_CLOSING = frozenset({"complain", "complain_no_route", "court", "file_access", "correction", "act_execution"})
"""Terms that go on, or begin, when a case is closed."""


MET_AT_ONCE = frozenset(
    {"extension_notice", "termination_notice", "recusal_notice", "left_notice", "correction_sent", "protocol", "return"}
)
"""Terms a step would begin and meets itself: its letter or protocol is made in the same transaction."""


def compute(case: Case, key: str, *, on: date, count: int | None = None) -> law.Due:
    """The day that follows. A case runs under the rule in force when it was registered.

    `Refused(kind="input")` with the law's own words for a length it does not allow, or a day past the calendar.
    """
    try:
        return law.due(rules(), procedure(case.procedure), key, start=on, as_of=case.registered_on, count=count)
    except law.QuestionError as question:
        raise Refused("law_cannot_answer", kind="input", said={lang: question.said(lang) for lang in LANGS}) from None


def plan(case: Case, keys: Iterable[str], arrival: law.Registration) -> list[Deadline]:
    """Unsaved deadlines of a case that has no row yet, told from its arrival on; sets the case's own two dates."""
    planned = []
    for key in keys:
        values = _values(case, key, arrival.on, None)
        values["facts"] = [*arrival.facts, *values["facts"]]
        values["status"] = law.worst([arrival.status, values["status"]])
        planned.append(Deadline(case=case, key=key, start_on=arrival.on, as_of=case.registered_on, **values))
    case.due_on = max(deadline.on for deadline in planned if deadline.key == "decision")
    case.act_on = min(deadline.on for deadline in planned if deadline.whose == "body")
    return planned


def start(case: Case, key: str, *, on: date, count: int | None = None) -> Deadline:
    """Store a new open deadline in place of an open one of the same term."""
    end(case, [key], at=None)
    return Deadline.objects.create(
        case=case, key=key, start_on=on, count=count, as_of=case.registered_on, **_values(case, key, on, count)
    )


def _values(case: Case, key: str, on: date, count: int | None) -> dict[str, Any]:
    due = compute(case, key, on=on, count=count)
    return {
        "on": due.on,
        "rule": due.rule,
        "redaction": due.redaction,
        "status": due.status,
        "facts": list(due.facts),
        "whose": procedure(case.procedure).terms[key].whose,
    }


def end(case: Case, keys: Iterable[str], *, at: datetime | None) -> None:
    """Close the open deadlines of these terms."""
    if case.pk and keys:
        Deadline.objects.filter(case=case, key__in=list(keys), is_open=True).update(is_open=False, ended_at=at)


def end_all(case: Case, *, at: datetime) -> None:
    """Close what cannot outlive an open case."""
    running = Deadline.objects.filter(case=case, is_open=True).exclude(key__in=AFTER_CLOSING)
    running.update(is_open=False, ended_at=at)


def is_running(case: Case, key: str) -> bool:
    """Whether the term runs already."""
    return Deadline.objects.filter(case=case, key=key, is_open=True).exists()


def refresh(case: Case) -> None:
    """Set the case's own two dates from its open deadlines."""
    set_days(case, list(Deadline.objects.filter(case=case, is_open=True).only("key", "whose", "on")))


def set_days(case: Case, running: Iterable[Deadline]) -> None:
    """Set the two dates from these open deadlines; a closed case keeps the last day of its decision."""
    decision = [deadline.on for deadline in running if deadline.key in ("decision", "extension")]
    mine = [deadline.on for deadline in running if deadline.whose == "body"]
    if decision:
        case.due_on = max(decision)
    case.act_on = min(mine) if mine else None


def open_rule(case: Case) -> str | None:
    """The rule of the decision's deadline, as it stands in the journal row."""
    rule = Deadline.objects.filter(case=case, key__in=("decision", "extension"), is_open=True).values_list(
        "rule", flat=True
    )
    return rule.last()
