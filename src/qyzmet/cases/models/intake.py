"""What is kept before there is a case: a form half filled in, and the keys of repeated requests."""

from django.db import models


class IntakeDraft(models.Model):
    """A portal form on its way, kept for a day; the browser holds the token, the table its hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField(db_index=True)
    network = models.CharField(max_length=32, blank=True)
    """Whence its files came, as a keyed hash: what one network leaves lying about has a limit."""
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    """Set once sent: a second press of the button shows the same talon."""

    class Meta:
        """Few forms have files; those of one network are added up with each file that comes from there."""

        indexes = [models.Index(fields=["network"], condition=~models.Q(network=""), name="draft_network")]


class Tries(models.Model):
    """How often a one-time code was tried; `key` is told by the code itself. Forgotten by the clock after a day."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(db_index=True)


class Idempotency(models.Model):
    """An `Idempotency-Key` that made a case; the same key with the same request gives the same case."""

    key = models.CharField(max_length=200, unique=True)
    request_hash = models.CharField(max_length=64)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
