"""Files that belong to a case."""

from django.conf import settings
from django.db import models


class Paper(models.Model):
    """A stored file: named by its SHA-256, its type found by content."""

    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="papers")
    draft = models.ForeignKey("cases.IntakeDraft", models.CASCADE, null=True, related_name="papers")
    kind = models.CharField(max_length=16)
    """attachment | signed_paper | signature | protocol."""
    origin = models.CharField(max_length=10)
    """applicant | accused | official."""
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
