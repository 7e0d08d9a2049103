"""The sequencer: pending rows get their places, the tree grows, the signer signs its head, the head is published.

Places are committed before anything is signed, so that what a signed head covers never depends on what is lost when
the process dies; everything after that follows from the places and may be done twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Max

from qyzmet.journal.alone import alone
from qyzmet.journal.log import SIGNED, published_size
from qyzmet.journal.models import Head, Opening, WitnessState
from qyzmet.journal.store import CHECKPOINT, WITNESSED, Folder
from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import hash_from
from qyzmet.ledger.tiles import WIDTH, Tree, grow

BATCH = 5000
"""Rows that get their places in one transaction."""
GROW = 16 * WIDTH
"""Entries whose tiles are written in one go."""


class Signer(Protocol):
    """Whoever holds the log's key (`qyzmet.journal.signer.wire.Client`)."""

    def state(self) -> Mapping[str, Any]:
        """The last head it signed, under "size" and "root"."""

    def checkpoint(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """The signed note of this head."""


@dataclass(frozen=True)
class Sequenced:
    """What one run did: `placed` rows got their place; `size` is that of the published log."""

    placed: int
    size: int


def sequence(
    *, at: datetime, signer: Signer, store: Folder, between: Callable[[str], None] = lambda _: None
) -> Sequenced:
    """Take what is pending into the log and publish its head. Does nothing while another sequencer is at work.

    Raises what the signer raises (`Down`, `Invalid`) and OSError of the disk: places already given stay, and the next
    run goes on from there. `between` is called between the statements, for tests that kill it there.
    """
    with alone(store.root) as got:
        if not got:
            return Sequenced(0, published_size())
        placed = 0
        while count := _place():
            placed += count
            between("placed")
        _publish(at, signer, store, between)
        return Sequenced(placed, published_size())


def sweep(store: Folder) -> bool:
    """Remove what a sequencer that was killed left half written. False while another sequencer is at work."""
    with alone(store.root) as got:
        if got:
            store.sweep()
        return got


@transaction.atomic
def _place() -> int:
    """Give the oldest pending rows the next places, in the order in which they were written."""
    if not Opening.objects.filter(index=None).exists():
        return 0
    following = placed_size()
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE journal_opening SET "index" = %s + waiting.n FROM ('
            " SELECT entry_id, ROW_NUMBER() OVER (ORDER BY entry_id) - 1 AS n FROM journal_opening"
            ' WHERE "index" IS NULL ORDER BY entry_id LIMIT %s) AS waiting'
            " WHERE journal_opening.entry_id = waiting.entry_id",
            [following, BATCH],
        )
        return int(cursor.rowcount)


def placed_size() -> int:
    """How many rows have a place."""
    last = Opening.objects.filter(index__isnull=False).aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def _publish(at: datetime, signer: Signer, store: Folder, between: Callable[[str], None]) -> None:
    size, head = placed_size(), Head.objects.filter(name=SIGNED).first()
    shown = _shown(store)
    if size == (head.size if head else 0) and shown == (head.note if head else None):
        return
    # an emptied folder is written anew from the database
    old = head.size if head and shown is not None else 0
    state = signer.state()
    _remembers(state, shown)
    signed = _agreed(state, store, old, size)
    _grow(store, old, size, between)
    tree = Tree(store, size)
    root = tree.root()
    note = signer.checkpoint(size, root, tree.consistency(signed))
    between("signed")
    store.write(CHECKPOINT, note.encode())
    between("published")
    if head and _origin(head.note) != _origin(note):
        _forget_witnesses()
    Head.objects.update_or_create(name=SIGNED, defaults={"size": size, "root": root, "note": note, "at": at})


def _origin(note: str) -> str:
    return note.partition("\n")[0]


@transaction.atomic
def _forget_witnesses() -> None:
    """What was seen of the log that ended: receipts must not be built on it, and this one is new to every witness."""
    Head.objects.filter(name=WITNESSED).delete()
    WitnessState.objects.all().delete()


def _shown(store: Folder) -> str | None:
    """The head that the folder shows."""
    try:
        return store.read(CHECKPOINT).decode()
    except FileNotFoundError:
        return None


def _remembers(state: Mapping[str, Any], shown: str | None) -> None:
    """That the signer knows of the head the folder shows. `signer_went_back` where its memory was put back to a day
    before: it would sign another history, and this folder may be the last place here that knows the first one.
    """
    try:
        size = parse_signed(shown.encode())[0].size if shown else 0
    except Invalid:  # `qyzmet audit` names a spoilt head; a new one takes its place
        return
    if size > int(state["size"]):
        raise Invalid("signer_went_back", signed=state["size"], shown=size)


def _agreed(state: Mapping[str, Any], store: Folder, old: int, size: int) -> int:
    """The size the signer signed last, if the database tells the same history up to there.

    Asked before any file is touched: after a restored backup the files may be the only witness of what was lost.
    `log_went_back` if the signer has signed more than there is, `other_history` if it has signed something else.
    """
    signed, root = int(state["size"]), hash_from(state["root"], "root")
    if signed > size:
        raise Invalid("log_went_back", signed=signed, size=size)
    frontier = Tree(store, min(old, signed)).frontier()
    while frontier.size < signed:
        for _, leaf_hash in _entries(frontier.size, min(signed, frontier.size + GROW)):
            frontier.append(leaf_hash)
    if frontier.root() != root:
        raise Invalid("other_history", size=signed)
    return signed


def _grow(store: Folder, old: int, size: int, between: Callable[[str], None]) -> None:
    """Write the tiles and bundles of the entries [old, size), some at a time, full tiles where they are full."""
    while old < size:
        upto = min(size, old - old % WIDTH + GROW)
        rows = _entries(old, upto)
        files = grow(store, old, [leaf for leaf, _ in rows], [hashed for _, hashed in rows])
        for path, data in files.items():
            store.write(path, data)
            between("tile")
        store.settle(files)
        store.tidy(files)
        old = upto


def _entries(low: int, high: int) -> list[tuple[bytes, bytes]]:
    """The leaves with the indexes [low, high), and their hashes. `entry_lost` if one is gone from the database."""
    rows = Opening.objects.filter(index__gte=low, index__lt=high).order_by("index")
    found = [(leaf.encode(), bytes(hashed)) for leaf, hashed in rows.values_list("entry__leaf", "entry__leaf_hash")]
    if len(found) != high - low:
        raise Invalid("entry_lost", low=low, high=high)
    return found
