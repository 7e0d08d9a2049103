"""Which body decides about somebody whose conduct is complained of."""

from __future__ import annotations

from datetime import date

from qyzmet.bodies.models import Body, Person, Post, Role
from qyzmet.bodies.models.dated import covers

from .above import answers_to
from .body import chain_up
from .post import head_of, holder, posts_held


def deciding_body(accused: Person | Post, on: date) -> Body | None:
    """The first body above the accused's own whose head is neither the accused nor answers to the accused.

    Where the chain ends: the body marked `outside`; where there is none: None, and the court route is told. A person
    with several posts is taken at the first head post, else the first post; a vacant post has nobody to pass over.
    """
    person = holder(accused, on) if isinstance(accused, Post) else accused
    own = accused.body if isinstance(accused, Post) else _body_of(accused, on)
    for body in chain_up(own) if own else []:
        if _may_decide(body, person, on):
            return body
    outside = Body.objects.filter(outside=True).first()
    return outside if outside and outside != own and _may_decide(outside, person, on) else None


def _may_decide(body: Body, accused: Person | None, on: date) -> bool:
    head = head_of(body, on)
    if accused is None or head is None:
        return True
    return head.pk != accused.pk and accused.pk not in answers_to(head, on)


def _body_of(person: Person, on: date) -> Body | None:
    posts = posts_held(person, on)
    if posts:
        return posts[0].body
    role = Role.objects.select_related("body").filter(covers(on), person=person).order_by("pk").first()
    return role.body if role else None
