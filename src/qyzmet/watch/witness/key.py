"""The key of a witness: one line in a file that only its owner may read."""

import os
import secrets
from pathlib import Path

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import COSIGNATURE, SigningKey, parse_signing_key, signing_key, write_signing_key
from qyzmet.watch.refusal import Refusal

OTHERS = 0o077
"""The rights of a key file that must not be there."""


def witness_key(path: Path, name: str) -> tuple[SigningKey, bool]:
    """The key in the file, and whether it was made just now: that is done on the first start, with mode 0600.

    `Refusal`: `key_open` (others may read it), `key_of_another` (another name), `key_unreadable`.
    `Invalid` for a name that no key can bear.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _made(path, name), True
    except (OSError, UnicodeDecodeError):
        raise Refusal("key_unreadable", path=path) from None
    if path.stat().st_mode & OTHERS:
        raise Refusal("key_open", path=path)
    return _known(path, text, name), False


def _known(path: Path, text: str, name: str) -> SigningKey:
    try:
        key, _ = parse_signing_key(text.strip())
    except Invalid:
        raise Refusal("key_unreadable", path=path) from None
    if key.public.kind != COSIGNATURE or (name and key.public.name != name):
        raise Refusal("key_of_another", path=path, name=key.public.name)
    return key


def _made(path: Path, name: str) -> SigningKey:
    """Written whole or not at all: a key that was half written would look like a lost one."""
    seed = secrets.token_bytes(32)
    key = signing_key(name, seed, COSIGNATURE)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}.half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(write_signing_key(key, seed) + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    _settle(path.parent)
    return key


def _settle(folder: Path) -> None:
    """So that the name outlives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
