"""The promise a person gets at once: the log has this row and will show it by then."""

from datetime import datetime, timedelta
from typing import Protocol

from qyzmet.journal.models import Entry, Promise

WITHIN = timedelta(hours=24)
"""The latest time of inclusion. The sequencer takes a fraction of a second; a day is for the day it is down."""


class Promiser(Protocol):
    """Whoever signs for the log (`qyzmet.journal.signer.wire.Client`)."""

    def promise(self, leaf_hash: bytes, *, time: int, by: int) -> str:
        """The signed promise, times in POSIX seconds."""


def promise(entry: Entry, *, signer: Promiser) -> str:
    """The promise for this row, the same one whenever it is asked for.

    It counts from the time of the row. Raises what the signer raises; the row itself is safe without it.
    """
    found = Promise.objects.filter(entry=entry).values_list("note", flat=True).first()
    if found is not None:
        return found
    note = signer.promise(bytes(entry.leaf_hash), time=_seconds(entry.at), by=_seconds(entry.at + WITHIN))
    return Promise.objects.get_or_create(entry=entry, defaults={"note": note})[0].note


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
