"""While the cases are played the city stands still: what is known of its people on a day need not be asked again."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from qyzmet.bodies import queries

ASKED_OFTEN = (
    "answers_to", "below", "body_by_code", "chain_up", "counter_of",
    "deciding_body", "head_of", "holder", "persons_with_role",
    "post_by_code", "post_in", "registrar_of", "roles_at", "superior_of",
)  # fmt: skip
"""Questions whose answer follows from the person, post or body, and the day."""


@contextmanager
def remembering(turns: Collection[date]) -> Iterator[None]:
    """Each of these questions is asked of the database once between two `turns`, the days on which the city changes.

    Only for a process that fills a demo and does no more.
    """
    ordered = sorted(turns)
    own = {name: getattr(queries, name) for name in ASKED_OFTEN}
    try:
        for name, ask in own.items():
            setattr(queries, name, _remembered(ask, ordered))
        yield
    finally:
        for name, ask in own.items():
            setattr(queries, name, ask)


def _remembered(ask: Callable[..., Any], turns: Sequence[date]) -> Callable[..., Any]:
    known: dict[tuple[Any, ...], Any] = {}

    def part(one: Any) -> Any:
        return bisect(turns, one) if isinstance(one, date) else getattr(one, "pk", one)

    def answer(*given: Any) -> Any:
        key = tuple(part(one) for one in given)
        if key not in known:
            known[key] = ask(*given)
        return known[key]

    return answer
