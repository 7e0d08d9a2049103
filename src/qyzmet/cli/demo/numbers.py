"""Identification numbers of invented people and companies, right by their check digit, and wrong ones."""

from __future__ import annotations

from random import Random

from qyzmet.text.ids import check_bin, check_iin


def iin(chance: Random, *, woman: bool) -> str:
    """A number of somebody between 20 and 80."""
    year, month, day = chance.randrange(1947, 2006), chance.randrange(1, 13), chance.randrange(1, 29)
    century = (3 if year < 2000 else 5) + woman
    while True:
        begins = f"{year % 100:02}{month:02}{day:02}{century}{chance.randrange(10_000):04}"
        for last in "0123456789":
            if check_iin(begins + last) is None:
                return begins + last


def company(chance: Random) -> str:
    """The number of a company founded since 2000."""
    while True:
        begins = f"{chance.randrange(0, 25):02}{chance.randrange(1, 13):02}40{chance.randrange(100_000):05}"
        for last in "0123456789":
            if check_bin(begins + last) is None:
                return begins + last


def spoilt(number: str) -> str:
    """The number with a slip of the pen: its last digit is another."""
    return number[:-1] + str((int(number[-1]) + 1) % 10)
