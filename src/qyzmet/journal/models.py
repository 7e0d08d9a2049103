"""The append-only row, and beside it what must stay assignable (its place in the log) or erasable (salt, content)."""

from django.db import models


class Entry(models.Model):
    """One journal row. Triggers refuse UPDATE, DELETE and TRUNCATE on its table, on SQLite and PostgreSQL alike."""

    at = models.DateTimeField()
    leaf = models.TextField()
    """The leaf as canonical JSON; its bytes are what the log hashes."""
    leaf_hash = models.BinaryField(max_length=32, unique=True)


class Opening(models.Model):
    """What opens the commitment of a row. May be erased; the row and the tree stay whole."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="opening")
    salt = models.BinaryField(max_length=32)
    content = models.TextField()
    """Canonical JSON: case number, body, event, hashes of texts."""


class Place(models.Model):
    """The index a row has in the log. A row without a place is pending."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="place")
    index = models.BigIntegerField(unique=True)
