"""The one table."""

from django.db import models


class Slip(models.Model):
    """What came, and when."""

    kind = models.CharField(max_length=40)
    text = models.TextField()
    at = models.DateTimeField()
