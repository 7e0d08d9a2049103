"""Copies: a paragraph without its names, numbers and dates, as a hash that can be looked up among other answers."""

import hashlib
from collections.abc import Iterable
from itertools import groupby

from qyzmet.law.nonanswer.data import Data
from qyzmet.law.nonanswer.words import begins, sentences

NAME, NUMBER = "@", "0"


def masked(paragraph: str, names: Iterable[str], data: Data) -> list[str]:
    """The folded words; names of the parties as @, what has a digit and months as 0, runs of one mask as one.

    Sentences that greet are left out: they are a name and nothing else.
    """
    kept = [one for one in sentences(paragraph) if not greets(one, data)]
    stems = name_beginnings(names, data)
    words = [_mask(word, stems, data) for one in kept for word in data.fold(one).split()]
    return [word for mask, run in groupby(words) for word in ([mask] if mask in (NAME, NUMBER) else run)]


def _mask(word: str, names: tuple[str, ...], data: Data) -> str:
    if any(char.isdigit() for char in word) or begins(word, data.dates):
        return NUMBER
    return NAME if begins(word, names) else word


def name_beginnings(names: Iterable[str], data: Data) -> tuple[str, ...]:
    """What words that name a party begin with: a name but for its last letter, a short one as a whole word."""
    parts = sorted({part for name in names for part in data.fold(name).split() if len(part) > 1})
    return tuple(part[:-1] if len(part) > 3 else f"{part} " for part in parts)


def greets(sentence: str, data: Data) -> bool:
    """Whether the sentence addresses the reader."""
    words = data.fold(sentence).split()
    return not words or begins(words[0], data.greetings)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: a line each."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def paragraph_hash(paragraph: str, names: Iterable[str], data: Data) -> str:
    """Hex SHA-256 of the masked paragraph; empty where it is too short to be compared."""
    words = masked(paragraph, names, data)
    if len(words) < data.paragraph_words:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def prints(texts: Iterable[str], names: Iterable[str], data: Data) -> list[str]:
    """The hashes of all paragraphs that are compared, each once, in their order."""
    names = tuple(names)
    found = (paragraph_hash(one, names, data) for text in texts for one in paragraphs(text))
    return [one for one in dict.fromkeys(found) if one]
