"""What a body published on its own page: answers, with the consent of who asked, and statements."""

from django.conf import settings
from django.db import models


class Publication(models.Model):
    """A published text. Withdrawn, its words are erased and the row stays."""

    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="publications")
    """The case that was answered; None for a statement."""
    texts = models.JSONField(default=list)
    """[{"part": question | answer | statement, "lang", "title", "text"}], masked, in the order of reading."""
    asked_by = models.CharField(max_length=250, blank=True)
    """The newsroom that asked; a person is never named."""
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    entry = models.ForeignKey("journal.Entry", models.PROTECT, null=True, related_name="+")
    gone_entry = models.ForeignKey("journal.Entry", models.PROTECT, null=True, related_name="+")
    """Of a statement: its row in the public log, and the one of its withdrawal. An answer's rows are its steps'."""

    class Meta:
        """The page of a body, newest first; an answer stands there once."""

        indexes = [
            models.Index(fields=["body", "-id"], condition=models.Q(withdrawn_at=None), name="publication_of_body")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(withdrawn_at=None, case__isnull=False), name="published_once"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(texts=[]), name="withdrawn_without_words"
            ),
        ]
