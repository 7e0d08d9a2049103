"""Text as it arrives from people: what cannot be taken, and the form in which the rest is kept."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# These reorder or hide what is seen and come along unnoticed when text is copied from a messenger.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def control_characters(text: str) -> tuple[str, ...]:
    """The control characters in `text` that cannot be taken, each once, as 'U+0007'; empty when it is clean.

    Tab and line ends are allowed. Lone surrogates and non-characters count: no database stores them.
    """
    return tuple(f"U+{ord(char):04X}" for char in dict.fromkeys(_FORBIDDEN.findall(text)))


def tidy(text: str) -> str:
    """`text` in NFC with '\\n' as the only line end, no invisible direction marks, no blanks at either end."""
    one_ending = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", one_ending)).strip()


def printable(text: str) -> str:
    """`text` tidied and without the control characters that cannot be taken: where it is too late to ask."""
    return tidy(_FORBIDDEN.sub("", text))


def one_line(text: str) -> str:
    """`text` made printable, every run of blanks and line ends one space: for names, subjects, addresses."""
    return " ".join(printable(text).split())


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of `text`; an ellipsis says that there was more."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


_LONGEST_ENDING = 10
"""What follows the last dot of a name is more of the name if it is longer."""


def shortened_name(name: str, limit: int = 200) -> str:
    """The name of a file in at most `limit` characters: its beginning and its ending, if it has a short one."""
    if len(name) <= limit:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        return cut(name, limit)
    return cut(stem, limit - len(dot + ending)) + dot + ending
