"""Whatever the bytes are, a parser answers or says `Invalid`; and what it takes, it writes back the same."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.ledger.checkpoint import Checkpoint, parse_checkpoint, parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.key_change import change_key, parse_key_change
from qyzmet.ledger.keys import parse_key, parse_signing_key, write_signing_key
from qyzmet.ledger.leaf import parse_leaf
from qyzmet.ledger.note import parse_note, verify
from qyzmet.ledger.policy import parse_policy
from qyzmet.ledger.promise import parse_promise
from qyzmet.ledger.receipt import parse_receipt
from qyzmet.ledger.tiles import Tree, join_entries, parse_tile, read_entries, split_entries
from qyzmet.ledger.tlog_proof import TlogProof, parse_proof
from qyzmet.ledger.verdict import check_checkpoint, check_receipt
from tests.ledger.made import (
    AT,
    LOG,
    NEXT_LOG,
    WITNESSES,
    Files,
    entry,
    first,
    policy,
    policy_text,
    promise,
    receipt,
    signed,
    steps,
)

RECEIPT = receipt([first(), None])
STEP = steps([first()])[0]
CHECKPOINT = Checkpoint(LOG.public.name, 5, b"r" * 32)
NOTE = str(signed(CHECKPOINT.text(), LOG, *WITNESSES))
PROMISE = parse_note(promise(STEP).encode()).text
BUNDLE = join_entries([entry(n) for n in range(5)])
KEYS = [LOG.public, *(one.public for one in WITNESSES)]
TRUSTED = policy("any")


def text(parse: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda data: parse(data.decode(errors="surrogateescape"))


def tile(data: bytes) -> None:
    """Whatever a reader may give for a tile."""
    tree = Tree(Files({"tile/0/000.p/5": data}), 5)
    assert tree.inclusion(2)
    assert tree.consistency(3)


PARSERS: dict[str, tuple[bytes, Callable[[bytes], Any], Callable[[Any], bytes] | None]] = {
    "leaf": (STEP.leaf_text, parse_leaf, lambda leaf: leaf.text()),
    "note": (NOTE.encode(), parse_note, lambda note: str(note).encode()),
    "signatures": (NOTE.encode(), lambda data: verify(parse_note(data), KEYS), None),
    "signed checkpoint": (NOTE.encode(), lambda data: parse_signed(data)[1], lambda note: str(note).encode()),
    "checkpoint": (
        CHECKPOINT.text().encode(),
        text(parse_checkpoint),
        lambda found: found.text().encode("utf-8", "surrogateescape"),
    ),
    "trusted checkpoint": (NOTE.encode(), lambda data: check_checkpoint(data, TRUSTED), None),
    "proof": (str(TlogProof(5, (b"h" * 32,) * 2, NOTE, b"x")).encode(), parse_proof, lambda proof: str(proof).encode()),
    "policy": (policy_text().encode(), parse_policy, None),
    "promise": (PROMISE.encode(), text(parse_promise), lambda found: found.text().encode("utf-8", "surrogateescape")),
    "key": (str(LOG.public).encode(), text(parse_key), lambda key: str(key).encode()),
    "private key": (write_signing_key(LOG, b"\x01" * 32).encode(), text(parse_signing_key), None),
    "key change": (change_key(LOG, NEXT_LOG, at=AT).text(), parse_key_change, lambda change: change.text()),
    "bundle": (BUNDLE, lambda data: split_entries(data, 5), join_entries),
    "bundle read": (BUNDLE, lambda data: read_entries(Files({"tile/entries/000.p/5": data}), 0, 5), join_entries),
    "tile": (b"h" * 160, tile, None),
    "tile path": (b"tile/entries/x001/x234/067.p/255", text(parse_tile), lambda tile: tile.path().encode()),
    "receipt": (RECEIPT.text().encode(), lambda data: check_receipt(parse_receipt(data), TRUSTED), None),
}

PIECES = [
    b"\n",
    b"\n\n",
    b" ",
    b"+",
    b"\\ud800",
    b"\xe2\x80\x94 ",
    b"\x00",
    b"\xff",
    b"9" * 30,
    b"null",
    b"NaN",
    b"1e999",
    b"[",
    b"{",
    b'"',
    b"-",
    b"=",
]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["put", "cut", "over", "double", "end"]),
        st.floats(0, 1),
        st.integers(1, 40),
        st.sampled_from(PIECES) | st.binary(max_size=4),
    ),
    min_size=1,
    max_size=4,
)


def edited(data: bytes, edits: list[tuple[str, float, int, bytes]]) -> bytes:
    for kind, where, length, piece in edits:
        at = int(where * len(data))
        data = {
            "put": data[:at] + piece + data[at:],
            "cut": data[:at] + data[at + length :],
            "over": data[:at] + piece + data[at + len(piece) :],
            "double": data[: at + length] + data[at:],
            "end": data[:at],
        }[kind]
    return data


def tried(name: str, data: bytes) -> None:
    _, parse, write = PARSERS[name]
    try:
        found = parse(data)
    except Invalid as wrong:
        assert str(wrong)
    else:
        assert write is None or write(found) == data


@pytest.mark.parametrize("name", PARSERS)
def test_the_good_file_is_good(name: str) -> None:
    good, parse, write = PARSERS[name]
    found = parse(good)
    assert write is None or write(found) == good


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(edits=EDITS)
def test_a_good_file_edited(name: str, edits: list[tuple[str, float, int, bytes]]) -> None:
    tried(name, edited(PARSERS[name][0], edits))


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(data=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes(name: str, data: bytes) -> None:
    tried(name, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
"""Any JSON, and a little that is not."""


@settings(max_examples=300, deadline=None)
@given(
    where=st.sampled_from(["format", "log", "case", "steps", "texts", "leaf", "salt", "content", "proof", "promise"]),
    value=JSON,
)
def test_any_value_in_any_place_of_a_receipt(where: str, value: Any) -> None:
    fields = json.loads(RECEIPT.text())
    (fields if where in fields else fields["steps"][0])[where] = value
    data = json.dumps(fields).encode()
    try:
        verdict = check_receipt(parse_receipt(data), TRUSTED)
    except Invalid:
        return
    assert not verdict.holds or where == "texts"
