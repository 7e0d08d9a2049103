"""Found a body, its units and posts; close a post."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from qyzmet.bodies.models import Body, Post, Unit
from qyzmet.bodies.models.dated import covers
from qyzmet.text.fold import fold
from qyzmet.text.languages import LANGS, Words
from qyzmet.text.refusal import Refused

from . import checks


@transaction.atomic
def found_body(
    *,
    code: str,
    kind: str,
    names: Words,
    duties: Words | None = None,
    address: Words | None = None,
    email: str = "",
    phone: str = "",
    superior: Body | None = None,
    outside: bool = False,
    cutoff: time | None = None,
    at: datetime,
) -> Body:
    """A new body under `superior` (None = the chain ends here).

    Refuses: name_missing, body_kind_unknown, outside_exists, code_taken.
    """
    if kind not in Body.Kind.values:
        raise Refused("body_kind_unknown", kind="input", given=kind)
    if outside and Body.objects.filter(outside=True).exists():
        raise Refused("outside_exists")
    body = Body(code=code, kind=kind, email=email, phone=phone, superior=superior, outside=outside, cutoff=cutoff)
    written = {**checks.complete(names), **checks.columns("duties", duties), **checks.columns("address", address)}
    for column, words in written.items():
        setattr(body, column, words)
    body.search = search_text(body)
    body.added_at = at
    with checks.unique("code_taken", taken=code):
        body.save(force_insert=True)
    return body


def search_text(body: Body) -> str:
    """Folded words of the names, a bar, folded words of the duties; each word has a blank before it."""
    names = fold(" ".join(body.names[lang] for lang in LANGS))
    duties = fold(" ".join(body.duties[lang] for lang in LANGS))
    return f" {names} | {duties} "


@transaction.atomic
def found_unit(*, body: Body, names: Words, parent: Unit | None = None, at: datetime) -> Unit:
    """A new unit of `body`. Refuses: name_missing, unit_of_another_body, unit_exists."""
    if parent is not None and parent.body_id != body.pk:
        raise Refused("unit_of_another_body", kind="input")
    columns = checks.complete(names)
    with checks.unique("unit_exists", taken=columns["name_kk"]):
        return Unit.objects.create(body=body, parent=parent, added_at=at, **columns)


@transaction.atomic
def found_post(
    *,
    body: Body,
    code: str,
    names: Words,
    is_head: bool = False,
    unit: Unit | None = None,
    superior: Post | None = None,
    at: datetime,
) -> Post:
    """A new post. A head without `superior` answers to the open head post of the superior body, where there is one;
    any other post without `superior` to the head of its own body.

    Refuses: name_missing, unit_of_another_body, head_exists, code_taken.
    """
    if unit is not None and unit.body_id != body.pk:
        raise Refused("unit_of_another_body", kind="input")
    Body.objects.select_for_update().get(pk=body.pk)
    if is_head and _head_post(body.pk) is not None:
        raise Refused("head_exists")
    above = superior or _head_post(body.superior_id if is_head else body.pk)
    columns = checks.complete(names)
    with checks.unique("code_taken", taken=code):
        return Post.objects.create(
            body=body, unit=unit, code=code, is_head=is_head, superior=above, added_at=at, **columns
        )


def _head_post(body_id: int | None) -> Post | None:
    if body_id is None:
        return None
    return Post.objects.filter(body_id=body_id, is_head=True, closed_on__isnull=True).first()


@transaction.atomic
def close_post(*, post: Post, on: date, at: datetime) -> Post:
    """The post exists up to the day before `on`. Refuses: post_closed, post_held (somebody holds it on that day)."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.closed_on is not None:
        raise Refused("post_closed")
    if post.appointments.filter(covers(on)).exists() or post.appointments.filter(since__gte=on).exists():
        raise Refused("post_held")
    post.closed_on = on
    post.save(update_fields=["closed_on"])
    return post
