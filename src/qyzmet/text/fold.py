"""Two keys for names: one that sorts as the Kazakh alphabet does, one that finds whatever letters were at hand."""

import unicodedata

KAZAKH = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The Kazakh alphabet; ё stands with е."""
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
# Printable ASCII above the digits, without the two signs that mean something in LIKE.
_SLOTS = [chr(code) for code in range(ord(":"), ord("~") + 1) if chr(code) not in "\\_"]
_ALIKE = {"ё": "е", "ґ": "г", "є": "е", "ј": "й", "ҳ": "х", "ҷ": "ч", "ı": "i", "ł": "l", "ø": "o", "ß": "s", "đ": "d"}
_RANK = dict(zip(KAZAKH + _LATIN, _SLOTS, strict=True)) | {digit: digit for digit in _DIGITS}
_LAST = _SLOTS[-1]
_FOLD = str.maketrans("әғқңөұүһіёй", "агкноуухиеи")
_APOSTROPHES = str.maketrans("", "", "'’ʼ‘`ʹ")


def sort_key(text: str) -> str:
    """ASCII text whose byte order is the Kazakh order of `text`: blanks, digits, Cyrillic, Latin, other letters.

    One character a letter, so a beginning of a name has the beginning of its key; punctuation counts as a blank.
    """
    return " ".join("".join(_RANK.get(char, _LAST) for char in word) for word in _words(text))


def fold(text: str) -> str:
    """`text` for search: lower case, Kazakh letters as their plain neighbours, punctuation dropped.

    A hyphen parts words and an apostrophe does not, so 'Қыз-Жібек' is found by 'кыз жибек'.
    """
    return " ".join(_words(text)).translate(_FOLD)


def _words(text: str) -> list[str]:
    lowered = unicodedata.normalize("NFC", text).lower().translate(_APOSTROPHES)
    return lowered.translate(_met).split()


class _Met(dict[int, str]):
    """What `_plain` says of each character that was met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < _MOST_MET:
            self[code] = plain
        return plain


_MOST_MET = 2000
"""Names have far fewer letters; text of all of Unicode's fills no memory."""
_met = _Met()


def _plain(char: str) -> str:
    """One lower-case letter or digit of ours where there is one, a blank for everything that is neither."""
    if char in _RANK:
        return char
    if char in _ALIKE:
        return _ALIKE[char]
    base = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)).lower()
    if base and all(part in _RANK for part in base):
        return base
    if unicodedata.combining(char):
        return ""
    return char if char.isalnum() else " "
