"""The only writer of the journal."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection

from qyzmet.journal.models import Entry, Opening
from qyzmet.ledger import Leaf, canonical, commitment, leaf_hash
from qyzmet.ledger.leaf import SALT_BYTES


def record(
    *,
    at: datetime,
    content: Mapping[str, Any],
    prev: bytes | None = None,
    rule: str | None = None,
    due_on: date | None = None,
    sealed: bool = False,
) -> Entry:
    """Append one row inside the caller's transaction and return it.

    `prev` is the leaf hash of the case's previous row. With `sealed` (accusations) rule and due date go inside the
    commitment only. RuntimeError outside a transaction: a row that outlives its step would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a journal row is written in the transaction of its step")
    inside = {**content, "rule": rule, "due_on": due_on.isoformat() if due_on else None}
    salt = secrets.token_bytes(SALT_BYTES)
    clear = {} if sealed else {"rule": rule, "due_on": due_on}
    text = Leaf(at=at, commitment=commitment(salt, inside), prev=prev, **clear).text()  # type: ignore[arg-type]
    entry = Entry(at=at, leaf=text.decode(), leaf_hash=leaf_hash(text))
    entry.save(force_insert=True)
    Opening(entry=entry, salt=salt, content=canonical(inside).decode()).save(force_insert=True)
    return entry
