"""Small things, strictly: numbers, base64, hashes, UTF-8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import LARGEST, base64_of, decimal, hash_from, unbase64, utf8


@pytest.mark.parametrize("number", [0, 1, 10, 2**31, LARGEST])
def test_a_number_is_what_it_says(number: int) -> None:
    assert decimal(str(number), "size") == number


@pytest.mark.parametrize(
    "text",
    ["", "00", "01", "-1", "+1", " 1", "1 ", "1\n", "1_0", "0x1", "1.0", "1e3", "١", "²", str(2**63), "9" * 5000],
)
def test_any_other_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="bad_number") as wrong:
        decimal(text, "size")
    assert wrong.value.values["what"] == "size"
    assert len(wrong.value.values["given"]) <= 40


@given(st.binary(max_size=100))
def test_base64_there_and_back(data: bytes) -> None:
    assert unbase64(base64_of(data), "x") == data


@pytest.mark.parametrize(
    "text", ["A", "AA", "AA=", "AB==", "AAB=", "A A=", "AA==\n", "AA== ", "AA==AA==", "_-8=", "é", "====", "\ud800"]
)
def test_base64_has_one_form(text: str) -> None:
    """No line breaks, no missing or second padding, no bits left over, no other alphabet."""
    with pytest.raises(Invalid, match="bad_base64"):
        unbase64(text, "x")


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_hash_has_32_bytes(length: int) -> None:
    assert hash_from(base64_of(b"h" * 32), "root") == b"h" * 32
    with pytest.raises(Invalid, match="bad_hash_length"):
        hash_from(base64_of(b"h" * length), "root")


@pytest.mark.parametrize("data", [b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"a\xc3"])
def test_utf8_is_strict(data: bytes) -> None:
    with pytest.raises(Invalid, match="not_utf8"):
        utf8(data, "note")


def test_a_refusal_shows_its_values() -> None:
    assert str(Invalid("wrong_root", size=3)) == "wrong_root (size=3)"
    assert str(Invalid("unsigned")) == "unsigned"
