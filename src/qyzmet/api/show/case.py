"""Parts of a case as answers."""

from collections.abc import Iterable
from typing import Any

from qyzmet import law
from qyzmet.api.schemas import case as parts
from qyzmet.api.schemas.values import Named, Words
from qyzmet.api.show.appeal import known, why
from qyzmet.api.show.city import state
from qyzmet.cases.rules import procedure
from qyzmet.text.languages import LANGS


def head(case: Any, standstills: Iterable[Any]) -> dict[str, Any]:
    """What stands at the top of a case."""
    rule = procedure(case.procedure)
    fields = ("number", "subject", "language", "answer_language", "signature")
    moments = ("received_at", "registered_at", "registered_on", "due_on", "stands_since", "closed_at")
    return {
        **{name: getattr(case, name) for name in (*fields, *moments)},
        "procedure": Named.of(rule),
        "state": state(rule.states[case.state]),
        "outcome": outcome(case),
        "body": place(case.body),
        "standstills": [_standstill(case, row) for row in standstills],
        "defects": [Named.of(rule.defects[code]) for code in case.defects if code in rule.defects],
    }


def _standstill(case: Any, row: Any) -> parts.Standstill:
    cause = law.cause_named(procedure(case.procedure), row.cause, case.registered_on)
    name = cause.name if cause else dict.fromkeys(LANGS, row.cause)
    same = {field: getattr(row, field) for field in ("n", "first", "last", "ground", "is_void")}
    return parts.Standstill(cause=Named(code=row.cause, name=Words.of(name)), **same)


def outcome(case: Any) -> Named | None:
    """How it ended: an outcome of the procedure, or the closing state of that name."""
    rule = procedure(case.procedure)
    found = rule.outcomes.get(case.outcome) or rule.states.get(case.outcome) or rule.states.get(case.state)
    return Named(code=case.outcome, name=Words.of(found.name)) if case.outcome and found else None


def place(body: Any) -> parts.Place:
    """A body, in short."""
    return parts.Place(code=body.code, names=Words.of(body.names))


def deadline(case: Any, row: Any) -> parts.Deadline:
    """A day and why."""
    name = _name(procedure(case.procedure).terms, row.key)
    stands = law.stands_since(row.facts)
    same = {"key": row.key, "name": name, "whose": row.whose, "open": row.is_open}
    return parts.Deadline(**same, on=known(row.on), stands_since=stands, **why(row))


def step(case: Any, row: Any) -> dict[str, Any]:
    """A recorded act."""
    name = _name(procedure(case.procedure).steps, row.code)
    fields = {field: getattr(row, field) for field in ("n", "code", "at", "note")}
    return {**fields, "name": name, "state": row.to_state, "body": row.body.code}


def _name(things: Any, code: str) -> Words:
    """What the law's data calls it; its code where a later edition of the data knows it no more."""
    found = things.get(code)
    return Words.of(found.name) if found else Words(kk=code, ru=code, en=code)


def letter(row: Any) -> dict[str, Any]:
    """A letter, word for word."""
    fields = {field: getattr(row, field) for field in ("id", "kind", "language", "subject", "created_at")}
    return {**fields, "text": row.body, "sha256": row.text_sha256, "courtesy": row.courtesy_of_id is not None}


def paper(row: Any) -> parts.Paper:
    """What is known about a file."""
    return parts.Paper(**{field: getattr(row, field) for field in parts.Paper.model_fields})


def hearing(row: Any) -> parts.Hearing | None:
    """The hearing, if there is one."""
    return row and parts.Hearing(**{field: getattr(row, field) for field in parts.Hearing.model_fields})


def related(row: Any) -> parts.Related:
    """A case that hangs on another."""
    return parts.Related(number=row.number, relation=row.relation, body=row.body.code, state=row.state)
