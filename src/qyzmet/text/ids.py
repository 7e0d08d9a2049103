"""IIN (a person's number) and BIN (an organisation's): 12 digits with a check digit.

Nothing is refused for a wrong number: the code says what to ask about once. Today's date is not known here, so a
birth date in the future passes.
"""

import re
from datetime import date

_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURY = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_BIN_TYPES = "456"  # resident legal person, non-resident legal person, joint individual enterprise
_BIN_UNITS = "0123"  # head organisation, branch, representative office, farm


def check_iin(number: str) -> str | None:
    """None for a right IIN, else 'not_12_digits', 'bad_century', 'bad_date' or 'bad_checksum'.

    The seventh digit gives century and sex; 0 is given to foreigners and leaves the century open.
    """
    if not re.fullmatch(r"[0-9]{12}", number):
        return "not_12_digits"
    if number[6] not in "0123456":
        return "bad_century"
    if not _birth_date_exists(number):
        return "bad_date"
    return None if _check_digit(number) == number[11] else "bad_checksum"


def check_bin(number: str) -> str | None:
    """None for a right BIN, else 'not_12_digits', 'bad_date' (month), 'bad_type' or 'bad_checksum'."""
    if not re.fullmatch(r"[0-9]{12}", number):
        return "not_12_digits"
    if not 1 <= int(number[2:4]) <= 12:
        return "bad_date"
    if number[4] not in _BIN_TYPES or number[5] not in _BIN_UNITS:
        return "bad_type"
    return None if _check_digit(number) == number[11] else "bad_checksum"


def _birth_date_exists(number: str) -> bool:
    centuries = [_CENTURY[number[6]]] if number[6] in _CENTURY else sorted(set(_CENTURY.values()))
    return any(_exists(century + int(number[:2]), int(number[2:4]), int(number[4:6])) for century in centuries)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _check_digit(number: str) -> str | None:
    """The twelfth digit that belongs to the first eleven; None where no number may begin with these."""
    for weights in (_FIRST, _SECOND):
        rest = sum(int(digit) * weight for digit, weight in zip(number[:11], weights, strict=True)) % 11
        if rest < 10:
            return str(rest)
    return None
