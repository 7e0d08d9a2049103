"""The promise: what a log signs at once, before the entry has its place. Our own text in a signed note."""

from dataclasses import dataclass

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import base64_of, decimal, hash_from

HEADER = "qyzmet.promise/v1"
"""A checkpoint has a number in its second line and a promise its origin, so that neither passes for the other."""


@dataclass(frozen=True)
class Promise:
    """The leaf with this hash was received at `time` and will stand in the log by `by` (POSIX seconds)."""

    origin: str
    leaf_hash: bytes
    time: int
    by: int

    def text(self) -> str:
        """The text of the note. ValueError for an origin that a checkpoint could be mistaken for."""
        if not self.origin or self.origin.isdecimal() or "\n" in self.origin:
            raise ValueError(f"not an origin: {self.origin!r}")
        return f"{HEADER}\n{self.origin}\nleaf {base64_of(self.leaf_hash)}\ntime {self.time}\nby {self.by}\n"


def parse_promise(text: str) -> Promise:
    """The promise in the text of a note. `bad_promise` and what its fields may raise."""
    lines = text.split("\n")
    if len(lines) != 6 or lines[0] != HEADER or not lines[1] or lines[1].isdecimal() or lines[5]:
        raise Invalid("bad_promise")
    values = []
    for line, name in zip(lines[2:5], ("leaf", "time", "by"), strict=True):
        if not line.startswith(f"{name} "):
            raise Invalid("bad_promise")
        values.append(line.removeprefix(f"{name} "))
    promise = Promise(lines[1], hash_from(values[0], "leaf"), decimal(values[1], "time"), decimal(values[2], "by"))
    if promise.by < promise.time:
        raise Invalid("bad_promise")
    return promise
