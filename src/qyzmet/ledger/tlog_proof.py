"""A proof that an entry stands in a log, as a file (c2sp.org/tlog-proof)."""

from dataclasses import dataclass

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import base64_of, decimal, hash_from, unbase64, utf8

HEADER = "c2sp.org/tlog-proof@v1"
LONGEST_PATH = 63
"""Hashes of an inclusion proof in a tree of at most 2^63 leaves."""
PROOF_LIMIT = 1_100_000
"""Bytes of a proof file."""


@dataclass(frozen=True)
class TlogProof:
    """Index (from 0), path from the leaf's sibling up, and the checkpoint's note, verbatim."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None
    """Whatever the application adds; nothing vouches for it."""

    def __str__(self) -> str:
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {base64_of(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(base64_of(one) for one in self.path)
        return "\n".join(lines) + "\n\n" + self.checkpoint


def parse_proof(data: bytes) -> TlogProof:
    """The proof in these bytes; the checkpoint is not looked into. `bad_proof` and what its fields may raise."""
    if len(data) > PROOF_LIMIT:
        raise Invalid("bad_proof", why="too_long")
    head, blank, checkpoint = utf8(data, "proof").partition("\n\n")
    lines = head.split("\n")
    if not blank or not checkpoint or lines.pop(0) != HEADER:
        raise Invalid("bad_proof", why="header")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = unbase64(lines.pop(0).removeprefix("extra "), "extra")
    if not lines or not lines[0].startswith("index "):
        raise Invalid("bad_proof", why="index")
    index = decimal(lines.pop(0).removeprefix("index "), "index")
    if len(lines) > LONGEST_PATH:
        raise Invalid("bad_proof", why="path")
    return TlogProof(index, tuple(hash_from(line, "path") for line in lines), checkpoint, extra)
