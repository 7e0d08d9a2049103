"""The entry by which a log changes its key: the old key names the new one, and the new one agrees."""

from dataclasses import dataclass
from datetime import datetime

import rfc8785

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import ED25519, SigningKey, VerifierKey, parse_key
from qyzmet.ledger.leaf import VERSION, parse_object
from qyzmet.ledger.strict import base64_of, unbase64

HEADER = "qyzmet.key/v1"


@dataclass(frozen=True)
class KeyChange:
    """From this entry on, checkpoints are signed by `new`. Both keys bear the log's name."""

    at: datetime
    old: VerifierKey
    new: VerifierKey
    old_signature: bytes
    new_signature: bytes

    def text(self) -> bytes:
        """The canonical bytes of the entry. ValueError for a time without its zone."""
        if self.at.tzinfo is None:
            raise ValueError("the time of an entry has a zone")
        names = {
            "old": str(self.old),
            "new": str(self.new),
            "by_old": base64_of(self.old_signature),
            "by_new": base64_of(self.new_signature),
        }
        return rfc8785.dumps({"v": VERSION, "t": _moment(self.at), "key": names})

    @property
    def holds(self) -> bool:
        """Whether both keys are of one name, differ, and have signed this change."""
        if self.old.name != self.new.name or self.old == self.new or {self.old.kind, self.new.kind} != {ED25519}:
            return False
        message = _message(self.at, self.old, self.new)
        return self.old.verifies(self.old_signature, message) and self.new.verifies(self.new_signature, message)


def change_key(old: SigningKey, new: SigningKey, *, at: datetime) -> KeyChange:
    """The change, signed by both."""
    message = _message(at, old.public, new.public)
    return KeyChange(at, old.public, new.public, old.sign(message), new.sign(message))


def parse_key_change(data: bytes) -> KeyChange:
    """The change in an entry's bytes, exactly as `KeyChange.text` writes it. `bad_key_change` if it does not hold."""
    fields = parse_object(data, "entry")
    try:
        names = fields["key"]
        change = KeyChange(
            datetime.fromisoformat(fields["t"]),
            parse_key(names["old"]),
            parse_key(names["new"]),
            unbase64(names["by_old"], "signature"),
            unbase64(names["by_new"], "signature"),
        )
        same = change.text() == data
    except (KeyError, TypeError, AttributeError, ValueError):
        raise Invalid("bad_key_change") from None
    if not same or not change.holds:
        raise Invalid("bad_key_change")
    return change


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _message(at: datetime, old: VerifierKey, new: VerifierKey) -> bytes:
    return f"{HEADER}\n{old.name}\n{_moment(at)}\n{old}\n{new}\n".encode()
