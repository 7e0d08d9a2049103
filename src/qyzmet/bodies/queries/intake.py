"""Where an appeal goes when its author does not know the body, and where nobody stands above."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from django.db import connection

from qyzmet.bodies.models import Appointment, Body, Person, Post, Role
from qyzmet.bodies.models.dated import covers
from qyzmet.rows import columns, made, width
from qyzmet.text.refusal import Missing

from .body import chain_up
from .post import posts_held
from .rights import persons_with_role


class Receiver(NamedTuple):
    """Who receives an appeal, and the post by which that person stands under its talon."""

    person: Person | None = None
    post: Post | None = None


class Counter(NamedTuple):
    """A body and who receives what is filed there."""

    body: Body
    receiver: Receiver


_HELD = """
SELECT held.id FROM {appointments} appointment JOIN {posts} held ON held.id = appointment.post_id
WHERE appointment.person_id = person.id AND appointment.since <= %s
  AND (appointment.until IS NULL OR appointment.until >= %s)"""
_COUNTER = f"""
SELECT {{body}}, {{person}}, {{post}} FROM {{bodies}} body
LEFT JOIN {{people}} person ON person.id = (
  SELECT role.person_id FROM {{roles}} role JOIN {{people}} named ON named.id = role.person_id
  WHERE role.body_id = body.id AND role.role = 'registrar' AND role.since <= %s
    AND (role.until IS NULL OR role.until >= %s)
  ORDER BY named.name_key, named.id LIMIT 1)
LEFT JOIN {{posts}} post ON post.id = COALESCE(
  ({_HELD} AND held.body_id = body.id ORDER BY held.is_head DESC, held.id LIMIT 1),
  ({_HELD} ORDER BY held.is_head DESC, held.id LIMIT 1))
WHERE body.code = %s
"""  # noqa: S608 (own text)


@cache
def _counter() -> str:
    """The statement with its names: `registrar_of` and `post_in` of a body, asked at once."""
    tables = {"bodies": Body, "people": Person, "posts": Post, "roles": Role, "appointments": Appointment}
    names = {name: connection.ops.quote_name(model._meta.db_table) for name, model in tables.items()}
    read = {"body": columns(Body, "body"), "person": columns(Person, "person"), "post": columns(Post, "post")}
    return _COUNTER.format(**names, **read)


def counter_of(code: str, on: date) -> Counter:
    """The body of that code, its `registrar_of` and the registrar's `post_in` it. One query where it has a registrar.

    Raises `Missing` where there is no such body.
    """
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(_counter(), [*[day] * 6, code])
        row = cursor.fetchone()
    body = made(Body, row[: width(Body)]) if row else None
    if body is None:
        raise Missing
    person, post = width(Body), width(Body) + width(Person)
    receiver = Receiver(made(Person, row[person:post]), made(Post, row[post:]))
    return Counter(body, receiver if receiver.person else _standing_in(body, on))


def _standing_in(body: Body, on: date) -> Receiver:
    """Who registers where nobody has the role: whoever stands in for an absent registrar."""
    person = registrar_of(body, on)
    return Receiver(person, post_in(person, body, on) if person else None)


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
