"""Who may do what in which body on a day."""

from __future__ import annotations

from datetime import date

from qyzmet.bodies.models import Body, Person

from .statements import BEARERS, ROLES, ask


def roles_at(person: Person, on: date) -> frozenset[tuple[int, str]]:
    """(body id, role) pairs `person` has on the day: own ones, and those of the absent holders stood in for.

    A substitute gets what the holder has in the post's body, nothing of what the holder has elsewhere and nothing
    the holder only has by standing in for a third person. One query.
    """
    return frozenset((body, role) for body, role in ask(ROLES, on=on, person=person.pk))


def persons_with_role(body: Body, role: str, on: date) -> list[Person]:
    """Everybody who has `role` in `body` on the day, substitutes included, in alphabetical order. Two queries."""
    ids = {person for (person,) in ask(BEARERS, on=on, body=body.pk, role=role)}
    return list(Person.objects.filter(pk__in=ids).order_by("name_key", "pk"))
