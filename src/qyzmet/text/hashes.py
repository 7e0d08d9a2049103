"""The hash of a text, as it stands in a journal row."""

import hashlib


def sha(text: str) -> str:
    """Hex SHA-256 of the UTF-8 bytes of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()
