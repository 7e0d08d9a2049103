"""Reading `nonanswer/`: thresholds in rules.toml, words in one file a language. Letters are folded once, here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qyzmet.law.load import KZ
from qyzmet.law.table import Table

Fold = Callable[[str], str]
"""Lower case, Kazakh letters as their plain neighbours, punctuation as blanks. Handed in: the law knows no room."""
Phrase = tuple[str, ...]
"""Beginnings of words that stand in one sentence; one that ends with a blank is a whole word. Of a formula they stand
in any order, else side by side but for a GAP, which is a few words of any kind."""
GAP = "…"
LANGUAGES = ("kk", "ru")
PHRASES = ("formulas", "refusals", "denials")
BEGINNINGS = ("filler", "greetings", "dates", "cites", "vague")
FORM = '["beginning of a word", "whole word.", ...]'


@dataclass(frozen=True)
class Data:
    """What the rules look for. Words of both languages stand together: an answer may quote the other one."""

    fold: Fold
    others: int
    """So many other answers of the body make a copy."""
    paragraph_words: int
    """Words from which on a paragraph is compared at all."""
    share_percent: int
    """How much of an answer, in words, must be copied."""
    overrule_words: int
    """Words that a reason for overruling has at least."""
    formulas: tuple[Phrase, ...]
    refusals: tuple[Phrase, ...]
    denials: tuple[Phrase, ...]
    filler: tuple[str, ...]
    greetings: tuple[str, ...]
    dates: tuple[str, ...]
    """Months, days of the week, numerals: what is a number in words."""
    cites: tuple[str, ...]
    vague: tuple[str, ...]
    endings: dict[str, tuple[str, ...]]
    """Language -> endings that a word may carry, the longest first."""


def read(*folders: Path | str, fold: Fold) -> Data:
    """The rules; a file in a later folder takes the place of the shipped one. LawError names file, key and form."""
    rules = Table.of(_file("rules.toml", folders))
    rules.text("note")
    numbers: dict[str, Any] = {
        key: rules.whole(key) for key in ("others", "paragraph_words", "share_percent", "overrule_words")
    }
    if numbers["share_percent"] > 100:
        raise rules.error("share_percent", "1 ... 100")
    rules.done()
    words = {lang: _words(Table.of(_file(f"{lang}.toml", folders)), fold) for lang in LANGUAGES}
    together: dict[str, Any] = {
        key: tuple(one for lang in LANGUAGES for one in words[lang][key]) for key in (*PHRASES, *BEGINNINGS)
    }
    endings = {
        lang: tuple(sorted((one[0].strip() for one in words[lang]["endings"]), key=len, reverse=True))
        for lang in LANGUAGES
    }
    single: dict[str, Any] = {key: tuple(phrase[0] for phrase in together[key]) for key in BEGINNINGS}
    return Data(fold=fold, endings=endings, **numbers, **{key: together[key] for key in PHRASES}, **single)


def _file(name: str, folders: tuple[Path | str, ...]) -> Path:
    paths = (Path(folder) / "nonanswer" / name for folder in (*reversed(folders), KZ))
    return next(path for path in paths if path.is_file() or path.parent.parent == KZ)


def _words(table: Table, fold: Fold) -> dict[str, tuple[Phrase, ...]]:
    found = {}
    for key in (*PHRASES, *BEGINNINGS, "endings"):
        found[key] = tuple(_phrase(table, key, text, fold) for text in table.names(key))
        if not found[key] or (key not in PHRASES and any(len(phrase) != 1 for phrase in found[key])):
            raise table.error(key, FORM if not found[key] else FORM + ", one word each")
    table.done()
    return found


def _phrase(table: Table, key: str, text: str, fold: Fold) -> Phrase:
    whole = (GAP if part == GAP else fold(part) + (" " if part.endswith(".") else "") for part in text.split())
    parts = tuple(whole)
    if not parts or GAP in (parts[0], parts[-1]) or not all(part.strip() and " " not in part.strip() for part in parts):
        raise table.error(f"{key}: {text}", FORM)
    return parts
