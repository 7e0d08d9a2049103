"""Signed notes (c2sp.org/signed-note): a text, a blank line, and lines that each hold one signature."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import COSIGNATURE, ED25519, SigningKey, VerifierKey, key_name
from qyzmet.ledger.strict import LARGEST, base64_of, unbase64, utf8

NOTE_LIMIT = 1_000_000
"""Bytes of a note."""
SIGNATURE_LIMIT = 100
"""Signatures of a note; the format asks for 16 at least."""
SIGNATURE_BYTES = 64
TIME_BYTES = 8
_DASH = "— "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True)
class Signature:
    """One signature line: the key's name and id, and the bytes after the id."""

    name: str
    id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64_of(self.id + self.data)}\n"


@dataclass(frozen=True)
class Note:
    """A note as it stands. Its text counts for nothing until `verify` has named whose signature holds."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


@dataclass(frozen=True)
class Signed:
    """A signature that holds. `time`: POSIX seconds of a cosignature, None for a plain signature."""

    key: VerifierKey
    time: int | None = None


def parse_note(data: bytes) -> Note:
    """The note in these bytes, or `Invalid`: `note_too_long`, `not_utf8`, `control_character`, `bad_note`."""
    if len(data) > NOTE_LIMIT:
        raise Invalid("note_too_long", limit=NOTE_LIMIT)
    whole = utf8(data, "note")
    _no_controls(whole)
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise Invalid("bad_note", why="no_signatures")
    rows = lines[:-1].split("\n")
    if len(rows) > SIGNATURE_LIMIT:
        raise Invalid("too_many_signatures", limit=SIGNATURE_LIMIT)
    return Note(text + "\n", tuple(map(parse_signature, rows)))


def parse_signature(line: str) -> Signature:
    """A signature line without its newline. `bad_note` where it is none."""
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not encoded:
        raise Invalid("bad_note", why="signature_line")
    data = unbase64(encoded, "signature")
    if len(data) <= 4:
        raise Invalid("bad_note", why="signature_length")
    return Signature(key_name(name), data[:4], data[4:])


def sign(text: str, key: SigningKey) -> Signature:
    """A plain Ed25519 signature of the text, which must end with a newline and hold no control character."""
    if key.public.kind != ED25519:
        raise ValueError("a witness's key signs checkpoints only, with a time")
    return Signature(key.public.name, key.public.id, key.sign(check_text(text).encode()))


def cosign(text: str, key: SigningKey, *, time: int) -> Signature:
    """A witness's signature (c2sp.org/tlog-cosignature, Ed25519) at `time` in POSIX seconds."""
    if key.public.kind != COSIGNATURE:
        raise ValueError("a plain key does not cosign")
    if not 0 <= time <= LARGEST:
        raise ValueError(f"not a POSIX time: {time}")
    signed = key.sign(cosigned_message(check_text(text), time))
    return Signature(key.public.name, key.public.id, time.to_bytes(TIME_BYTES, "big") + signed)


def cosigned_message(text: str, time: int) -> bytes:
    """What a witness signs: a line that names the format, the time, and the whole text of the checkpoint."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def check_text(text: str) -> str:
    """The text, if a note may hold it. `bad_note`, `not_utf8` or `control_character` otherwise."""
    if not text.endswith("\n"):
        raise Invalid("bad_note", why="no_newline")
    utf8(text.encode(errors="surrogatepass"), "note")
    _no_controls(text)
    return text


def verify(note: Note, keys: Iterable[VerifierKey]) -> list[Signed]:
    """Whose signatures hold, each key once (by its first signature), in the note's order.

    Signatures of other keys are ignored, as are those of kinds that are not checked here. `Invalid`: `bad_signature`
    if one of a known key does not hold, be it the second of that key; `unsigned` if none of a known key is there.
    """
    known = _by_name(keys)
    found: dict[tuple[str, bytes], Signed] = {}
    for signature in dict.fromkeys(note.signatures):
        name = (signature.name, signature.id)
        if name in known:
            found.setdefault(name, _check(note.text, signature, known[name]))
    if not found:
        raise Invalid("unsigned", names=", ".join(sorted({name for name, _ in known})))
    return list(found.values())


def cosignature_time(data: bytes) -> int:
    """The time in a cosignature (the bytes after the key id). `not_a_cosignature` for another length or time."""
    time = int.from_bytes(data[:TIME_BYTES], "big")
    if len(data) != TIME_BYTES + SIGNATURE_BYTES or time > LARGEST:
        raise Invalid("not_a_cosignature")
    return time


def _by_name(keys: Iterable[VerifierKey]) -> Mapping[tuple[str, bytes], VerifierKey]:
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.id), key) != key:
            raise Invalid("ambiguous_keys", name=key.name)
    return {name: key for name, key in known.items() if key.supported}


def _check(text: str, signature: Signature, key: VerifierKey) -> Signed:
    time, data, message = None, signature.data, text.encode()
    if key.kind == COSIGNATURE:
        time = cosignature_time(data)
        data, message = data[TIME_BYTES:], cosigned_message(text, time)
    if len(data) != SIGNATURE_BYTES or not key.verifies(data, message):
        raise Invalid("bad_signature", name=key.name)
    return Signed(key, time)


def _no_controls(text: str) -> None:
    if found := _CONTROL.search(text):
        raise Invalid("control_character", sign=f"U+{ord(found[0]):04X}")


def with_signatures(note: Note, more: Sequence[Signature]) -> Note:
    """The note with these signatures after its own; one of a key that is there already is left out."""
    have = {(one.name, one.id) for one in note.signatures}
    return Note(note.text, (*note.signatures, *(one for one in more if (one.name, one.id) not in have)))
