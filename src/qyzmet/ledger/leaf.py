"""A leaf of the log: canonical JSON (RFC 8785) that holds times and a commitment, never a person.

The leaf goes into a public tree, so whatever could name a person, a body or a case stays inside the commitment:
SHA-256 over a 32-byte salt and the canonical content. Erasing content and salt leaves the tree whole.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import rfc8785

from qyzmet.ledger.invalid import Invalid

VERSION = 1
SALT_BYTES = 32
LEAF_LIMIT = 1000
"""Bytes; a leaf stays under 1 kB so that an entry bundle of 256 leaves stays a small file."""
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


def canonical(content: Mapping[str, Any]) -> bytes:
    """JSON in the one form RFC 8785 allows. Raises `rfc8785.CanonicalizationError` for what JSON cannot hold."""
    if all(key.isascii() and _is_simple(value) for key, value in content.items()):
        try:
            return _simple(content).encode()
        except UnicodeEncodeError:
            pass  # half a character, for which the library has its own error
    return rfc8785.dumps(dict(content))


def _is_simple(value: object) -> bool:
    """Whether Python's own JSON has the one form for it: texts, None, truth, whole numbers a float holds too."""
    if value is None or type(value) in (str, bool):
        return True
    return isinstance(value, int) and type(value) is int and abs(value) < 2**53


_simple = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""Five times as fast as the library, which walks over a journal row in Python."""


def commitment(salt: bytes, content: Mapping[str, Any]) -> bytes:
    """SHA-256(salt ‖ canonical content), 32 bytes. ValueError if the salt is not 32 bytes long."""
    return sealed(salt, canonical(content))


def sealed(salt: bytes, content: bytes) -> bytes:
    """The commitment to content that is canonical already. ValueError if the salt is not 32 bytes long."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, this one {len(salt)}")
    return hashlib.sha256(salt + content).digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf in a Merkle tree: SHA-256(0x00 ‖ leaf), RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x00" + leaf).digest()


@dataclass(frozen=True)
class Leaf:
    """What stands in clear. `rule` and `due_on` are None where they are only inside the commitment (accusations)."""

    at: datetime
    commitment: bytes
    prev: bytes | None = None
    rule: str | None = None
    due_on: date | None = None

    def text(self) -> bytes:
        """The canonical bytes of the leaf. ValueError when it would pass 1 kB, or for a time without its zone."""
        if self.at.tzinfo is None:
            raise ValueError("the time of a leaf has a zone")
        fields = {
            "v": VERSION,
            "t": self.at.isoformat(timespec="milliseconds"),
            "c": self.commitment.hex(),
            "p": self.prev.hex() if self.prev else None,
            "r": self.rule,
            "d": self.due_on.isoformat() if self.due_on else None,
        }
        text = canonical({key: value for key, value in fields.items() if value is not None})
        if len(text) > LEAF_LIMIT:
            raise ValueError(f"a leaf has at most {LEAF_LIMIT} bytes, this one {len(text)}")
        return text


def parse_object(data: bytes | str, what: str) -> dict[str, Any]:
    """A JSON object in UTF-8 without a doubled name, a fraction, NaN or Infinity. `bad_json` for anything else.

    `what` names it in the error. Nothing of ours holds a fraction, and whoever reads one had to know how it is written
    by RFC 8785.
    """
    try:
        # json would guess UTF-16 and UTF-32 too
        text = data if isinstance(data, str) else data.decode()
        found = json.loads(text, object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Invalid("bad_json", what=what) from None
    if not isinstance(found, dict):
        raise Invalid("bad_json", what=what)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


def parse_leaf(data: bytes) -> Leaf:
    """The leaf in these bytes, which must be exactly the ones `Leaf.text` writes. `bad_leaf` otherwise."""
    if len(data) > LEAF_LIMIT:
        raise Invalid("bad_leaf")
    fields = parse_object(data, "leaf")
    try:
        leaf = Leaf(
            at=datetime.fromisoformat(fields["t"]),
            commitment=_hash(fields["c"]),
            prev=_hash(fields["p"]) if "p" in fields else None,
            rule=_rule(fields["r"]) if "r" in fields else None,
            due_on=date.fromisoformat(fields["d"]) if "d" in fields else None,
        )
        same = leaf.text() == data
    except (KeyError, TypeError, ValueError, rfc8785.CanonicalizationError):
        raise Invalid("bad_leaf") from None
    if not same:
        raise Invalid("bad_leaf")
    return leaf


def _rule(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError("not a rule")
    return text


def _hash(text: str) -> bytes:
    if not _HASH.fullmatch(text):
        raise ValueError("not a hash")
    return bytes.fromhex(text)
