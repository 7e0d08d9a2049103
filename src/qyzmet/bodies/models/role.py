from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .body import Body
from .dated import Dated
from .person import Person


class Role(Dated):
    """What a person may do with the cases of one body, from the day to the day, by which act."""

    class Kind(models.TextChoices):
        REGISTRAR = "registrar"
        EXECUTOR = "executor"
        APPROVER = "approver"
        HEAD = "head"
        ADMINISTRATOR = "administrator"

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    body = models.ForeignKey(Body, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Kind.choices)
    act = models.CharField(max_length=300, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "body", "role"], condition=Q(until__isnull=True), name="role_open_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["registrar", "executor", "approver", "head", "administrator"]),
                name="role_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "role"], name="role_body_role")]
