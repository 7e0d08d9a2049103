"""Every case against its rows in the journal: what stands in the tables is what was recorded.

Whoever has all rights to the database can change a table; they cannot change what the log has published. Read by the
operator's command only: it sees every case, and names only numbers.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from qyzmet.cases import standstills
from qyzmet.cases.models import Case, Step
from qyzmet.cases.nonanswer import overruled_hash
from qyzmet.cases.queries import audit_city
from qyzmet.cases.queries.audit_days import Days
from qyzmet.cases.queries.audit_things import Things
from qyzmet.journal.audit import Finding, audit_rows, broken_promises, opens, tell_as_published
from qyzmet.journal.models import Entry, Opening
from qyzmet.journal.store import Folder
from qyzmet.text.hashes import sha

BATCH = 500
Row = tuple[Step, Opening | None, dict[str, Any] | None]
"""A step, what opens its row, and the row's content; None where they were erased or are gone."""


def audit(store: Folder, *, at: datetime, progress: Callable[[int], None] = lambda _: None) -> Iterator[Finding]:
    """Everything that is not as the log says: rows against files, cases against rows, rows without a step."""
    unlike: dict[int, bytes] = {}
    for finding in audit_rows(store, progress=progress):
        if finding.line and finding.index is not None:
            unlike[finding.index] = finding.line
        yield finding
    after = 0
    every = Case.objects.select_related("body", "parent").prefetch_related("standstills").order_by("pk")
    while cases := list(every.filter(pk__gt=after)[:BATCH]):
        rows, days, things = _rows(cases, unlike), Days(cases), Things(cases)
        for case in cases:
            yield from _case(case, rows[case.pk])
            steps = [(step, row or {}, opening.index if opening else None) for step, opening, row in rows[case.pk]]
            yield from days.wrong(case, steps)
            yield from things.wrong(case, steps)
        after = cases[-1].pk
    yield from audit_city.orders()
    yield from audit_city.statements()
    yield from _orphans(unlike)
    yield from broken_promises(at=at)


def _rows(cases: Sequence[Case], unlike: Mapping[int, bytes]) -> dict[int, list[Row]]:
    """The rows of the cases; `unlike`: lines of the log, by their place, that the tables have otherwise."""
    found: dict[int, list[Row]] = {case.pk: [] for case in cases}
    steps = Step.objects.filter(case__in=cases).select_related("entry__opening", "body").order_by("case_id", "n")
    for step in steps:
        opening = getattr(step.entry, "opening", None)
        found[step.case_id].append((step, opening, _recorded(step.entry, opening, unlike)))
    return found


def _recorded(entry: Entry, opening: Opening | None, unlike: Mapping[int, bytes]) -> dict[str, Any] | None:
    """The content as it was recorded; None where what the table has was put in its place afterwards."""
    line = unlike.get(opening.index) if opening and opening.index is not None else None
    if opening and line:
        tell_as_published(entry, line)
        return _content(opening) if opens(opening, line) else None
    return _content(opening)


def _content(opening: Opening | None) -> dict[str, Any] | None:
    try:
        content = json.loads(opening.content) if opening and opening.content else None
    except ValueError:
        return {}
    return content if isinstance(content, dict) or content is None else {}


def _case(case: Case, rows: Sequence[Row]) -> Iterator[Finding]:
    if [step.n for step, _, _ in rows] != list(range(1, case.steps_count + 1)) or not rows:
        yield Finding("steps_missing", case=case.number, values={"found": len(rows), "counted": case.steps_count})
    for step, opening, content in rows:
        for name, table, row in _differences(case, step, content):
            yield _differs(case, opening, name, table, row, step=step.n)
        if opening and opening.content is None:
            yield Finding("content_erased", opening.index, case.number, {"step": step.n, "at": step.at.isoformat()})
    yield from _stood(case, rows)
    if rows:
        yield from _whole(case, rows[0], rows[-1])


def _stood(case: Case, rows: Sequence[Row]) -> Iterator[Finding]:
    """When the clock stood: what its own table says, against what the steps of the case told last of each row."""
    last = {told["n"]: told for step, _, _ in rows for told in step.facts.get(standstills.FACT, [])}
    kept = {row.n: standstills.told(row) for row in case.standstills.all()}
    for n in sorted(last.keys() | kept.keys()):
        if kept.get(n) != last.get(n):
            yield _differs(case, rows[-1][1] if rows else None, standstills.FACT, kept.get(n), last.get(n))


def _differs(case: Case, opening: Opening | None, name: str, table: Any, row: Any, step: int = 0) -> Finding:
    values = {"field": name, "table": _said(table), "log": _said(row), "step": step}
    return Finding("step_differs" if step else "case_differs", opening.index if opening else None, case.number, values)


def _differences(case: Case, step: Step, content: dict[str, Any] | None) -> Iterator[tuple[str, Any, Any]]:
    """What a step says and what its row says, where they are not the same."""
    leaf = json.loads(step.entry.leaf)
    pairs: list[tuple[str, Any, Any]] = [("at", _moment(step.at), leaf.get("t"))]
    if content is not None:
        pairs += [
            ("case", case.number, content.get("case")),
            ("event", step.code, content.get("event")),
            ("n", step.n, content.get("n")),
            ("state", step.to_state, content.get("state")),
            ("body", step.body.code, content.get("body")),
            ("note", sha(step.note), content.get("note")),
        ]
        if standstills.FACT in step.facts or standstills.FACT in content:
            told = standstills.print_of(step.facts)
            pairs.append((standstills.FACT, told, content.get(standstills.FACT)))
        if "overruled" in step.facts or "overruled" in content:
            pairs.append(("overruled", overruled_hash(step.facts), content.get("overruled")))
    return ((name, table, row) for name, table, row in pairs if table != row)


def _whole(case: Case, first: Row, last: Row) -> Iterator[Finding]:
    """What the case itself says, against its first and its last row; of an erased one, what its line says in clear."""
    (opened, first_opening, said), (newest, last_opening, told) = first, last
    said, line = said or {}, json.loads(newest.entry.leaf)
    pairs: list[tuple[str, Any, Any, Opening | None]] = []
    if "appeal" in said:
        pairs.append(("text", sha(case.text), said["appeal"], first_opening))
    if "received_at" in said:
        pairs.append(("received_at", case.received_at.isoformat(), said["received_at"], first_opening))
    if "procedure" in said:  # such rows say too whether the case came out of another; older ones say neither
        parent, relation = (case.parent.number, case.relation) if case.parent else (None, None)
        pairs.append(("parent", parent, said.get("parent"), first_opening))
        pairs.append(("relation", relation, said.get("relation"), first_opening))
        pairs.append(("procedure", case.procedure, said["procedure"], first_opening))
    if "registered_on" in said:
        pairs.append(("registered_on", case.registered_on.isoformat(), said["registered_on"], first_opening))
    if told:
        pairs.append(("state", case.state, told.get("state"), last_opening))
        pairs.append(("body", case.body.code, told.get("body"), last_opening))
    if told or "d" in line:
        due_on = told.get("due_on") if told else line["d"]
        pairs.append(("due_on", case.due_on.isoformat() if case.due_on else None, due_on, last_opening))
    pairs.append(("last_leaf", bytes(case.last_leaf or b"").hex(), bytes(newest.entry.leaf_hash).hex(), last_opening))
    pairs.append(("registered_at", _moment(case.registered_at), _moment(opened.entry.at), first_opening))
    return (_differs(case, opening, name, table, row) for name, table, row, opening in pairs if table != row)


def _orphans(unlike: Mapping[int, bytes]) -> Iterator[Finding]:
    """Rows whose step, order or statement is gone, be their content erased or not."""
    lost = Entry.objects.filter(~Exists(Step.objects.filter(entry=OuterRef("pk"))), opening__isnull=False)
    lost = lost.exclude(audit_city.known_rows())
    for entry in lost.select_related("opening").order_by("pk").iterator(BATCH):
        if entry.opening.content is None and "key" in json.loads(entry.leaf):  # the log's own: it changed its key
            continue
        content = _recorded(entry, entry.opening, unlike)
        if content is None:
            yield Finding("step_lost", entry.opening.index, values={"at": entry.at.isoformat()})
            continue
        values = {"at": entry.at.isoformat(), "step": content.get("n", ""), "event": content.get("event", "")}
        yield Finding("step_missing", entry.opening.index, str(content.get("case", "")), values)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value if value is not None else "–")
