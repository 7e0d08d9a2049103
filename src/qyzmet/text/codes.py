"""Codes people read aloud and type: Crockford's base 32, which has no I, L, O or U."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FOLLOW_BITS = 100
NUMBER_BITS = 40

# A Cyrillic keyboard makes letters that look the same; who typed them meant what the eye saw.
_LOOKALIKES = str.maketrans("ILOАВЕКМНОРСТУХІЗ", "110ABEKMH0PCTYX13")
_FOLLOW_CODE = re.compile(rf"\b[{ALPHABET}]{{5}}(?:-[{ALPHABET}]{{5}}){{3}}\b")
_NUMBER = re.compile(rf"([0-9]{{4}})([{ALPHABET}]{{4}})([{ALPHABET}]{{4}})")


def follow_code(random: bytes) -> str:
    """A secret of 100 bits as four groups of five: '7K3QX-...'. `random`: at least 13 random bytes, else ValueError."""
    return _grouped(_base32(random, FOLLOW_BITS), 5)


def case_number(year: int, random: bytes) -> str:
    """'2026-4K7M-9XQ2': random, so that nobody counts a body's cases by it. `random`: at least 5 bytes."""
    return f"{year:04d}-{_grouped(_base32(random, NUMBER_BITS), 4)}"


def masked(text: str) -> str:
    """`text` with each follow-up code in it made unreadable."""
    return _FOLLOW_CODE.sub(lambda found: re.sub(r"\w", "•", found[0]), text)


def normalise(typed: str) -> str:
    """`typed` as the code meant: upper case, blanks and dashes dropped, look-alikes replaced."""
    kept = (char for char in typed.upper() if char.isalnum())
    return "".join(kept).translate(_LOOKALIKES)


def normalise_number(typed: str) -> str | None:
    """`typed` as a case number with its dashes, or None when it cannot be one."""
    match = _NUMBER.fullmatch(normalise(typed))
    return "-".join(match.groups()) if match else None


def _base32(random: bytes, bits: int) -> str:
    if len(random) * 8 < bits:
        raise ValueError(f"{bits} random bits wanted, {len(random) * 8} given")
    number = int.from_bytes(random, "big") >> (len(random) * 8 - bits)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(bits - 5, -1, -5))


def _grouped(code: str, size: int) -> str:
    return "-".join(code[start : start + size] for start in range(0, len(code), size))
