from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qyzmet.text.languages import Words

from .named import Named


class Body(Named):
    """An administrative body: of the state (`state`) or of the city (`local`).

    `outside` marks the one body that decides where the chain of superiors ends. `cutoff` is the local hour from
    which an arrival counts as the next working day; empty means the law's default. `search` is folded text.
    """

    class Kind(models.TextChoices):
        STATE = "state"
        LOCAL = "local"

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    duties_kk = models.TextField(blank=True)
    duties_ru = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    address_kk = models.CharField(max_length=300, blank=True)
    address_ru = models.CharField(max_length=300, blank=True)
    address_en = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    outside = models.BooleanField(default=False)
    cutoff = models.TimeField(null=True, blank=True)
    search = models.TextField(blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=["state", "local"]), name="body_kind_known"),
            models.CheckConstraint(
                condition=Q(superior__isnull=True) | ~Q(superior=F("id")), name="body_not_its_own_superior"
            ),
            models.UniqueConstraint(fields=["outside"], condition=Q(outside=True), name="body_one_outside"),
        ]

    @property
    def duties(self) -> Words:
        return {"kk": self.duties_kk, "ru": self.duties_ru, "en": self.duties_en}

    @property
    def address(self) -> Words:
        return {"kk": self.address_kk, "ru": self.address_ru, "en": self.address_en}


class Unit(Named):
    """A part of a body: a division, a sector, a branch."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="unit_not_its_own_parent"
            ),
            models.UniqueConstraint(fields=["body", "name_kk"], name="unit_named_once_in_a_body"),
        ]
