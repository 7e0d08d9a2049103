"""The head a log shows: who has signed it, and whether it goes on from the one before."""

from dataclasses import dataclass, replace

from qyzmet.ledger.checkpoint import Checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.key_change import KeyChange
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.note import Note, verify
from qyzmet.ledger.policy import NONE, Policy
from qyzmet.ledger.tiles import WIDTH, Reader, Tree, read_entries
from qyzmet.ledger.tree import check_consistency
from qyzmet.ledger.verdict import check_checkpoint
from qyzmet.watch.fork import Fork, prove_fork
from qyzmet.watch.monitor.state import Finding, SeenHead, State
from qyzmet.watch.monitor.steps import parse_entry


@dataclass(frozen=True)
class Shown:
    """A head the log has signed: `log` is its key; `witnesses` are names and times of cosignatures that hold."""

    raw: bytes
    checkpoint: Checkpoint
    log: VerifierKey
    witnesses: tuple[tuple[str, int], ...]
    keys: tuple[VerifierKey, ...]
    """The keys that were trusted, those found on the way among them."""
    lacks: Invalid | None = None
    """That the policy asks for more witnesses."""


@dataclass(frozen=True)
class Contradiction:
    """The head does not go on from those before. `fork` is the proof, where there is one."""

    finding: Finding
    fork: Fork | None = None


def check_head(raw: bytes, policy: Policy, state: State, reader: Reader) -> Shown:
    """The head in a note, held to the keys of the policy and those the log has changed to. Raises `Invalid`."""
    keys = [*policy.logs, *(key for _, key in state.key_changes())]
    try:
        parse_signed(raw)
        return _checked(raw, policy, keys)
    except Invalid as wrong:
        if wrong.code != "unsigned":
            raise
        followed = _followed(raw, keys, state, reader)
        if followed is None:
            raise
    return _checked(raw, policy, followed)


def _checked(raw: bytes, policy: Policy, keys: list[VerifierKey]) -> Shown:
    trusted = replace(policy, logs=dict.fromkeys(keys, ""))
    lacks = None
    try:
        seen = check_checkpoint(raw, trusted)
    except Invalid as wrong:
        if wrong.code != "quorum_not_met":
            raise
        lacks, seen = wrong, check_checkpoint(raw, replace(trusted, quorum=NONE))
    return Shown(raw, seen.checkpoint, seen.log, seen.witnesses, tuple(keys), lacks)


def _followed(raw: bytes, keys: list[VerifierKey], state: State, reader: Reader) -> list[VerifierKey] | None:
    """The keys with those that entries not read yet change to, where one of them has signed the head.

    Such an entry is signed by the key before, so that it may be believed before its place in the tree is known.
    """
    checkpoint, note = parse_signed(raw)
    found = list(keys)
    try:
        for bundle in range(state.read // WIDTH, -(-checkpoint.size // WIDTH)):
            for entry in read_entries(reader, bundle, checkpoint.size):
                change = _change(entry, found)
                if change is None:
                    continue
                found.append(change.new)
                if signed_by(note, change.new):
                    return found
    except (FileNotFoundError, Invalid):
        return None
    return None


def _change(entry: bytes, keys: list[VerifierKey]) -> KeyChange | None:
    if b'"key":' not in entry:
        return None
    try:
        change = parse_entry(entry)
    except Invalid:
        return None
    return change if isinstance(change, KeyChange) and change.old in keys else None


def signed_by(note: Note, key: VerifierKey) -> bool:
    """Whether this key has signed the note, and rightly."""
    try:
        return bool(verify(note, [key]))
    except Invalid:
        return False


def contradiction(shown: Shown, state: State, reader: Reader, tree: Tree) -> Contradiction | None:
    """Whether this head contradicts those that were seen before.

    Reads tiles; raises what reading raises, and `tiles_differ` where what is served is not the tree that was signed.
    """
    new, before = shown.checkpoint, state.largest()
    if before and new.size < before.size:
        return _smaller(shown, before, state, reader)
    if before and new.size == before.size and new.root != before.root:
        return _fork(shown, before, None)
    if tree.root() != new.root:
        raise Invalid("tiles_differ", size=new.size)
    return _larger(shown, before, reader, tree) if before and before.size else None


def _larger(shown: Shown, before: SeenHead, reader: Reader, tree: Tree) -> Contradiction | None:
    new = shown.checkpoint
    try:
        check_consistency(
            old_size=before.size,
            size=new.size,
            old_root=before.root,
            root=new.root,
            proof=tree.consistency(before.size),
        )
    except Invalid:
        found = _fork(shown, before, reader)
        if found is None:
            raise Invalid("tiles_differ", size=new.size) from None
        return found
    return None


def _smaller(shown: Shown, before: SeenHead, state: State, reader: Reader) -> Contradiction:
    """A head from before, or one of another history: told apart by the heads of its size, or by what is served."""
    new = shown.checkpoint
    same = state.head_of(new.size)
    try:
        found = _fork(shown, same, None) if same else _fork(shown, before, reader)
    except (Invalid, FileNotFoundError):
        found = None
    return found or Contradiction(Finding("size_went_back", None, {"old": before.size, "new": new.size}, True))


def _fork(shown: Shown, before: SeenHead, reader: Reader | None) -> Contradiction | None:
    fork = prove_fork(before.note, shown.raw, shown.keys, reader)
    values = {"origin": shown.checkpoint.origin, "old": before.size, "new": shown.checkpoint.size}
    return Contradiction(Finding("fork_proved", None, values), fork) if fork else None
