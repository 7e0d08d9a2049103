from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models

from .dated import Dated
from .person import Person


def token_hash(text: str) -> str:
    """SHA-256 in hex. The key is 32 random bytes, so that no slow hash is needed."""
    return hashlib.sha256(text.encode()).hexdigest()


class ApiToken(Dated):
    """A key for programs acting as a person, limited to its scopes. Only the SHA-256 (hex) of the key is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Dated.Meta):
        constraints: ClassVar = [*Dated.Meta.constraints]
