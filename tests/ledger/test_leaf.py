"""A leaf: canonical, under 1 kB, hashed as RFC 6962 says."""

import hashlib
from datetime import UTC, date, datetime

import pytest

from qyzmet.ledger import Leaf, canonical, commitment, leaf_hash

AT = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)


def test_canonical_sorts_and_escapes_as_rfc_8785_says() -> None:
    assert canonical({"ә": 1, "b": "\u20ac\n", "a": [True, None]}) == '{"a":[true,null],"b":"€\\n","ә":1}'.encode()


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
