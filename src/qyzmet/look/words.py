"""The words for refusals, kept in `refusals.toml` beside this file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from qyzmet.text.refusal import Refused

FILE = Path(__file__).with_name("refusals.toml")


@cache
def all_words() -> dict[str, dict[str, str]]:
    """Every code with its words by language."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


def refusal(exc: Refused, lang: str) -> str:
    """What a person is told about a refusal and can act on; KeyError if nobody has written words for its code."""
    return all_words()[exc.code][lang].format_map(_Values(exc.values))


class _Values(dict[str, Any]):
    """Values of a refusal; a value that the action did not give is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return ""
