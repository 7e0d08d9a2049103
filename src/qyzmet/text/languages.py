"""The three languages everything is written in. Kazakh, the state language, comes first."""

import re
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


_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)


def recognised(text: str, otherwise: Lang = "kk") -> Lang:
    """The language a text seems to be written in: a Kazakh letter decides; `otherwise` where there are no letters."""
    if _KAZAKH.search(text):
        return "kk"
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic + latin < 3:
        return otherwise
    if cyrillic >= latin:
        return "kk" if otherwise == "kk" and cyrillic < 20 else "ru"
    return "en"
