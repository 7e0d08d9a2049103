"""Keys of signed notes: a name, a short id and a key, written as one line (c2sp.org/signed-note, verifier keys)."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import base64_of, unbase64

ED25519 = 0x01
"""The log signs the text of the note itself."""
COSIGNATURE = 0x04
"""A witness signs the time and the text (c2sp.org/tlog-cosignature)."""
ML_DSA_COSIGNATURE = 0x06
"""Known by name only: signatures of this kind are skipped, as the note format asks of unknown keys."""
KEY_BYTES = {ED25519: 32, COSIGNATURE: 32, ML_DSA_COSIGNATURE: 1312}
# \s is what Unicode calls white space; half characters, which UTF-8 cannot hold, may come from a command line
_NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)


def key_name(name: str) -> str:
    """A name that a note may hold: not empty, no space of any script, no plus, no control character."""
    if not _NAME.fullmatch(name):
        raise Invalid("bad_key_name", name=name[:100])
    return name


def key_id(name: str, kind: int, key: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ newline ‖ kind ‖ key)."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


@dataclass(frozen=True)
class VerifierKey:
    """Whose signature counts: `name`, `kind` (see the constants) and the public key."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """The key id, 4 bytes, as signature lines begin with it."""
        return key_id(self.name, self.kind, self.key)

    @property
    def supported(self) -> bool:
        """Whether this key's signatures can be checked here."""
        return self.kind in (ED25519, COSIGNATURE)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64_of(bytes([self.kind]) + self.key)}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this is the Ed25519 signature (64 bytes) of this key over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def parse_key(text: str) -> VerifierKey:
    """A verifier key from its line `name+id+base64`. `bad_key` where any part is not what the format wants.

    The id must be the one the key gives, so that a slip of the hand is found.
    """
    name, _, rest = text.partition("+")
    given, _, encoded = rest.partition("+")
    if not _ID.fullmatch(given):
        raise Invalid("bad_key", why="id", given=text[:100])
    data = unbase64(encoded, "key")
    kind = data[0] if data else 0
    if KEY_BYTES.get(kind) != len(data) - 1:
        raise Invalid("bad_key", why="kind", given=text[:100])
    key = VerifierKey(key_name(name), kind, data[1:])
    if key.id.hex() != given:
        raise Invalid("bad_key", why="id", given=text[:100])
    return key


@dataclass(frozen=True)
class SigningKey:
    """The other half: it signs notes as a log (`ED25519`) or a witness (`COSIGNATURE`)."""

    public: VerifierKey
    sign: Callable[[bytes], bytes]
    """Ed25519 over a message: 64 bytes."""


def signing_key(name: str, seed: bytes, kind: int = ED25519) -> SigningKey:
    """The key of that name made from a 32-byte Ed25519 seed (RFC 8032, 5.1.5)."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return SigningKey(VerifierKey(key_name(name), kind, private.public_key().public_bytes_raw()), private.sign)


def parse_signing_key(text: str) -> tuple[SigningKey, bytes]:
    """The key of a line `PRIVATE+KEY+name+id+base64` as the Go tools write it, and its seed. `bad_key` otherwise."""
    head = "PRIVATE+KEY+"
    name, _, rest = text.removeprefix(head).partition("+")
    given, _, encoded = rest.partition("+")
    data = unbase64(encoded, "key")
    if not text.startswith(head) or len(data) != 33 or data[0] not in (ED25519, COSIGNATURE):
        raise Invalid("bad_key", why="private", given=head)
    key = signing_key(key_name(name), data[1:], data[0])
    if key.public.id.hex() != given:
        raise Invalid("bad_key", why="id", given=head + name)
    return key, data[1:]


def write_signing_key(key: SigningKey, seed: bytes) -> str:
    """The line `PRIVATE+KEY+name+id+base64` of this key."""
    public = key.public
    return f"PRIVATE+KEY+{public.name}+{public.id.hex()}+{base64_of(bytes([public.kind]) + seed)}"
