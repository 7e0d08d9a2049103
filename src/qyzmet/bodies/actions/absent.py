"""Note an absence, name who stands in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from qyzmet.bodies.models import Absence, Person, Post, Substitution
from qyzmet.bodies.models.dated import overlaps
from qyzmet.text.dates import local
from qyzmet.text.refusal import Refused

from . import checks


@transaction.atomic
def note_absence(*, person: Person, kind: str, since: date, until: date | None = None, at: datetime) -> Absence:
    """`person` is away on the local days `since`..`until`. Refuses: absence_kind_unknown, ends_before_it_begins."""
    if kind not in Absence.Kind.values:
        raise Refused("absence_kind_unknown", kind="input", given=kind)
    checks.period(since, until)
    return Absence.objects.create(person=person, kind=kind, since=since, until=until, noted_at=at)


@transaction.atomic
def end_absence(*, absence: Absence, until: date, at: datetime) -> Absence:
    """The absence lasts up to the local day `until`. Refuses: ends_before_it_begins."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    checks.period(absence.since, until)
    absence.until = until
    absence.save(update_fields=["until"])
    return absence


@transaction.atomic
def name_substitute(
    *,
    post: Post,
    substitute: Person,
    since: date,
    until: date | None = None,
    act: str = "",
    by: Person | None = None,
    at: datetime,
) -> Substitution:
    """`substitute` stands in for the holder of `post` on those local days on which the holder is absent.

    Refuses: ends_before_it_begins, right_for_oneself, not_administrator, own_substitute (the substitute holds the
    post on one of those days), substitute_named (somebody else stands in on one of them).
    """
    checks.period(since, until)
    checks.not_for_oneself(by, substitute)
    checks.governs(by, post.body, local(at).date())
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.appointments.filter(overlaps(since, until), person=substitute).exists():
        raise Refused("own_substitute", kind="input")
    if post.substitutions.filter(overlaps(since, until)).exists():
        raise Refused("substitute_named")
    return Substitution.objects.create(post=post, substitute=substitute, since=since, until=until, act=act, noted_at=at)


@transaction.atomic
def end_substitution(*, substitution: Substitution, until: date, at: datetime) -> Substitution:
    """Standing in lasts up to the local day `until`. Refuses: ends_before_it_begins."""
    substitution = Substitution.objects.select_for_update().get(pk=substitution.pk)
    checks.period(substitution.since, until)
    substitution.until = until
    substitution.save(update_fields=["until"])
    return substitution
