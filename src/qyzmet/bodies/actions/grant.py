"""Give a role in a body, and end it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from qyzmet.bodies.models import Body, Person, Role
from qyzmet.bodies.models.dated import overlaps
from qyzmet.text.dates import local
from qyzmet.text.refusal import Refused

from . import checks


@transaction.atomic
def grant_role(
    *,
    person: Person,
    body: Body,
    role: str,
    since: date,
    until: date | None = None,
    act: str = "",
    by: Person | None = None,
    at: datetime,
) -> Role:
    """`person` has `role` in `body` on the local days `since`..`until`. `by` None = set-up.

    Refuses: role_unknown, ends_before_it_begins, right_for_oneself, not_administrator, role_held.
    """
    if role not in Role.Kind.values:
        raise Refused("role_unknown", kind="input", given=role)
    checks.period(since, until)
    checks.not_for_oneself(by, person)
    checks.governs(by, body, local(at).date())
    Person.objects.select_for_update().get(pk=person.pk)
    if Role.objects.filter(overlaps(since, until), person=person, body=body, role=role).exists():
        raise Refused("role_held")
    return Role.objects.create(person=person, body=body, role=role, since=since, until=until, act=act, noted_at=at)


@transaction.atomic
def end_role(*, person: Person, body: Body, role: str, until: date, by: Person | None = None, at: datetime) -> Role:
    """The open role ends with the local day `until`. Refuses: not_administrator, role_not_held,
    ends_before_it_begins.
    """
    checks.governs(by, body, local(at).date())
    held = Role.objects.select_for_update().filter(person=person, body=body, role=role, until__isnull=True).first()
    if held is None:
        raise Refused("role_not_held")
    checks.period(held.since, until)
    held.until = until
    held.save(update_fields=["until"])
    return held
