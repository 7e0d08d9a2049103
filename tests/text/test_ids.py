"""Every number here is made up: digits chosen by hand, the last one computed by the rule written out again below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.text.ids import check_bin, check_iin


def last_digit(first_eleven: str) -> str | None:
    """The rule by words: weights one to eleven; if that leaves ten, weights from three on, around the corner."""
    digits = [int(digit) for digit in first_eleven]
    rest = sum(digit * place for place, digit in enumerate(digits, start=1)) % 11
    if rest == 10:
        rest = sum(digit * ((place + 1) % 11 + 1) for place, digit in enumerate(digits, start=1)) % 11
    return None if rest == 10 else str(rest)


def complete(first_eleven: str) -> str:
    digit = last_digit(first_eleven)
    assert digit is not None
    return first_eleven + digit


@pytest.mark.parametrize("beginning", ["95051530012", "85123140077", "00022960010", "99123120033"])
def test_right_iins(beginning: str) -> None:
    assert check_iin(complete(beginning)) is None


def test_the_century_decides_whether_the_29th_of_february_was() -> None:
    assert check_iin(complete("00022950010")) is None
    assert check_iin(complete("00022930010")) == "bad_date"
    assert check_iin(complete("00022900010")) is None


def test_the_seventh_digit_has_seven_values() -> None:
    assert check_iin(complete("95051570012")) == "bad_century"
    assert check_iin(complete("95051500012")) is None


def test_the_second_pass() -> None:
    beginning = next(
        text
        for text in (f"950515300{tail:02d}" for tail in range(100))
        if sum(int(digit) * place for place, digit in enumerate(text, start=1)) % 11 == 10 and last_digit(text)
    )
    assert check_iin(complete(beginning)) is None


def test_beginnings_no_number_may_have() -> None:
    beginning = next(text for text in (f"95051530{tail:03d}" for tail in range(1000)) if last_digit(text) is None)
    assert {check_iin(f"{beginning}{digit}") for digit in range(10)} == {"bad_checksum"}


@pytest.mark.parametrize(
    "number", ["", "95051530012", "9505153001234", "95051530012x", "٩٥٠٥١٥٣٠٠١٢٣", "950515300123\n"]
)
def test_twelve_ascii_digits(number: str) -> None:
    assert check_iin(number) == "not_12_digits"
    assert check_bin(number) == "not_12_digits"


@pytest.mark.parametrize("beginning", ["15024000123", "99125100124", "07036200123", "21014300123"])
def test_right_bins(beginning: str) -> None:
    assert check_bin(complete(beginning)) is None


def test_wrong_bins() -> None:
    assert check_bin(complete("15134000123")) == "bad_date"
    assert check_bin(complete("15023000123")) == "bad_type"
    assert check_bin(complete("15024900123")) == "bad_type"


@given(st.sampled_from(["95051530012", "85123140077"]), st.sampled_from([*range(10), 11]), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(beginning: str, place: int, shift: int) -> None:
    # The eleventh digit weighs eleven, that is nothing: the rule itself is blind there.
    number = complete(beginning)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    # The second set of weights may give another remainder below ten, so a slip within the first pass only.
    first_pass = sum(int(digit) * at for at, digit in enumerate(wrong[:11], start=1)) % 11
    if first_pass != 10:
        assert check_iin(wrong) is not None
