from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .dated import Dated
from .person import Person
from .post import Post


class Absence(Dated):
    """Days on which a person is not at work. A day covered by any absence is a day of absence."""

    class Kind(models.TextChoices):
        LEAVE = "leave"
        SICKNESS = "sickness"
        TRIP = "trip"
        STUDY = "study"
        OTHER = "other"

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["leave", "sickness", "trip", "study", "other"]), name="absence_kind_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "since"], name="absence_person")]


class Substitution(Dated):
    """Who stands in for the holder of a post. It gives nothing while the holder is at work."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Person, models.PROTECT, related_name="substitutions")
    act = models.CharField(max_length=300, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["post"], condition=Q(until__isnull=True), name="substitution_one_open_for_a_post"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "since"], name="substitution_post"),
            models.Index(fields=["substitute", "since"], name="substitution_substitute"),
        ]
