"""What is true from one local day to another."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q


def covers(on: date, prefix: str = "") -> Q:
    """The condition that a dated row is true on the local day `on`; `prefix` is a look-up path ending in `__`."""
    return Q(**{f"{prefix}since__lte": on}) & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": on}))


def overlaps(since: date, until: date | None) -> Q:
    """The condition that a dated row shares at least one day with `since`..`until` (None = without end)."""
    starts = Q() if until is None else Q(since__lte=until)
    return starts & (Q(until__isnull=True) | Q(until__gte=since))


class Dated(models.Model):
    """A fact with its first and last local day (Asia/Almaty). The last day is included; no last day = still true.

    `noted_at` is the moment of recording: what was known on a past day can be told from what was true on it.
    """

    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="%(class)s_ends_after_it_begins"
            )
        ]
