"""The words for what does not hold, kept in `words.toml` beside this file. For the faces; nothing here decides."""

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("words.toml")
PARTS = ("what", "why", "field")
"""Values that have words of their own, in the tables [what.…], [why.…] and [field.…]."""
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that are not shown but act."""
LANGS = ("kk", "ru", "en")


@cache
def all_words() -> dict[str, Any]:
    """The file as it stands: code -> language -> words; and the tables of PARTS."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def say(code: str, lang: str, /, **values: Any) -> str:
    """What a person is told about a code of `Invalid`, with its values. KeyError if nobody has written words for it.

    A value that was not given is left out of the sentence.
    """
    shown = {name: plain(_part(name, value, lang)) for name, value in values.items()}
    return _tidy(str(all_words()[code][lang]).format_map(_Values(shown)))


def plain(value: Any) -> Any:
    """A text with no character that moves the cursor, ends a line or turns the writing round.

    What stands in a stranger's file must not look like a sentence of ours.
    """
    if not isinstance(value, str):
        return value
    return "".join("\ufffd" if unicodedata.category(one) in UNSEEN else one for one in value)


def _part(name: str, value: Any, lang: str) -> Any:
    words: Mapping[str, str] = all_words()[name].get(value, {}) if name in PARTS else {}
    return words.get(lang, value)


def _tidy(text: str) -> str:
    """The sentence without what a missing value leaves behind."""
    return one_stop(text.replace(" ()", "").replace(" .", "."))


def one_stop(text: str) -> str:
    """A Russian date ends with the full stop of 'г.', which ends the sentence too."""
    return text.replace(" г..", " г.")


class _Values(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
