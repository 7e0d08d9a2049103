"""Whether a log kept its promises: after a head that was seen later than the time promised, the entry must be there."""

from collections.abc import Iterable, Iterator

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.note import parse_note, verify
from qyzmet.ledger.promise import Promise, parse_promise
from qyzmet.ledger.verdict import SKEW_SECONDS
from qyzmet.watch.monitor.state import Finding, State
from qyzmet.watch.monitor.steps import moment
from qyzmet.watch.monitor.walk import Walk


def read_promise(data: bytes, keys: Iterable[VerifierKey]) -> Promise:
    """The promise in a signed note, if one of these keys has given it. `Invalid`."""
    note = parse_note(data)
    promise = parse_promise(note.text)
    if all(signed.key.name != promise.origin for signed in verify(note, keys)):
        raise Invalid("wrong_origin", origin=promise.origin)
    return promise


def search(state: State, walk: Walk, end: int) -> None:
    """Look for new promises among the entries before `end`, which were read before the promises were given."""
    for hashed, index in walk.find(state.unsearched(), end).items():
        state.place_promise(hashed, index)
    state.searched()


def broken(state: State) -> Iterator[Finding]:
    """The promises that were not kept."""
    for promise, index in state.promises():
        values = {"leaf": promise.leaf_hash.hex(), "by": moment(promise.by)}
        seen = state.latest_without(index)
        if seen is not None and seen > promise.by + SKEW_SECONDS:
            yield Finding("promise_broken" if index is None else "promise_late", index, values)
