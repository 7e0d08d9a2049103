"""Which bodies a story may be for: by words that few bodies have. Nothing rather than a guess."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from math import log

from qyzmet.bodies.models import Body
from qyzmet.text.fold import fold, sort_key
from qyzmet.text.languages import Lang

from .everyday import PHRASES, WORDS

_SHARE = 8
"""A word that more than one body in so many has is no sign of any."""
_IN_A_NAME = 2
_ENOUGH = 2
"""So many words a long story must share with a body, one in a name counting twice; a short one only one."""
_SHORT = 6
_NEAR = 0.5
"""The part of the best body's weight that another must have to stand beside it."""
_MOST_WORDS = 120
_KEY = 5
_PHRASES = re.compile(r"\b(?:" + "|".join(PHRASES) + r")\w*(?:\s+\w+)?")
_ENDING = re.compile(
    r"(?:лар|лер|дар|дер|тар|тер)?(?:ым|им|ымыз|имиз|ыныз|иниз|сы|си|ы|и)?(?:нын|нин|дын|дин|тын|тин|нан|нен|дан|ден|тан"
    r"|тен|нда|нде|да|де|та|те|га|ге|ка|ке|на|не|ны|ни|ды|ди|ты|ти|мен|бен|пен|н)?$"
)
_RUSSIAN = re.compile(r"(?:[аяоеыиую]?[яеиюх]|[ое]го|[ое]му|[ыиое]м|[ая]м|[ая]ми|[ое]в|[аеёиоуыэюяьй])$")
_VOICED = {"г": "к", "б": "п"}


def suggest_bodies(text: str, lang: Lang, limit: int = 6) -> list[Body]:
    """Bodies that a story may be for, the likeliest first, by name in the reader's language among equals. Two queries.

    A word counts the more the fewer bodies have it, and twice in a name. Words of any story count nothing, and a body
    far behind the best is left out: most stories name one or two things a body takes care of, or none.
    """
    words = _PHRASES.sub(" ", fold(text)).split()[:_MOST_WORDS]
    weights = (
        _weigh(_keys(words) | _pairs(words), len(words), dict(Body.objects.values_list("pk", "search")))
        if words
        else {}
    )
    best = max(weights.values(), default=0.0)
    near = {pk: weight for pk, weight in weights.items() if weight >= best * _NEAR}
    found = sorted(Body.objects.filter(pk__in=near), key=lambda body: (-near[body.pk], sort_key(body.name(lang))))
    return found[:limit]


def _weigh(asked: frozenset[str], length: int, searches: dict[int, str]) -> dict[int, float]:
    """Body -> its weight; only those with signs enough."""
    known = {pk: _parts(search) for pk, search in searches.items()}
    bodies_with = Counter(key for name, duties in known.values() for key in (name | duties) & asked)
    rare = {key for key, count in bodies_with.items() if count * _SHARE <= max(len(known), _SHARE * 2)}
    weights: defaultdict[int, float] = defaultdict(float)
    for pk, (name, duties) in known.items():
        times = {key: _IN_A_NAME if key in name else 1 for key in rare & (name | duties)}
        if sum(times.values()) >= (_ENOUGH if length > _SHORT else 1):
            weights[pk] = sum(count * log(1 + len(known) / bodies_with[key]) for key, count in times.items())
    return dict(weights)


@lru_cache(maxsize=4096)
def _parts(search: str) -> tuple[frozenset[str], frozenset[str]]:
    name, _, duties = search.partition("|")
    return _keys(name.split()) | _pairs(name.split()), _keys(duties.split())


def _keys(words: Iterable[str]) -> frozenset[str]:
    """What is compared of the words that may point to a body."""
    told = {_key(word) for word in words if len(word) > 1 and word not in WORDS and not word.isdigit()}
    return frozenset(told) - _EVERYDAY


def _pairs(words: list[str]) -> frozenset[str]:
    """Neighbours: two words of any story side by side are a name ('кызмет корсету' and what stands beside it)."""
    return frozenset(f"{_key(one)} {_key(two)}" for one, two in pairwise(words) if min(len(one), len(two)) > 2)


def _key(word: str) -> str:
    """The beginning of a word without its ending, Kazakh or Russian: 'жолдын' -> 'жол', 'дороги' -> 'дорок'."""
    stem = _without(_RUSSIAN, _without(_ENDING, word))
    return (stem[:-1] + _VOICED.get(stem[-1], stem[-1]))[:_KEY]


def _without(ending: re.Pattern[str], word: str) -> str:
    """The word before its ending, if enough of it is left to tell it from another."""
    found = ending.search(word)
    cut = found.start() if found else len(word)
    return word[:cut] if cut >= (2 if len(word) - cut > 2 else 3) else word


# a short key belongs to too many words: 'жасады' is said by everybody, 'жас' is what a youth centre is about
_EVERYDAY = frozenset(key for key in map(_key, WORDS) if len(key) > 3)
