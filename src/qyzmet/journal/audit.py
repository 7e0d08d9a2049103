"""The rows against the published log: what was changed or taken away behind the triggers' back."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from qyzmet.journal import log
from qyzmet.journal.models import Entry, Head, Opening, Promise
from qyzmet.journal.store import CHECKPOINT, Folder
from qyzmet.ledger.checkpoint import Checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import commitment, leaf_hash
from qyzmet.ledger.note import parse_note, verify
from qyzmet.ledger.promise import parse_promise
from qyzmet.ledger.strict import hash_from
from qyzmet.ledger.tiles import WIDTH, read_entries
from qyzmet.ledger.tree import EMPTY_ROOT, Frontier


@dataclass(frozen=True)
class Finding:
    """Something that is not as the log says. `index`: the place in the log, None before it has one."""

    code: str
    """Stable snake_case; the words stand in `ledger/words.toml` under `audit_<code>`."""
    index: int | None = None
    case: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    line: bytes = field(default=b"", compare=False)
    """Of a row that is not what was recorded: the line the log has in its place."""


def audit_rows(store: Folder, *, progress: Callable[[int], None] = lambda _: None) -> Iterator[Finding]:
    """Compare every row that has a place with the published files, and these with the signed head.

    Reads a bundle of 256 at a time; `progress` is told how many rows were read.
    """
    try:
        checkpoint, note = parse_signed(store.read(CHECKPOINT))
        policy = log.own_policy(store)
        if policy is not None:
            verify(note, policy.logs)
    except FileNotFoundError:
        placed = Opening.objects.filter(index__isnull=False).count()
        if placed or Head.objects.exists():
            yield Finding("head_missing", values={"count": placed})
        return
    except Invalid as wrong:
        yield Finding("head_wrong", values={"why": wrong.code})
        return
    frontier = Frontier()
    for bundle in range(-(-checkpoint.size // WIDTH)):
        try:
            entries = read_entries(store, bundle, checkpoint.size)
        except (FileNotFoundError, Invalid):
            yield Finding("file_wrong", index=bundle * WIDTH)
            return
        for entry in entries:
            frontier.append(leaf_hash(entry))
        yield from _compare(bundle * WIDTH, entries)
        progress(min(checkpoint.size, (bundle + 1) * WIDTH))
    if frontier.root() != checkpoint.root:
        yield Finding("root_differs", index=checkpoint.size - 1)


def against_signer(store: Folder, state: Mapping[str, Any]) -> Finding | None:
    """Whether the published head is the last one the signer has signed. `state`: what it answers (`Client.state`).

    A head is published a moment after it was signed: ask again before this is believed.
    """
    signed, root = int(state["size"]), hash_from(str(state["root"]), "root")
    try:
        shown = parse_signed(store.read(CHECKPOINT))[0]
    except FileNotFoundError:
        shown = Checkpoint("", 0, EMPTY_ROOT)
    except Invalid:  # named by `audit_rows`
        return None
    if (signed, root) == (shown.size, shown.root):
        return None
    code = "signer_differs" if signed == shown.size else "signer_ahead" if signed > shown.size else "signer_behind"
    return Finding(code, values={"signed": signed, "shown": shown.size})


def _compare(first: int, entries: list[bytes]) -> Iterator[Finding]:
    """The rows of one bundle, as the files have them and as the database has them."""
    rows = {
        opening.index: opening
        for opening in Opening.objects.filter(index__gte=first, index__lt=first + len(entries)).select_related("entry")
    }
    for index, entry in enumerate(entries, first):
        opening = rows.get(index)
        if opening is None:
            yield Finding("row_missing", index, values=_clear(entry))
        elif opening.entry.leaf.encode() != entry or bytes(opening.entry.leaf_hash) != leaf_hash(entry):
            yield Finding("row_changed", index, _case_of(opening), _clear(entry), entry)
        elif not opens(opening, entry):
            yield Finding("content_changed", index, _case_of(opening), line=entry)


def _clear(entry: bytes) -> dict[str, Any]:
    """What the public line of a row says: its time and its day."""
    fields = json.loads(entry)
    return {"at": fields.get("t", ""), "due_on": fields.get("d", "")}


def _case_of(opening: Opening) -> str:
    try:
        return str(json.loads(opening.content or "{}").get("case", ""))
    except ValueError:
        return ""


def tell_as_published(entry: Entry, line: bytes) -> None:
    """Give a row in memory what the log has in its place: that was recorded, whatever the table says now."""
    entry.leaf, entry.leaf_hash = line.decode(), leaf_hash(line)
    entry.at = datetime.fromisoformat(_clear(line)["at"])


def opens(opening: Opening, entry: bytes) -> bool:
    """Whether salt and content are what the line commits to, if they are kept; one without the other proves nothing."""
    if opening.salt is None and opening.content is None:
        return True
    if opening.salt is None or opening.content is None:
        return False
    try:
        committed = commitment(bytes(opening.salt), json.loads(opening.content))
    except ValueError:
        return False
    return bool(committed.hex() == json.loads(entry).get("c"))


def broken_promises(*, at: datetime) -> Iterator[Finding]:
    """Rows that were promised to the log by a time which is over, and that no published head covers."""
    for given in Promise.objects.filter(log.unproved()).select_related("entry__opening"):
        by = parse_promise(parse_note(given.note.encode()).text).by
        if by < at.timestamp():
            yield Finding("promise_broken", None, _case_of(given.entry.opening), {"by": _said(by)})


def _said(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
