"""The three languages everything is written in. Kazakh, the state language, comes first."""

from collections.abc import Mapping
from typing import Literal, get_args

Lang = Literal["kk", "ru", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
Words = dict[str, str]
"""One text in several languages: language code -> words."""


def say(words: Mapping[str, str], lang: str) -> str:
    """The words in `lang`, or in the first language of LANGS that has any; empty where there are none."""
    for wanted in (lang, *LANGS):
        if words.get(wanted):
            return words[wanted]
    return ""


def known(lang: str, otherwise: Lang = "kk") -> Lang:
    """`lang` if it is one of ours, else `otherwise`: for values that came from a browser."""
    return lang if lang in LANGS else otherwise
