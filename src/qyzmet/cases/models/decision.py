"""Drafts of a decision and the hearing before it."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """One version of a decision or answer. A new version is a new row; what was signed can be read for ever."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="drafts")
    n = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    language = models.CharField(max_length=2)
    outcome = models.CharField(max_length=40)
    facts = models.TextField(blank=True)
    ground = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    """Question number (as text) -> {"text": str, "joined_to": int | None}."""
    adverse = models.BooleanField(default=False)
    exemption = models.CharField(max_length=40, blank=True)
    """The ground of APPC 73(2) on which no hearing was held."""
    exemption_reason = models.TextField(blank=True)
    stage = models.CharField(max_length=12, default="draft")
    """draft | submitted | sent_back | approved | signed."""
    remark = models.TextField(blank=True)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signature_kind = models.CharField(max_length=12, blank=True)
    """upload | demo."""
    signature_paper = models.ForeignKey("cases.Paper", models.PROTECT, null=True, related_name="+")
    letter = models.ForeignKey("letters.Letter", models.PROTECT, null=True, related_name="+")

    class Meta:
        """Numbered from 1 within a case; nobody approves an own draft, by construction."""

        constraints = [
            models.UniqueConstraint(fields=["case", "n"], name="draft_n_once"),
            models.CheckConstraint(condition=~models.Q(approver=models.F("author")), name="draft_other_approver"),
        ]


class Hearing(models.Model):
    """An oral hearing (APPC 73-74): when, where, the protocol and the remarks on it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="hearings")
    set_for = models.DateTimeField()
    place = models.CharField(max_length=300)
    held_at = models.DateTimeField(null=True)
    protocol = models.TextField(blank=True)
    remarks = models.TextField(blank=True)
