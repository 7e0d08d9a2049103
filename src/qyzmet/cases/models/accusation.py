"""Whom a case accuses, and who therefore sees nothing of it."""

from django.conf import settings
from django.db import models


class Accusation(models.Model):
    """The person whose conduct is complained of; `post` and `person` stay empty until intake resolves the text."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="accusation")
    text = models.CharField(max_length=2000)
    post = models.ForeignKey("bodies.Post", models.PROTECT, null=True, db_index=False, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    """SHA-256 of the code by which the accused opens a page of their own, hex."""
    explanation = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True)

    class Meta:
        """`accusation_page` serves the page of the accused."""

        indexes = [models.Index(fields=["code_hash"], condition=~models.Q(code_hash=""), name="accusation_page")]


class Barred(models.Model):
    """Somebody barred from a case since filing: the accused, and whoever answered to them on that day.

    Those who come to answer to the accused later are found when they ask (`cases.seen`), so that no change of
    posts can open a case by being forgotten here.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="barred")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")

    class Meta:
        """Once a person and case."""

        constraints = [models.UniqueConstraint(fields=["person", "case"], name="barred_once")]
