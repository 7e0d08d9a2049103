"""Who may do what in which body on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from qyzmet.bodies.models import Body, Person, Role
from qyzmet.bodies.models.dated import covers

from .standing_in import absent_holders, for_absent
from .statements import ROLES, ask


def roles_at(person: Person, on: date) -> frozenset[tuple[int, str]]:
    """(body id, role) pairs `person` has on the day: own ones, and those of the absent holders stood in for.

    A substitute gets what the holder has in the post's body, nothing of what the holder has elsewhere and nothing
    the holder only has by standing in for a third person. One query.
    """
    return frozenset((body, role) for body, role in ask(ROLES, on=on, person=person.pk))


def persons_with_role(body: Body, role: str, on: date) -> list[Person]:
    """Everybody who has `role` in `body` on the day, substitutes included, in alphabetical order. Two queries."""
    own = Role.objects.filter(covers(on), body=body, role=role)
    lender = own.filter(person=OuterRef("person"))
    away = absent_holders(on).filter(Exists(lender), post=OuterRef("post")).exclude(person=OuterRef("substitute"))
    lent = for_absent(on).filter(Exists(away), post__body=body)
    ids = own.values_list("person_id", flat=True).union(lent.values_list("substitute_id", flat=True))
    return list(Person.objects.filter(pk__in=set(ids)).order_by("name_key", "pk"))
