"""The code by which a person follows a case: shown once, kept as a hash."""

import hashlib
import secrets

from qyzmet.text import codes


def new_code(secret: str = "") -> str:
    """A follow-up code of 100 bits: random, or the one that always follows from `secret`."""
    return codes.follow_code(hashlib.sha256(secret.encode()).digest() if secret else secrets.token_bytes(16))


def hash_code(code: str) -> str:
    """How a follow-up code is kept: hex SHA-256 of its normal form. 100 random bits need no slow hash."""
    return hashlib.sha256(codes.normalise(code).encode()).hexdigest()
