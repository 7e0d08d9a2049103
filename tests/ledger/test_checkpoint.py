"""Checkpoints: three lines, and further ones that nobody can audit."""

import pytest

from qyzmet.ledger.checkpoint import Checkpoint, parse_checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import LARGEST, base64_of
from qyzmet.ledger.tree import EMPTY_ROOT
from tests.ledger.made import LOG, signed

ROOT = base64_of(b"r" * 32)


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint("log.example/city", 1, b"r" * 32),
        Checkpoint("an origin with spaces + қала", LARGEST, b"r" * 32),
        Checkpoint("log.example/city", 0, EMPTY_ROOT),
        Checkpoint("қ" * 127 + "a", 1, b"r" * 32),
        Checkpoint("log.example/city", 7, b"r" * 32, ("one", "two words")),
    ],
)
def test_a_checkpoint_there_and_back(checkpoint: Checkpoint) -> None:
    assert parse_checkpoint(checkpoint.text()) == checkpoint
    note = signed(checkpoint.text(), LOG)
    assert parse_signed(str(note).encode()) == (checkpoint, note)


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("", "bad_checkpoint", "no_newline"),
        (f"o\n1\n{ROOT}", "bad_checkpoint", "no_newline"),
        ("o\n1\n", "bad_checkpoint", "lines"),
        (f"\n1\n{ROOT}\n", "bad_checkpoint", "lines"),
        (f"o\n1\n{ROOT}\n\n", "bad_checkpoint", "lines"),
        (f"o\n1\n{ROOT}\n\nmore\n", "bad_checkpoint", "lines"),
        (f"o\n1\n\n{ROOT}\n", "bad_checkpoint", "lines"),
        (f"o\n0\n{ROOT}\n", "bad_checkpoint", "empty_root"),
        (f"{'o' * 256}\n1\n{ROOT}\n", "bad_checkpoint", "origin"),
        (f"{'қ' * 128}\n1\n{ROOT}\n", "bad_checkpoint", "origin"),
        ("\udc80\n", "bad_checkpoint", "lines"),
        (f"\udc80{'o' * 253}\n1\n{ROOT}\n", "bad_checkpoint", "origin"),
        (f"o\n01\n{ROOT}\n", "bad_number", None),
        (f"o\n-1\n{ROOT}\n", "bad_number", None),
        (f"o\n1 \n{ROOT}\n", "bad_number", None),
        (f"o\n{LARGEST + 1}\n{ROOT}\n", "bad_number", None),
        (f"o\n{2**64}\n{ROOT}\n", "bad_number", None),
        (f"o\n1\n{ROOT} \n", "bad_base64", None),
        (f"o\n1\n{ROOT[:-1]}\n", "bad_base64", None),
        (f"o\n1\n{base64_of(b'r' * 31)}\n", "bad_hash_length", None),
    ],
)
def test_what_is_no_checkpoint(text: str, code: str, why: str | None) -> None:
    with pytest.raises(Invalid) as wrong:
        parse_checkpoint(text)
    assert (wrong.value.code, wrong.value.values.get("why")) == (code, why)


def test_lines_after_the_signatures_are_refused() -> None:
    good = str(signed(Checkpoint("o", 1, b"r" * 32).text(), LOG))
    for more in ("more\n", "\n", "\nmore\n"):
        with pytest.raises(Invalid):
            parse_signed((good + more).encode())
