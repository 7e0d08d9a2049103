"""Who holds a post from when to when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from qyzmet.bodies.models import Appointment, Person, Post
from qyzmet.bodies.models.dated import overlaps
from qyzmet.text.refusal import Refused

from . import checks


@transaction.atomic
def appoint(
    *, post: Post, person: Person, since: date, until: date | None = None, act: str = "", at: datetime
) -> Appointment:
    """`person` holds `post` on the local days `since`..`until`.

    Refuses: ends_before_it_begins, post_closed, post_held (somebody holds it on one of those days).
    """
    checks.period(since, until)
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.closed_on is not None and (until is None or until >= post.closed_on):
        raise Refused("post_closed")
    if post.appointments.filter(overlaps(since, until)).exists():
        raise Refused("post_held")
    return Appointment.objects.create(post=post, person=person, since=since, until=until, act=act, noted_at=at)


@transaction.atomic
def release(*, post: Post, person: Person, until: date, at: datetime) -> Appointment:
    """The open appointment ends with the local day `until`. Refuses: not_appointed, ends_before_it_begins."""
    held = Appointment.objects.select_for_update().filter(post=post, person=person, until__isnull=True).first()
    if held is None:
        raise Refused("not_appointed")
    checks.period(held.since, until)
    held.until = until
    held.save(update_fields=["until"])
    return held
