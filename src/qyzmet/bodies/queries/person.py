"""Find people, and who stands behind a key."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from qyzmet.bodies.models import ApiToken, Person
from qyzmet.bodies.models.dated import covers
from qyzmet.bodies.models.token import token_hash
from qyzmet.text.dates import local


class Holder(NamedTuple):
    """The person a program acts as, and what its key is good for."""

    person: Person
    scopes: frozenset[str]


def person_by_login(login: str) -> Person | None:
    return Person.objects.filter(login=login.strip().lower()).first()


def tokens_of(person: Person) -> list[ApiToken]:
    """The keys of the person that were not taken back, the newest first."""
    return list(ApiToken.objects.filter(person=person, revoked_at__isnull=True).order_by("-pk"))


def token_holder(token_text: str, at: datetime) -> Holder | None:
    """Who holds the key at the moment; None for an unknown, ended or revoked key and for a person no longer active."""
    valid = Q(covers(local(at).date()), Q(revoked_at__isnull=True) | Q(revoked_at__gt=at), person__is_active=True)
    token = ApiToken.objects.select_related("person").filter(valid, hash=token_hash(token_text)).first()
    return Holder(token.person, frozenset(token.scopes)) if token else None
