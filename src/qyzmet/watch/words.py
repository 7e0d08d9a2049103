"""What the witness and the monitor say, kept in `words.toml` beside this file."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from qyzmet.ledger import words as ledger
from qyzmet.text.dates import long_date, long_moment
from qyzmet.text.languages import Lang

FILE = Path(__file__).with_name("words.toml")


@cache
def all_words() -> Mapping[str, Mapping[str, str]]:
    """Code -> language -> words."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def say(code: str, lang: Lang, /, **values: Any) -> str:
    """The words of a code with its values; a code of the ledger is said in the ledger's words.

    Days and moments are written out, in the time of Almaty. KeyError if nobody has written words for the code.
    """
    shown = {name: _shown(value, lang) for name, value in values.items()}
    if code not in all_words():
        return ledger.say(code, lang, **shown)
    return ledger.one_stop(all_words()[code][lang].format_map(_Values(shown)))


class _Values(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "—"


def _shown(value: Any, lang: Lang) -> Any:
    if isinstance(value, datetime):
        return long_moment(value, lang)
    return long_date(value, lang) if isinstance(value, date) else ledger.plain(value)
