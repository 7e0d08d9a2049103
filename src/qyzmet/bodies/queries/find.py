"""Find the body that decides, by its name or by what it does."""

from __future__ import annotations

from functools import reduce
from operator import add, or_

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Length, Replace, StrIndex
from django.db.models.lookups import LessThan

from qyzmet.bodies.models import Body
from qyzmet.text.fold import fold, sort_key
from qyzmet.text.languages import Lang

_MOST_WORDS = 12
_IN_A_NAME, _TOGETHER = 10, 2
_SAYS_NOTHING = """
жок бар мен жане ушин бойынша керек екен емес бул осы
и в во на не по с со к у о об от из за до для нет есть мне мой моя наш это как что
a an the in on of to at is are no not and for my our there
"""
"""Words in folded letters that stand in every sentence, in the three languages."""


def find_bodies(text: str, lang: Lang, limit: int = 10) -> list[Body]:
    """Bodies whose names or duties, in any language, have words beginning with each word of `text`. One or two queries.

    Names weigh more than duties, a word met often more than one met once, words side by side more than words apart.
    If no body has them all, endings are cut off and one word is enough: people write what happened ("сломался
    автобус"), not what a body is called.
    """
    words = list(dict.fromkeys(fold(text).split()))[:_MOST_WORDS]
    words = [word for word in words if word not in _SAYS_NOTHING.split()] or words
    if not words:
        return []
    found = Body.objects.filter(*(_has(word) for word in words))
    return _best(found, words, lang, limit) or _by_stems(words, lang, limit)


def _by_stems(words: list[str], lang: Lang, limit: int) -> list[Body]:
    stems = list(dict.fromkeys(_stem(word) for word in words))
    found = Body.objects.filter(reduce(or_, (_has(stem) for stem in stems)))
    return _best(found, stems, lang, limit)


def _best(found: QuerySet[Body], words: list[str], lang: Lang, limit: int) -> list[Body]:
    """The heaviest first (annotated as `weight`), then by name in the reader's language."""
    weights = [_weight(word) for word in words] + [_count(f" {' '.join(words)}") * _TOGETHER]
    heavy = found.annotate(weight=reduce(add, weights)).order_by("-weight", "pk")[:limit]
    return sorted(heavy, key=lambda body: (-vars(body)["weight"], sort_key(body.name(lang))))


def _has(word: str) -> Q:
    return Q(search__contains=f" {word}")


def _weight(word: str) -> Combinable:
    """How often words of the body begin with it, how often it is the whole word, and more if it is in a name."""
    begins = f" {word}"
    named = Q(LessThan(StrIndex(F("search"), Value(begins)), StrIndex(F("search"), Value("|"))))
    in_a_name = Case(When(_has(word) & named, then=_IN_A_NAME), default=0, output_field=IntegerField())
    return _count(begins) + _count(f"{begins.rstrip()} ") + in_a_name


def _count(part: str) -> Combinable:
    return (Length("search") - Length(Replace("search", Value(part), Value("")))) / len(part)


def _stem(word: str) -> str:
    """The beginning of a word without a likely ending: 'воды' -> 'вод', 'балабакшалар' -> 'балабакша'.

    A short word is kept with the blank behind it: it must be the whole word.
    """
    if len(word) < 4:
        return f"{word} "
    return word[: -1 if len(word) < 6 else -2 if len(word) < 9 else -3]
