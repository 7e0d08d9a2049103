"""Readers of the journal."""

import json
from typing import Any

from qyzmet.journal.models import Entry, Opening
from qyzmet.ledger import commitment, leaf_hash


def pending(limit: int) -> list[Entry]:
    """The oldest rows that have no place in the log yet, at most `limit`."""
    waiting = Opening.objects.filter(index=None).select_related("entry").order_by("entry_id")[:limit]
    return [opening.entry for opening in waiting]


def content_of(entry: Entry) -> dict[str, Any] | None:
    """What the row's commitment holds, or None when it was erased."""
    content = Opening.objects.filter(pk=entry.pk).values_list("content", flat=True).first()
    return json.loads(content) if content else None


def holds(entry: Entry) -> bool:
    """Whether the row agrees with itself: its hash with the leaf, its commitment with salt and content.

    Both may be erased, not one alone.
    """
    if leaf_hash(entry.leaf.encode()) != bytes(entry.leaf_hash):
        return False
    opening = Opening.objects.filter(pk=entry.pk).first()
    if opening is None or (opening.content is None and opening.salt is None):
        return True
    if opening.content is None or opening.salt is None:
        return False
    committed = commitment(bytes(opening.salt), json.loads(opening.content))
    return bool(committed.hex() == json.loads(entry.leaf)["c"])
