"""Strict readings of the small things every C2SP format is made of: base64, decimal numbers, hashes."""

import base64
import binascii
import re

from qyzmet.ledger.invalid import Invalid

HASH_BYTES = 32
LARGEST = 2**63 - 1
"""Tree sizes, indexes and times are signed 64-bit numbers in every implementation there is."""
_DECIMAL = re.compile(r"0|[1-9][0-9]*", re.ASCII)


def decimal(text: str, what: str) -> int:
    """ASCII decimal without leading zeros, at most 2^63 - 1. `what` names the field in the error."""
    if not _DECIMAL.fullmatch(text) or len(text) > 19 or int(text) > LARGEST:
        raise Invalid("bad_number", what=what, given=text[:40])
    return int(text)


def unbase64(text: str, what: str) -> bytes:
    """Standard padded base64 (RFC 4648, section 4) in its one canonical form."""
    try:
        found = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Invalid("bad_base64", what=what) from None
    if base64.b64encode(found).decode() != text:
        raise Invalid("bad_base64", what=what)
    return found


def base64_of(data: bytes) -> str:
    """Standard padded base64."""
    return base64.b64encode(data).decode()


def hash_from(text: str, what: str) -> bytes:
    """A SHA-256 hash written in base64."""
    found = unbase64(text, what)
    if len(found) != HASH_BYTES:
        raise Invalid("bad_hash_length", what=what, length=len(found))
    return found


def utf8(data: bytes, what: str) -> str:
    """The text of UTF-8 bytes."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Invalid("not_utf8", what=what) from None
