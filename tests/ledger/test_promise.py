"""The promise: its one form, which no checkpoint has."""

import pytest

from qyzmet.ledger.checkpoint import Checkpoint, parse_checkpoint
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.promise import HEADER, Promise, parse_promise
from qyzmet.ledger.strict import base64_of

GOOD = Promise("log.example/city", b"h" * 32, 1_776_000_000, 1_776_000_060)


def test_a_promise_there_and_back() -> None:
    assert parse_promise(GOOD.text()) == GOOD
    at_once = Promise("o", b"h" * 32, 5, 5)
    assert parse_promise(at_once.text()) == at_once


HASH = base64_of(b"h" * 32)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_promise"),
        (GOOD.text()[:-1], "bad_promise"),
        (GOOD.text() + "\n", "bad_promise"),
        (GOOD.text() + "more\n", "bad_promise"),
        (GOOD.text().replace("v1", "v2"), "bad_promise"),
        (f"{HEADER}\n\nleaf {HASH}\ntime 1\nby 2\n", "bad_promise"),
        (f"{HEADER}\n12\nleaf {HASH}\ntime 1\nby 2\n", "bad_promise"),
        (f"{HEADER}\no\nleaf {HASH}\nby 1\ntime 2\n", "bad_promise"),
        (f"{HEADER}\no\nleaf{HASH}\ntime 1\nby 2\n", "bad_promise"),
        (f"{HEADER}\no\nleaf {HASH}\ntime 3\nby 2\n", "bad_promise"),
        (f"{HEADER}\no\nleaf {HASH}\ntime 01\nby 2\n", "bad_number"),
        (f"{HEADER}\no\nleaf {HASH}\ntime 1\nby {2**63}\n", "bad_number"),
        (f"{HEADER}\no\nleaf {HASH[:-1]}\ntime 1\nby 2\n", "bad_base64"),
        (f"{HEADER}\no\nleaf AAAA\ntime 1\nby 2\n", "bad_hash_length"),
    ],
)
def test_what_is_no_promise(text: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        parse_promise(text)


def test_neither_passes_for_the_other() -> None:
    with pytest.raises(Invalid, match="bad_number"):
        parse_checkpoint(GOOD.text())
    with pytest.raises(Invalid, match="bad_promise"):
        parse_promise(Checkpoint(HEADER, 5, b"h" * 32, ("time 1", "by 2")).text())
    for origin in ("", "12", "a\nb"):
        with pytest.raises(ValueError, match="not an origin"):
            Promise(origin, b"h" * 32, 1, 2).text()
