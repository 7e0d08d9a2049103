"""Key lines: what a name may be, and that the id is the key's own."""

import hashlib
import sys

import pytest

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import (
    COSIGNATURE,
    ED25519,
    ML_DSA_COSIGNATURE,
    VerifierKey,
    key_id,
    key_name,
    parse_key,
    parse_signing_key,
    signing_key,
    write_signing_key,
)
from qyzmet.ledger.strict import base64_of
from tests.ledger.made import LOG, WITNESSES

# unicode.IsSpace of Go, whose programs read the same files
SPACES = {
    *range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
}  # fmt: skip


def test_a_name_is_refused_for_every_space_of_unicode_and_for_nothing_else() -> None:
    refused = set()
    for point in range(sys.maxunicode + 1):
        try:
            key_name(f"a{chr(point)}b")
        except Invalid:
            refused.add(point)
    assert refused == SPACES | {ord("+")} | set(range(0x20)) | set(range(0xD800, 0xE000))
    with pytest.raises(Invalid, match="bad_key_name"):
        key_name("")
    assert key_name("журнал.example/қала\u200b\x7f") == "журнал.example/қала\u200b\x7f"


def test_the_id_is_the_start_of_a_hash() -> None:
    assert key_id("a", 4, b"k" * 32) == hashlib.sha256(b"a\n\x04" + b"k" * 32).digest()[:4]


@pytest.mark.parametrize("key", [LOG.public, WITNESSES[0].public, VerifierKey("pq", ML_DSA_COSIGNATURE, b"k" * 1312)])
def test_a_key_there_and_back(key: VerifierKey) -> None:
    assert parse_key(str(key)) == key
    assert key.supported == (key.kind != ML_DSA_COSIGNATURE)


def line(name: str, kind: int, key: bytes) -> str:
    return f"{name}+{key_id(name, kind, key).hex()}+{base64_of(bytes([kind]) + key)}"


def test_every_change_of_one_sign_in_a_key_is_found() -> None:
    good = str(LOG.public)
    for at in range(len(good)):
        for wrong in (good[:at], good[:at] + chr(ord(good[at]) + 1) + good[at + 1 :], good[:at] + good[at + 1 :]):
            with pytest.raises(Invalid):
                parse_key(wrong)


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("", "bad_key", "id"),
        ("name", "bad_key", "id"),
        ("name+1234567", "bad_key", "id"),
        ("name+1234567g+AQ==", "bad_key", "id"),
        (str(LOG.public).replace("+", "+0", 1), "bad_key", "id"),
        (f"{LOG.public.name}+00000000+{str(LOG.public).split('+', 2)[2]}", "bad_key", "id"),
        (f"{LOG.public.name}+{LOG.public.id.hex().upper()}+{str(LOG.public).split('+', 2)[2]}", "bad_key", "id"),
        ("name+12345678+", "bad_key", "kind"),
        ("name+12345678+AQ==", "bad_key", "kind"),
        (line("name", 0x02, b"k" * 32), "bad_key", "kind"),
        (line("name", 0x05, b"k" * 32), "bad_key", "kind"),
        (line("name", ED25519, b"k" * 31), "bad_key", "kind"),
        (line("name", ED25519, b"k" * 33), "bad_key", "kind"),
        (line("name", ML_DSA_COSIGNATURE, b"k" * 32), "bad_key", "kind"),
        (line("a name", ED25519, b"k" * 32), "bad_key_name", None),
        (line("", ED25519, b"k" * 32), "bad_key_name", None),
        ("\ud800+12345678+" + base64_of(b"\x01" + b"k" * 32), "bad_key_name", None),
        ("name+12345678+A", "bad_base64", None),
        (str(LOG.public) + "\n", "bad_base64", None),
    ],
)
def test_what_is_no_key(text: str, code: str, why: str | None) -> None:
    with pytest.raises(Invalid) as wrong:
        parse_key(text)
    assert (wrong.value.code, wrong.value.values.get("why")) == (code, why)


def test_signing_and_checking() -> None:
    signature = LOG.sign(b"message")
    assert LOG.public.verifies(signature, b"message")
    assert not LOG.public.verifies(signature, b"massage")
    assert not LOG.public.verifies(signature[:-1], b"message")
    assert not WITNESSES[0].public.verifies(signature, b"message")
    assert not VerifierKey("pq", ML_DSA_COSIGNATURE, b"k" * 1312).verifies(signature, b"message")


def test_a_private_key_there_and_back() -> None:
    for kind in (ED25519, COSIGNATURE):
        key = signing_key("log.example", b"s" * 32, kind)
        text = write_signing_key(key, b"s" * 32)
        back, seed = parse_signing_key(text)
        assert (back.public, seed) == (key.public, b"s" * 32)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "private"),
        (str(LOG.public), "private"),
        (f"PRIVATE+KEY+pq+00000000+{base64_of(bytes([6]) + b's' * 32)}", "private"),
        (f"PRIVATE+KEY+log+00000000+{base64_of(bytes([1]) + b's' * 31)}", "private"),
        (f"PRIVATE+KEY+log+00000000+{base64_of(bytes([1]) + b's' * 32)}", "id"),
    ],
)
def test_what_is_no_private_key(text: str, why: str) -> None:
    with pytest.raises(Invalid, match="bad_key") as wrong:
        parse_signing_key(text)
    assert wrong.value.values["why"] == why
    assert "c3Nz" not in str(wrong.value), "a secret in an error ends in a log file"
