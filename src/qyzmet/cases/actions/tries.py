"""Tries of a one-time code, counted where no two requests can count past each other: in a row of the database."""

from datetime import datetime

from django.db.models import F

from qyzmet.cases.models import Tries


def claim_try(key: str, *, most: int, at: datetime) -> bool:
    """Take one of `most` tries of what `key` (at most 64 characters) stands for; False when none is left.

    One statement takes it: of any number of requests at once, no more than `most` are let through.
    """
    Tries.objects.bulk_create([Tries(key=key, at=at)], ignore_conflicts=True)
    return bool(Tries.objects.filter(key=key, count__lt=most).update(count=F("count") + 1))


def tries_left(key: str, *, most: int) -> int:
    """How many tries are left."""
    return most - (Tries.objects.filter(key=key).values_list("count", flat=True).first() or 0)
