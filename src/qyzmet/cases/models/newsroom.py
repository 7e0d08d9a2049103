"""Newsrooms that ask bodies, who may sign for them, and what they asked."""

from django.conf import settings
from django.db import models


class Newsroom(models.Model):
    """A newsroom as its editor gave it. It asks from the first minute; whether it was checked is only told beside."""

    name = models.CharField(max_length=250)
    registration_number = models.CharField(max_length=60, blank=True)
    """Of the certificate of registration of the media."""
    bin = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)
    languages = models.JSONField(default=list)
    """Languages it comes out in: kk | ru | en."""
    code_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the newsroom's code, hex; the same opens each of its cases."""
    registered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    """When a code sent to `email` was entered."""
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    is_known = models.BooleanField(null=True)
    """What the check found: whether the registration is in the state's list. None: nobody has looked yet."""
    note = models.CharField(max_length=500, blank=True)
    """What whoever checked it wrote."""
    reissued_at = models.DateTimeField(null=True)
    reissued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reissued_to = models.CharField(max_length=500, blank=True)
    """How the desk made sure who got the last code it gave out."""


class Signer(models.Model):
    """Somebody who may sign inquiries of a newsroom (MM 35(4), 36(1)). Who left stays, with the day."""

    newsroom = models.ForeignKey(Newsroom, models.PROTECT, related_name="signers")
    name = models.CharField(max_length=250)
    capacity = models.CharField(max_length=12)
    """editor | authorised | accredited."""
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)


class Inquiry(models.Model):
    """That a case was asked by a newsroom, who signed it, and what was asked together with it."""

    newsroom = models.ForeignKey(Newsroom, models.PROTECT, related_name="inquiries")
    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="inquiry")
    signer = models.ForeignKey(Signer, models.PROTECT, null=True, related_name="+")
    together = models.CharField(max_length=32)
    """The same for every body asked at once."""

    class Meta:
        """The list of a newsroom, newest first; and what was sent once is not sent again."""

        indexes = [
            models.Index(fields=["newsroom", "-id"], name="inquiry_of_newsroom"),
            models.Index(fields=["newsroom", "together"], name="inquiry_together"),
        ]
