"""Find bodies and their chain of superiors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add, or_

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex
from django.db.models.lookups import LessThan

from qyzmet.bodies.models import Body
from qyzmet.text.fold import fold, sort_key
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Missing

_SHORTEST_GUESS = 4


def body_by_code(code: str) -> Body:
    """Raises `Missing` where there is none."""
    body = Body.objects.select_related("superior").filter(code=code).first()
    if body is None:
        raise Missing
    return body


def bodies_by_id(ids: Iterable[int]) -> dict[int, Body]:
    return Body.objects.in_bulk(set(ids))


def every_body() -> list[Body]:
    """All bodies in the order of their Kazakh names."""
    return sorted(Body.objects.select_related("superior"), key=lambda body: sort_key(body.name_kk))


def chain_up(body: Body) -> list[Body]:
    """The superior of `body`, its superior and so on. A query a level; a cycle ends where it closes."""
    chain: list[Body] = []
    met = {body.pk}
    above = body.superior
    while above is not None and above.pk not in met:
        met.add(above.pk)
        chain.append(above)
        above = above.superior
    return chain


def find_bodies(text: str, lang: Lang, limit: int = 10) -> list[Body]:
    """Bodies whose names or duties, in any language, have words beginning with each word of `text`.

    Those found by name come first. If no body has them all, endings are cut off and one word is enough, most words
    first: people write what happened ("сломался автобус"), not what a body is called.
    """
    words = list(dict.fromkeys(fold(text).split()))[:12]
    if not words:
        return []
    return _with_all(words, lang, limit) or _with_some(words, lang, limit)


def _with_all(words: list[str], lang: Lang, limit: int) -> list[Body]:
    found = Body.objects.annotate(hits=_hits_in_names(words))
    for word in words:
        found = found.filter(search__contains=f" {word}")
    return _ordered(found.order_by("-hits", "pk")[:limit], lang)


def _with_some(words: list[str], lang: Lang, limit: int) -> list[Body]:
    stems = list(dict.fromkeys(_stem(word) for word in words if len(word) >= _SHORTEST_GUESS))
    if not stems:
        return []
    has = [Q(search__contains=f" {stem}") for stem in stems]
    found = Body.objects.annotate(hits=_sum(has, worth=2) + _hits_in_names(stems)).filter(reduce(or_, has))
    return _ordered(found.order_by("-hits", "pk")[:limit], lang)


def _hits_in_names(words: list[str]) -> Combinable:
    """How many of the words stand before the bar, that is, in a name."""
    return _sum(Q(search__contains=f" {word}") & Q(_before_the_bar(word)) for word in words)


def _before_the_bar(word: str) -> LessThan:
    return LessThan(StrIndex(F("search"), Value(f" {word}")), StrIndex(F("search"), Value("|")))


def _sum(conditions: Iterable[Q], worth: int = 1) -> Combinable:
    return reduce(add, (Case(When(one, then=worth), default=0, output_field=IntegerField()) for one in conditions))


def _ordered(found: Iterable[Body], lang: Lang) -> list[Body]:
    """The most hits first (annotated as `hits`), then by name in the reader's language."""
    return sorted(found, key=lambda body: (-vars(body)["hits"], sort_key(body.name(lang))))


def _stem(word: str) -> str:
    """The beginning of a word without a likely ending: 'автобусы' -> 'автобу', 'воды' -> 'вод'."""
    return word[: max(3, len(word) * 3 // 4)]
