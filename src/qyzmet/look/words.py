"""The words for refusals, kept in `refusals.toml` beside this file."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from qyzmet.text.dates import long_date
from qyzmet.text.languages import Lang
from qyzmet.text.numbers import grouped
from qyzmet.text.refusal import Refused

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
FILE = Path(__file__).with_name("refusals.toml")


@cache
def all_words() -> dict[str, dict[str, str]]:
    """Every code with its words by language."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


def refusal(exc: Refused, lang: Lang) -> str:
    """What a person is told about a refusal and can act on; KeyError if nobody has written words for its code."""
    return say(exc.code, lang, **exc.values)


def say(code: str, lang: Lang, **values: Any) -> str:
    """The words of a code, also of what the gate misses: `say(lack.code, lang, value=lack.value)`."""
    shown = {name: _shown(value, lang) for name, value in values.items()}
    return all_words()[code][lang].format_map(_Values(shown))


class _Values(dict[str, Any]):
    """Values of a refusal; a value that the action did not give is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def _shown(value: Any, lang: Lang) -> Any:
    """What came in three languages in the reader's, a day (also as `2026-04-15`) and a number as people read them."""
    if isinstance(value, Mapping):
        return str(value[lang])
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        value = date.fromisoformat(value)
    if type(value) is int:
        return grouped(value, lang)
    return long_date(value, lang) if isinstance(value, date) else value
