"""The only writer of the journal."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from qyzmet.journal.models import Entry, Opening
from qyzmet.ledger import Leaf, canonical, commitment, leaf_hash
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


def record(*, at: datetime, row: Row) -> Entry:
    """Append one row inside the caller's transaction and return it.

    RuntimeError outside a transaction: a row that outlives its step would be a lie.
    """
    _in_transaction()
    entry, opening = _made(at, row)
    entry.save(force_insert=True)
    opening.entry = entry
    opening.save(force_insert=True)
    return entry


def record_many(*, at: datetime, rows: Sequence[Row]) -> list[Entry]:
    """Append rows, in their order, with two statements."""
    _in_transaction()
    made = [_made(at, row) for row in rows]
    entries = Entry.objects.bulk_create([entry for entry, _ in made])
    for entry, opening in made:
        opening.entry = entry
    Opening.objects.bulk_create([opening for _, opening in made])
    return entries


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a journal row is written in the transaction of its step")


def _made(at: datetime, row: Row) -> tuple[Entry, Opening]:
    inside = {**row.content, "rule": row.rule, "due_on": row.due_on.isoformat() if row.due_on else None}
    salt = secrets.token_bytes(SALT_BYTES)
    shown = Row(row.content) if row.sealed else row
    leaf = Leaf(at, commitment(salt, inside), row.prev, shown.rule, shown.due_on).text()
    return Entry(at=at, leaf=leaf.decode(), leaf_hash=leaf_hash(leaf)), Opening(
        salt=salt, content=canonical(inside).decode()
    )
