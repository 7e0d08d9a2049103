"""Where an appeal goes when its author does not know the body, and where nobody stands above."""

from __future__ import annotations

from datetime import date

from qyzmet.bodies.models import Body, Person, Post, Role
from qyzmet.bodies.models.dated import covers
from qyzmet.text.refusal import Missing

from .body import chain_up
from .post import posts_held
from .rights import persons_with_role


def intake_body() -> Body:
    """The city's top body, which sends on what it cannot decide; raises `Missing` in a city without bodies."""
    found = Body.objects.filter(superior=None, outside=False).order_by("kind", "pk").first()
    if found is None:
        raise Missing
    return found


def superior_of(body: Body) -> Body | None:
    """The body above; at the end of the chain the outside body; None where nobody is above."""
    chain = chain_up(body)
    return chain[0] if chain else Body.objects.filter(outside=True).exclude(pk=body.pk).first()


def post_in(person: Person, body: Body, on: date) -> Post | None:
    """The post by which the person stands under a letter of the body: the first held there, else the first held."""
    held = posts_held(person, on)
    return next((post for post in held if post.body_id == body.pk), held[0] if held else None)


def registrar_of(body: Body, on: date) -> Person | None:
    """Whom a talon names as receiver: the first registrar of the body in alphabetical order, substitutes included."""
    role = Role.objects.filter(covers(on), body=body, role="registrar").select_related("person")
    first = role.order_by("person__name_key", "person_id").first()
    if first is not None:
        return first.person
    return next(iter(persons_with_role(body, "registrar", on)), None)
