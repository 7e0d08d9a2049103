from __future__ import annotations

from typing import ClassVar

from django.db import models

from .dated import Dated
from .person import Person


class ApiToken(Dated):
    """A key for programs acting as a person, limited to its scopes. Only the SHA-256 (hex) of the key is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar = [*Dated.Meta.constraints]
