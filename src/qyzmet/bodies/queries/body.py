"""Bodies and their chain of superiors."""

from __future__ import annotations

from collections.abc import Iterable

from qyzmet.bodies.models import Body
from qyzmet.text.fold import sort_key
from qyzmet.text.refusal import Missing


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


def every_superior(ids: Iterable[int]) -> list[Body]:
    """All bodies above any of these, each once. A query a level, however many bodies."""
    met, found = set(ids), []
    level = Body.objects.filter(subordinates__in=met) if met else Body.objects.none()
    while above := [body for body in level.distinct() if body.pk not in met]:
        found += above
        met |= {body.pk for body in above}
        level = Body.objects.filter(subordinates__in=[body.pk for body in above])
    return found


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
