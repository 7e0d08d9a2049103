"""Keys for programs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from qyzmet.bodies.models import ApiToken, Person
from qyzmet.bodies.models.token import token_hash
from qyzmet.text.dates import local
from qyzmet.text.refusal import Refused

from . import checks


class Issued(NamedTuple):
    """The stored token and its text, which is known only now."""

    token: ApiToken
    text: str


@transaction.atomic
def issue_token(*, person: Person, name: str, scopes: Iterable[str], until: date | None = None, at: datetime) -> Issued:
    """A new key acting as `person` within `scopes`, from today up to the local day `until`.

    Refuses: scopes_missing, ends_before_it_begins.
    """
    wanted = sorted(set(scopes))
    if not wanted:
        raise Refused("scopes_missing", kind="input")
    today = local(at).date()
    checks.period(today, until)
    text = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        person=person, name=name, hash=token_hash(text), scopes=wanted, since=today, until=until, noted_at=at
    )
    return Issued(token, text)


@transaction.atomic
def revoke_token(*, token: ApiToken, at: datetime) -> ApiToken:
    """The key is of no use from this moment."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    token.revoked_at = token.revoked_at or at
    token.save(update_fields=["revoked_at"])
    return token
