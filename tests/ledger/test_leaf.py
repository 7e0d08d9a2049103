"""A leaf: canonical, under 1 kB, hashed as RFC 6962 says."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import LEAF_LIMIT, Leaf, canonical, commitment, leaf_hash, parse_leaf, parse_object, sealed

AT = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)


def test_canonical_sorts_and_escapes_as_rfc_8785_says() -> None:
    assert canonical({"ә": 1, "b": "\u20ac\n", "a": [True, None]}) == '{"a":[true,null],"b":"€\\n","ә":1}'.encode()


KEYS = st.text("abcdef_", max_size=4) | st.text(max_size=2)
VALUES = st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text(max_size=20) | st.floats()


@given(st.dictionaries(KEYS, VALUES | st.lists(VALUES, max_size=2)))
@example({"a": '\x00\x08\x1f\x7f\u2028\\"/ә😀', "b": True, "c": None, "d": 2**53 - 1})
@example({"half": "\ud800"})
@example({"\ue000": 1, "\U00010000": 2})
@example({"large": 2**53})
def test_the_quick_way_writes_what_the_library_writes(content: dict[str, object]) -> None:
    try:
        wanted = rfc8785.dumps(content)
    except rfc8785.CanonicalizationError as error:
        with pytest.raises(type(error)):
            canonical(content)
    else:
        assert canonical(content) == wanted


def test_leaf_hash_of_nothing_is_the_one_in_rfc_6962_tests() -> None:
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_commitment_needs_a_salt_of_32_bytes() -> None:
    assert commitment(b"s" * 32, {"a": 1}) == hashlib.sha256(b"s" * 32 + b'{"a":1}').digest()
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"s", {"a": 1})


def test_a_leaf_leaves_out_what_is_not_there() -> None:
    assert Leaf(AT, b"\x01\x02").text() == b'{"c":"0102","t":"2026-04-15T05:00:00.000+00:00","v":1}'
    full = Leaf(AT, b"\x01", b"\x02", "APPC 99", date(2026, 5, 1)).text()
    assert full == b'{"c":"01","d":"2026-05-01","p":"02","r":"APPC 99","t":"2026-04-15T05:00:00.000+00:00","v":1}'


def test_a_leaf_stays_under_a_kilobyte() -> None:
    with pytest.raises(ValueError, match="at most 1000 bytes"):
        Leaf(AT, b"", rule="x" * 1000).text()


def test_sealing_canonical_bytes_is_committing_to_the_content() -> None:
    assert sealed(b"s" * 32, b'{"a":1}') == commitment(b"s" * 32, {"a": 1})


HASH = b"\xab" * 32
FULL = Leaf(AT, HASH, b"\xcd" * 32, "APPC 99", date(2026, 5, 1))


@pytest.mark.parametrize(
    "leaf", [FULL, Leaf(AT, HASH), Leaf(AT.astimezone(timezone(timedelta(hours=5))), HASH, rule="")]
)
def test_a_leaf_there_and_back(leaf: Leaf) -> None:
    back = parse_leaf(leaf.text())
    assert back == leaf
    assert back.text() == leaf.text()


def test_the_time_of_a_leaf_has_a_zone() -> None:
    """Without one, nobody could say whether it lies before a witness's time."""
    with pytest.raises(ValueError, match="has a zone"):
        Leaf(AT.replace(tzinfo=None), HASH).text()


GOOD = FULL.text().decode()


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        GOOD + " ",
        GOOD.replace(",", ", ", 1),
        GOOD.replace("+00:00", "Z"),
        GOOD.replace("+00:00", ""),
        GOOD.replace(".000", ""),
        GOOD.replace("2026-04-15", "2026-04-31"),
        GOOD.replace("2026-05-01", "20260501"),
        GOOD.replace('"v":1', '"v":2'),
        GOOD.replace('"v":1', '"v":1.0'),
        GOOD.replace('"v":1', '"v":1,"w":1'),
        GOOD.replace("ab", "AB"),
        GOOD.replace('"ab', '"'),
        GOOD.replace('"c":', '"b":'),
        GOOD.replace('"APPC 99"', "99"),
        GOOD.replace('"APPC 99"', "null"),
        GOOD.replace('"APPC 99"', '["APPC 99"]'),
        GOOD.replace('"APPC 99"', "[" * 300 + "]" * 300),
        GOOD.replace('"APPC 99"', "9" * 40),
        GOOD.replace('"APPC 99"', "1e999"),
        GOOD.replace("APPC", "\\u0041PPC"),
        GOOD.replace("APPC", "\\ud800"),
        GOOD.replace('"2026-05-01"', "20260501"),
        GOOD.replace('"2026-04-15T05:00:00.000+00:00"', "5"),
        GOOD.replace("APPC", "A" * LEAF_LIMIT),
    ],
)
def test_a_leaf_has_one_form(text: str) -> None:
    assert text != GOOD
    with pytest.raises(Invalid, match="bad_leaf"):
        parse_leaf(text.encode())


@pytest.mark.parametrize(
    "data", [b"", b"5", b"[]", b'{"a":1,"a":1}', b'{"a":NaN}', b"\xff", b'{"a":1}x', b"\xef\xbb\xbf{}"]
)
def test_what_is_no_object(data: bytes) -> None:
    with pytest.raises(Invalid, match="bad_json") as wrong:
        parse_object(data, "entry")
    assert wrong.value.values == {"what": "entry"}
    with pytest.raises(Invalid, match="bad_json"):
        parse_leaf(data)
