"""A log in a folder, for tests: it grows by `ledger.grow`, signs its heads, and can be made to lie."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qyzmet.ledger.checkpoint import Checkpoint
from qyzmet.ledger.keys import COSIGNATURE, SigningKey, signing_key
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.note import Note, Signature, cosign, sign
from qyzmet.ledger.policy import Policy, Witness
from qyzmet.ledger.tiles import Tree, grow
from qyzmet.ledger.tree import EMPTY_ROOT, root_of

ORIGIN = "log.example.kz/main"


def log_key(name: str = ORIGIN, word: str = "log") -> SigningKey:
    """A log's key made from a word."""
    return signing_key(name, hashlib.sha256(word.encode()).digest())


def witness_key_of(name: str) -> SigningKey:
    """A witness's key made from its name."""
    return signing_key(name, hashlib.sha256(name.encode()).digest(), COSIGNATURE)


class Files:
    """A folder as a reader."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


@dataclass
class FakeLog:
    """The entries are kept, so that a test can compute from the beginning what the tiles should say."""

    folder: Path
    key: SigningKey = field(default_factory=log_key)
    entries: list[bytes] = field(default_factory=list)
    witnesses: Sequence[SigningKey] = ()

    def append(self, entries: Iterable[bytes]) -> None:
        """Write the files of a larger tree; no head is signed."""
        fresh = list(entries)
        files = grow(Files(self.folder), len(self.entries), fresh, [leaf_hash(one) for one in fresh])
        for path, data in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        self.entries += fresh

    def rewrite(self, entries: Sequence[bytes]) -> None:
        """Throw everything away and build another history."""
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        self.entries = []
        self.append(entries)

    @property
    def size(self) -> int:
        return len(self.entries)

    def tree(self) -> Tree:
        """The tree as the files say it."""
        return Tree(Files(self.folder), self.size)

    def head(self, size: int | None = None) -> Checkpoint:
        """The head over the first entries, computed from them and not from the tiles."""
        count = self.size if size is None else size
        root = root_of(leaf_hash(one) for one in self.entries[:count]) if count else EMPTY_ROOT
        return Checkpoint(self.key.public.name, count, root)

    def note(self, *, time: int | None = None, size: int | None = None) -> bytes:
        """The signed head, with the witnesses' cosignatures at `time` if there is one."""
        text = self.head(size).text()
        lines: list[Signature] = [sign(text, self.key)]
        if time is not None:
            lines += [cosign(text, witness, time=time) for witness in self.witnesses]
        return str(Note(text, tuple(lines))).encode()

    def publish(self, *, time: int | None = None) -> bytes:
        """Sign the head and put it where it is served."""
        note = self.note(time=time)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "checkpoint").write_bytes(note)
        return note

    def policy(self, quorum: str = "none") -> Policy:
        """A reader's policy with this log and its witnesses."""
        names = [witness.public.name for witness in self.witnesses]
        known = {name: Witness(name, one.public) for name, one in zip(names, self.witnesses, strict=True)}
        return Policy({self.key.public: ""}, known, {}, quorum)
