"""Sentences, beginnings and stems: how two words are found to be one in languages that decline and agglutinate."""

import re
from collections.abc import Collection, Sequence

from qyzmet.law.nonanswer.data import GAP, Data, Phrase

LEAST = {"kk": 2, "ru": 3}
"""Letters that stay of a word whatever endings are taken off: Kazakh has roots of two."""
DERIVED = 5
"""A stem of so many letters also stands for the longer words that begin with it."""
REACH = 4
_ENDS = re.compile(r"\n+|(?<=[.!?…;])\s+(?=[«\"“(]?[A-ZА-ЯӘҒҚҢӨҰҮҺІЁ])")
_CAPITAL = re.compile(r"(?<=[^.!?…] )[«\"“(]?([A-ZА-ЯӘҒҚҢӨҰҮҺІЁ][^\W\d_]+)")
_SHORT_NAME = re.compile(r"\b[A-ZА-ЯӘҒҚҢӨҰҮҺІЁ]{3,}\b")
_ARTICLE = re.compile(r"\b\d+(?:-\d+)?\(\d+\)")
"""An article with its part, as this house writes them: 36(2)1, 12-1(3)."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, as they stand there; a line end is an end."""
    return [part.strip() for part in _ENDS.split(text) if part.strip()]


def begins(word: str, beginnings: tuple[str, ...]) -> bool:
    """Whether the folded word begins with one of these (is it, where the beginning ends with a blank)."""
    return (word + " ").startswith(beginnings)


def says(words: Collection[str], phrase: Phrase) -> bool:
    """Whether every beginning of the phrase stands in these words of one sentence."""
    return all(any((word + " ").startswith(one) for word in words) for one in phrase)


def states(words: Sequence[str], phrase: Phrase) -> bool:
    """Whether the words of the phrase follow each other in the sentence; over a GAP within REACH words."""
    return any(_from(words, n, phrase) for n in range(len(words)))


def _from(words: Sequence[str], n: int, phrase: Phrase) -> bool:
    if not phrase:
        return True
    if phrase[0] == GAP:
        return any(_from(words, n + skipped, phrase[1:]) for skipped in range(REACH + 1))
    return n < len(words) and (words[n] + " ").startswith(phrase[0]) and _from(words, n + 1, phrase[1:])


def stem(word: str, lang: str, data: Data) -> str:
    """The word without the endings it may carry; consistent rather than right, for it is only compared."""
    least, endings = LEAST.get(lang, 3), data.endings.get(lang, ())
    while True:
        ending = next((one for one in endings if word.endswith(one) and len(word) - len(one) >= least), "")
        if not ending:
            return word
        word = word.removesuffix(ending)


def shared(ours: Collection[str], theirs: Collection[str]) -> bool:
    """Whether a stem of one stands in the other, or begins one that does."""
    if not set(ours).isdisjoint(theirs):
        return True
    pairs = ((a, b) if len(a) < len(b) else (b, a) for a in ours for b in theirs)
    return any(len(short) >= DERIVED and long.startswith(short) for short, long in pairs)


def capitals(sentence: str, data: Data) -> set[str]:
    """Folded words that are written with a capital within the sentence: names of people and places."""
    return {word for one in _CAPITAL.findall(sentence) for word in data.fold(one).split()}


def numbers(words: list[str], data: Data) -> set[str]:
    """Numbers and months of a sentence, but for those beside an act, an article or a paragraph."""
    law = {n for n, word in enumerate(words) if begins(word, data.cites)}
    return {
        word
        for n, word in enumerate(words)
        if (word[0].isdigit() or begins(word, data.dates)) and law.isdisjoint((n - 1, n + 1))
    }


def cited(text: str, data: Data) -> bool:
    """Whether the text names an act or an article: "the legislation in force" is neither."""
    if _SHORT_NAME.search(text) or _ARTICLE.search(text):
        return True
    return any(begins(word, data.cites) and not begins(word, data.vague) for word in data.fold(text).split())
