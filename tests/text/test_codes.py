import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.text.codes import ALPHABET, case_number, follow_code, masked, normalise, normalise_number


@given(st.binary(min_size=13, max_size=20))
def test_a_follow_code_is_four_groups_of_five(random: bytes) -> None:
    code = follow_code(random)
    assert re.fullmatch(rf"[{ALPHABET}]{{5}}(-[{ALPHABET}]{{5}}){{3}}", code)
    assert normalise(code) == code.replace("-", "")


@given(st.integers(0, 2**100 - 1), st.integers(0, 2**100 - 1))
def test_different_bits_give_different_codes(one: int, two: int) -> None:
    codes = {follow_code((number << 4).to_bytes(13, "big")) for number in (one, two)}
    assert len(codes) == len({one, two})


@given(st.integers(2000, 2999), st.binary(min_size=5, max_size=5))
def test_a_case_number_survives_being_typed(year: int, random: bytes) -> None:
    number = case_number(year, random)
    assert re.fullmatch(r"[0-9]{4}-\w{4}-\w{4}", number)
    assert normalise_number(f" {number.lower().replace('-', ' ')} ") == number


def test_too_few_random_bits_are_an_error() -> None:
    with pytest.raises(ValueError, match="100 random bits"):
        follow_code(b"x" * 12)
    with pytest.raises(ValueError, match="40 random bits"):
        case_number(2026, b"1234")


def test_letters_that_look_alike_mean_the_same() -> None:
    assert normalise("il-oO 1l") == "110011"
    assert normalise("авекмнорстухі") == "ABEKMH0PCTYX1"
    assert normalise("4k7m—9xq2") == "4K7M9XQ2"


@pytest.mark.parametrize("typed", ["", "2026", "2026-4K7M", "ABCD-4K7M-9XQ2", "2026-4K7M-9XQ2-1", "2026-4K7U-9XQ2"])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert normalise_number(typed) is None


@given(st.binary(min_size=13, max_size=20))
def test_a_code_in_a_text_is_masked_and_a_number_is_not(random: bytes) -> None:
    said = f"Код: {follow_code(random)}, {case_number(2026, random)}."
    assert masked(said) == f"Код: •••••-•••••-•••••-•••••, {case_number(2026, random)}."
