"""The head of a log: origin, size and root (c2sp.org/tlog-checkpoint)."""

from dataclasses import dataclass

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.note import Note, parse_note
from qyzmet.ledger.strict import base64_of, decimal, hash_from
from qyzmet.ledger.tree import EMPTY_ROOT

ORIGIN_BYTES = 255
"""Of an origin: a post-quantum cosignature counts its length in one byte (c2sp.org/tlog-cosignature)."""


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: it is `origin`, and with `size` leaves its root is `root` (32 bytes)."""

    origin: str
    size: int
    root: bytes
    extension: tuple[str, ...] = ()
    """Further lines, which nobody can audit: ours has none."""

    def text(self) -> str:
        """The text of the note."""
        lines = [self.origin, str(self.size), base64_of(self.root), *self.extension]
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in the text of a note. `bad_checkpoint` and what its fields may raise."""
    checkpoint = read_checkpoint(text)
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise Invalid("bad_checkpoint", why="empty_root")
    return checkpoint


def read_checkpoint(text: str) -> Checkpoint:
    """As `parse_checkpoint`; whether the root of an empty tree is the only one it can have is left to the reader."""
    if not text.endswith("\n"):
        raise Invalid("bad_checkpoint", why="no_newline")
    lines = text[:-1].split("\n")
    if len(lines) < 3 or "" in lines:
        raise Invalid("bad_checkpoint", why="lines")
    if len(lines[0].encode(errors="surrogatepass")) > ORIGIN_BYTES:
        raise Invalid("bad_checkpoint", why="origin")
    size, root = decimal(lines[1], "size"), hash_from(lines[2], "root")
    return Checkpoint(lines[0], size, root, tuple(lines[3:]))


def parse_signed(data: bytes) -> tuple[Checkpoint, Note]:
    """The checkpoint of a signed note, and the note. Its signatures are not checked here."""
    note = parse_note(data)
    return parse_checkpoint(note.text), note
