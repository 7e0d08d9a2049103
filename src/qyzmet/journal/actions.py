"""The only writer of the journal."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from qyzmet import rows as database
from qyzmet.journal.models import Entry, Opening
from qyzmet.ledger import Leaf, canonical, leaf_hash, sealed
from qyzmet.ledger.key_change import parse_key_change
from qyzmet.ledger.leaf import SALT_BYTES


@dataclass(frozen=True)
class Row:
    """What goes into one row. With `sealed` (accusations) rule and due date go inside the commitment only."""

    content: Mapping[str, Any]
    prev: bytes | None = None
    """The leaf hash of the case's previous row."""
    rule: str | None = None
    due_on: date | None = None
    sealed: bool = False


class Prepared(NamedTuple):
    """A row that is made and not written: what is hashed before the transaction does not make others wait in it."""

    entry: Entry
    opening: Opening


def record(*, at: datetime, row: Row) -> Entry:
    """Append one row inside the caller's transaction and return it.

    RuntimeError outside a transaction: a row that outlives its step would be a lie.
    """
    return keep([prepare(at=at, row=row)])[0]


def record_many(*, at: datetime, rows: Sequence[Row]) -> list[Entry]:
    """Append rows, in their order, with two statements (more where there are hundreds)."""
    return keep([prepare(at=at, row=row) for row in rows])


def keep(prepared: Sequence[Prepared]) -> list[Entry]:
    """Append rows that were made before the transaction; as `record_many`, which makes them too."""
    _in_transaction()
    entries = [row.entry for row in prepared]
    database.insert_all(entries)
    for row in prepared:
        row.opening.entry = row.entry
    database.insert_all([row.opening for row in prepared])
    return entries


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a journal row is written in the transaction of its step")


def prepare(*, at: datetime, row: Row) -> Prepared:
    """The row with its salt, its commitment and its hash, written nowhere yet."""
    inside = {**row.content, "rule": row.rule, "due_on": row.due_on.isoformat() if row.due_on else None}
    salt = secrets.token_bytes(SALT_BYTES)
    shown = Row(row.content) if row.sealed else row
    content = canonical(inside)
    leaf = Leaf(at, sealed(salt, content), row.prev, shown.rule, shown.due_on).text()
    entry = Entry(at=at, leaf=leaf.decode(), leaf_hash=leaf_hash(leaf))
    return Prepared(entry, Opening(salt=salt, content=content.decode()))


@transaction.atomic
def note_key_change(entry: bytes) -> Entry:
    """Append the log's own entry that says its key changes. `bad_key_change` if it is none that holds."""
    change = parse_key_change(entry)
    row = Entry(at=change.at, leaf=entry.decode(), leaf_hash=leaf_hash(entry))
    return keep([Prepared(row, Opening())])[0]
