"""Between which moments an entry can have been made, by the heads that were seen before and after it."""

from bisect import bisect_right
from dataclasses import dataclass

from qyzmet.ledger.verdict import SKEW_SECONDS
from qyzmet.watch.monitor.state import SeenHead, State

LATE_SECONDS = 3600
"""How much later than its time a step may be entered: a command over a whole city works so long with one time."""


@dataclass(frozen=True)
class Bounds:
    """POSIX seconds: the log did not have the entry at `after`, and had it at `before`."""

    after: int | None
    before: int | None


class Times:
    """The bounds of entries from `start` on, from the heads in a state."""

    def __init__(self, state: State, start: int) -> None:
        heads = state.heads_from(start + 1)
        self.sizes = [head.size for head in heads]
        latest = state.latest_without(start)
        self.after = [latest]
        for head in heads:
            latest = _latest(latest, lacked_at(head))
            self.after.append(latest)
        self.before: list[int] = []
        earliest: int | None = None
        for head in reversed(heads):
            earliest = min(had_at(head), earliest or had_at(head))
            self.before.append(earliest)
        self.before.reverse()

    def of(self, index: int) -> Bounds:
        """The bounds of one entry."""
        place = bisect_right(self.sizes, index)
        return Bounds(self.after[place], self.before[place] if place < len(self.before) else None)


def had_at(head: SeenHead) -> int:
    """The earliest moment at which somebody had seen the head: a witness, or this monitor."""
    return head.first_at if head.witnessed_at is None else min(head.witnessed_at, head.first_at)


def lacked_at(head: SeenHead) -> int | None:
    """The latest moment at which the log is known to have had no more than this; None for a copy without witnesses."""
    return _latest(head.witnessed_at, head.last_at if head.live else None)


def _latest(one: int | None, other: int | None) -> int | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def too_late(at: int, bounds: Bounds) -> bool:
    """Whether a step of that time was seen before it can have happened."""
    return bounds.before is not None and at > bounds.before + SKEW_SECONDS


def too_early(at: int, bounds: Bounds) -> bool:
    """Whether a step of that time was entered long after it is said to have happened."""
    return bounds.after is not None and at < bounds.after - LATE_SECONDS
