"""What is asked of an entry of our logs: its form, its place after the step before, its time, its due date."""

from collections.abc import Iterator
from datetime import UTC, datetime

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.key_change import KeyChange, parse_key_change
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.leaf import Leaf, parse_leaf
from qyzmet.watch.monitor.due_days import DueDays
from qyzmet.watch.monitor.state import Finding, State, Tip
from qyzmet.watch.monitor.times import Bounds, too_early, too_late


def parse_entry(entry: bytes) -> Leaf | KeyChange:
    """A step, or a change of the log's key. `Invalid` for anything else."""
    try:
        return parse_leaf(entry)
    except Invalid:
        if b'"key":' not in entry:
            raise
    return parse_key_change(entry)


def is_ours(entry: bytes) -> bool:
    """Whether a log whose first entry this is holds steps of cases: the other checks are for such logs only."""
    try:
        return bool(parse_entry(entry))
    except Invalid:
        return False


class Steps:
    """The checks of single entries, in the order in which they stand. Open ends of cases are kept in the state."""

    def __init__(self, state: State, keys: list[VerifierKey], days: DueDays) -> None:
        """`keys`: the keys the log began with; those it changed to are in the state."""
        self.state, self.days = state, days
        changes = state.key_changes()
        self.keys = [changes[-1][1]] if changes else list(keys)

    def take(self, index: int, entry: bytes, hashed: bytes, bounds: Bounds) -> Iterator[Finding]:
        """What is wrong with the entry at `index`."""
        try:
            found = parse_entry(entry)
        except Invalid as wrong:
            yield Finding("entry_" + wrong.code, index, {})
            return
        yield from _in_time(index, found.at, bounds)
        if isinstance(found, KeyChange):
            yield from self._key(index, found)
            return
        yield from self._chain(index, found, hashed)
        if wrong_day := self.days.wrong(found):
            yield Finding(wrong_day.code, index, dict(wrong_day.values))

    def _key(self, index: int, change: KeyChange) -> Iterator[Finding]:
        if change.old.name != self.keys[0].name:  # a log that began anew holds what the one before it said
            return
        if change.old not in self.keys and change.new not in self.keys:
            yield Finding("key_of_stranger", index, {"key": str(change.old)})
            return
        self.keys = [change.new]
        self.state.add_key(index, change.new)

    def _chain(self, index: int, leaf: Leaf, hashed: bytes) -> Iterator[Finding]:
        at = round(leaf.at.timestamp() * 1000)
        before = self.state.take_tip(leaf.prev) if leaf.prev else None
        self.state.put_tip(hashed, Tip(index, at, before.since if before else at))
        if leaf.prev and before is None:
            yield Finding("prev_not_open", index, {"prev": leaf.prev.hex()})
        if before and at < before.at:
            yield Finding("step_before_previous", index, {"previous": before.index})


def _in_time(index: int, at: datetime, bounds: Bounds) -> Iterator[Finding]:
    seconds = int(at.timestamp())
    if too_late(seconds, bounds) and bounds.before is not None:
        yield Finding("step_in_future", index, {"at": moment(seconds), "seen": moment(bounds.before)})
    if too_early(seconds, bounds) and bounds.after is not None:
        yield Finding("step_entered_late", index, {"at": moment(seconds), "seen": moment(bounds.after)})


def moment(seconds: int) -> str:
    """POSIX seconds as ISO, for the file of findings."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
