"""What a log sends to a witness: how far the witness was, a consistency proof, and the new head."""

from dataclasses import dataclass

from qyzmet.ledger.checkpoint import Checkpoint, read_checkpoint
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.note import Note, parse_note
from qyzmet.ledger.strict import decimal, hash_from, utf8

PROOF_LIMIT = 63
"""Lines of a consistency proof."""
BODY_LIMIT = 400_000
"""Bytes: a head with a hundred signatures of the largest kind, and the proof."""


@dataclass(frozen=True)
class Submission:
    """A request to cosign `checkpoint`, whose note is `note` (`raw` as it came)."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint
    note: Note
    raw: bytes


def parse_submission(body: bytes) -> Submission:
    """The request in a body. `bad_request` and what its parts raise.

    Neither the sizes nor the root of an empty tree are compared here: each has an answer of its own.
    """
    if len(body) > BODY_LIMIT:
        raise Invalid("bad_request", why="too_long")
    head, blank, raw = body.partition(b"\n\n")
    if not blank:
        raise Invalid("bad_request", why="lines")
    first, *lines = utf8(head, "request").split("\n")
    if not first.startswith("old "):
        raise Invalid("bad_request", why="header")
    if len(lines) > PROOF_LIMIT:
        raise Invalid("bad_request", why="path")
    old = decimal(first.removeprefix("old "), "size")
    proof = tuple(hash_from(line, "path") for line in lines)
    note = parse_note(raw)
    return Submission(old, proof, read_checkpoint(note.text), note, raw)
