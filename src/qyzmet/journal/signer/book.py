"""What the signer remembers, and what it therefore refuses: a head that does not extend the last one it signed."""

import json
import os
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from qyzmet.ledger.checkpoint import Checkpoint
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.key_change import KeyChange, change_key
from qyzmet.ledger.keys import SigningKey, parse_signing_key, signing_key, write_signing_key
from qyzmet.ledger.note import Note, sign
from qyzmet.ledger.promise import Promise
from qyzmet.ledger.strict import base64_of, hash_from
from qyzmet.ledger.tree import EMPTY_ROOT, check_consistency

KEY, OLD_KEY, HEAD = "key", "key.old", "head.json"
SEED_BYTES = 32
WRONG_RIGHTS = 0o077
"""Rights a key file must not give: to the group and to others."""


@dataclass
class Book:
    """The signer's folder: its key, the key it replaces (if any), and the last head it signed."""

    folder: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def keys(self) -> list[SigningKey]:
        """The keys that sign now: the current one, and after a change also the old one until it is retired."""
        found = [_load(self.folder / name) for name in (KEY, OLD_KEY) if (self.folder / name).exists()]
        return found[:1] if len({key.public for key in found}) == 1 else found

    @property
    def origin(self) -> str:
        """The log's name, which is the name of its key."""
        return self.keys[0].public.name

    def head(self) -> Checkpoint:
        """The last head that was signed; the empty tree before the first. `signer_forgot` where it was taken away."""
        try:
            kept = json.loads((self.folder / HEAD).read_bytes())
        except FileNotFoundError:
            raise Invalid("signer_forgot", path=str(self.folder / HEAD)) from None
        return Checkpoint(self.origin, kept["size"], hash_from(kept["root"], "root"))

    def checkpoint(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """Sign the head of that size. `proof` is the consistency proof from the last head signed.

        `Invalid`: `size_went_back`, `wrong_root` and whatever else `check_consistency` says. The head is on the disk
        before its signature leaves.
        """
        with self._lock:
            last, asked = self.head(), Checkpoint(self.origin, size, root)
            if last.size:
                check_consistency(old_size=last.size, size=size, old_root=last.root, root=root, proof=proof)
            elif size == 0:
                raise Invalid("nothing_to_sign")
            if asked != last:
                _write(self.folder / HEAD, _kept(size, root))
            return self._signed(asked.text())

    def promise(self, leaf_hash: bytes, *, time: int, by: int) -> str:
        """Sign the promise that this leaf will stand in the log by `by` (POSIX seconds)."""
        return self._signed(Promise(self.origin, leaf_hash, time, by).text())

    def change_key(self, *, at: datetime) -> KeyChange:
        """Make a new key and say so; from now on both sign, until `retire`. Asked again meanwhile, it says so again."""
        with self._lock:
            old = _load(self.folder / KEY)
            if (self.folder / OLD_KEY).exists():
                new, old = old, _load(self.folder / OLD_KEY)
            if not (self.folder / OLD_KEY).exists() or new.public == old.public:
                new, seed = _made(old.public.name)
                _write(self.folder / OLD_KEY, (self.folder / KEY).read_bytes())
                _write(self.folder / KEY, _line(new, seed))
            return change_key(old, new, at=at)

    def retire(self) -> None:
        """Forget the old key: from now on only the new one signs."""
        with self._lock:
            (self.folder / OLD_KEY).unlink(missing_ok=True)

    def _signed(self, text: str) -> str:
        return str(Note(text, tuple(sign(text, key) for key in self.keys)))


def open_book(folder: Path, *, origin: str) -> Book:
    """The book in this folder; a new one gets a key under the name `origin`.

    `bad_key_rights` if others may read the key; `signer_forgot` for a key without the head it signed last: from nothing
    it would sign a second history.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, head = folder / KEY, folder / HEAD
    if path.exists() and not head.exists():
        raise Invalid("signer_forgot", path=str(head))
    if not head.exists():  # before the key, so that a key never stands without it
        _write(head, _kept(0, EMPTY_ROOT))
    if not path.exists():
        _write(path, _line(*_made(origin)))
    book = Book(folder)
    if not book.keys:
        raise Invalid("bad_key", why="missing", given=str(path))
    return book


def _made(name: str) -> tuple[SigningKey, bytes]:
    seed = secrets.token_bytes(SEED_BYTES)
    return signing_key(name, seed), seed


def _line(key: SigningKey, seed: bytes) -> bytes:
    return f"{write_signing_key(key, seed)}\n".encode()


def _kept(size: int, root: bytes) -> bytes:
    return json.dumps({"size": size, "root": base64_of(root)}).encode()


def _load(path: Path) -> SigningKey:
    if path.stat().st_mode & WRONG_RIGHTS:
        raise Invalid("bad_key_rights", path=str(path))
    return parse_signing_key(path.read_text().strip())[0]


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and on the disk before it counts."""
    made = path.with_name(f".{path.name}-{secrets.token_hex(6)}")
    with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
