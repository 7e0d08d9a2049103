"""Posts of a body and who sits where on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from qyzmet.bodies.models import Appointment, Body, Person, Post
from qyzmet.bodies.models.dated import covers
from qyzmet.text.refusal import Missing

from .standing_in import stand_ins


class Seat(NamedTuple):
    """A post with its holder and whoever stands in on the day."""

    post: Post
    holder: Person | None
    acting: Person | None


def post_by_code(code: str) -> Post:
    """Raises `Missing` where there is none."""
    post = Post.objects.select_related("body").filter(code=code).first()
    if post is None:
        raise Missing
    return post


def holder(post: Post, on: date) -> Person | None:
    """Who holds the post on the day, absent or not."""
    held = Appointment.objects.select_related("person").filter(covers(on), post=post).first()
    return held.person if held else None


def acting(post: Post, on: date) -> Person | None:
    """Who stands in on the day for an absent holder, or where there is no holder."""
    standing = stand_ins(on).select_related("substitute").filter(post=post).order_by("pk").first()
    return standing.substitute if standing else None


def head_of(body: Body, on: date) -> Person | None:
    """Who heads the body on the day: the holder of its head post, or, when absent, the substitute."""
    post = _open_posts(on).filter(body=body, is_head=True).order_by("-pk").first()
    return (acting(post, on) or holder(post, on)) if post else None


def posts_of(body: Body, on: date) -> list[Seat]:
    """All posts open on the day with their people, the head first, then in the order of founding. Three queries."""
    posts = list(_open_posts(on).select_related("unit").filter(body=body).order_by("-is_head", "pk"))
    held = Appointment.objects.select_related("person").filter(covers(on), post__body=body)
    standing = stand_ins(on).select_related("substitute").filter(post__body=body)
    holders = {row.post_id: row.person for row in held}
    others = {row.post_id: row.substitute for row in standing}
    return [Seat(post, holders.get(post.pk), others.get(post.pk)) for post in posts]


def posts_held(person: Person, on: date) -> list[Post]:
    """Posts the person holds on the day, head posts first."""
    held = Appointment.objects.filter(covers(on), person=person).values("post")
    return list(Post.objects.select_related("body", "unit").filter(pk__in=held).order_by("-is_head", "pk"))


def _open_posts(on: date) -> QuerySet[Post]:
    return Post.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
