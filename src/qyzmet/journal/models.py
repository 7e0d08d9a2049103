"""The append-only row, and beside it what must stay assignable (its place in the log) or erasable (salt, content)."""

from django.db import models


class Entry(models.Model):
    """One journal row. Triggers refuse UPDATE, DELETE and TRUNCATE on its table, on SQLite and PostgreSQL alike."""

    at = models.DateTimeField()
    leaf = models.TextField()
    """The leaf as canonical JSON; its bytes are what the log hashes."""
    leaf_hash = models.BinaryField(max_length=32, unique=True)


class Opening(models.Model):
    """What stands beside a row because it changes: its place in the log, once; salt and content, until erased."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="opening")
    salt = models.BinaryField(max_length=32, null=True)
    content = models.TextField(null=True)
    """Canonical JSON: case number, body, event, hashes of texts. Salt and content are null in an entry of the log
    itself (a key change) and once erased; row and tree stay whole."""
    index = models.BigIntegerField(null=True)
    """The place in the log, from 0. A row without one is pending."""

    class Meta:
        """The pending ones are found without reading the others; a new row stands in one of the two indexes."""

        indexes = [models.Index(fields=["entry"], condition=models.Q(index=None), name="opening_pending")]
        constraints = [
            models.UniqueConstraint(
                fields=["index"], condition=models.Q(index__isnull=False), name="opening_index_once"
            ),
        ]


class Head(models.Model):
    """A signed head of the log that receipts are built on."""

    name = models.CharField(max_length=10, primary_key=True)
    """`signed`: the latest; `witnessed`: the latest that the witnesses of the policy have cosigned."""
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()


class Promise(models.Model):
    """The promise given for a row before it had its place."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="promise")
    note = models.TextField()


class WitnessState(models.Model):
    """What a witness last said."""

    name = models.CharField(max_length=200, primary_key=True)
    size = models.BigIntegerField(default=0)
    """Of the last head it cosigned; 0 before the first."""
    at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    """Why its last answer was no cosignature; empty if it was one."""
    tried_at = models.DateTimeField(null=True)
