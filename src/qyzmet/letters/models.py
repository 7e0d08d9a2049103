"""Letters and their ways. Only `letters.actions` writes here; a trigger keeps a letter's row as it was composed."""

from django.db import models
from django.db.models import Q


class Letter(models.Model):
    """What a body wrote, word for word, in one language. Never edited: a correction is another letter."""

    case_number = models.CharField(max_length=20, db_index=True)
    body_code = models.SlugField(max_length=80, db_index=False)
    body_names = models.JSONField()
    body_address = models.TextField(blank=True)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    to_name = models.TextField()
    to_address = models.TextField(blank=True)
    to_email = models.TextField(blank=True)
    subject = models.TextField()
    body = models.TextField()
    created_at = models.DateTimeField()
    text_sha256 = models.CharField(max_length=64)
    official_name = models.TextField(blank=True)
    official_post = models.TextField(blank=True)
    signature_note = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    follow_url = models.TextField(blank=True)
    courtesy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="courtesies"
    )

    class Meta:
        indexes = [
            models.Index(fields=["courtesy_of"], condition=Q(courtesy_of__isnull=False), name="letter_courtesies")
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.kind} ({self.language})"

    @property
    def text(self) -> str:
        """Subject and body: what `text_sha256` is the hash of."""
        return f"{self.subject}\n\n{self.body}"

    @property
    def to_accused(self) -> bool:
        """Whether it goes to the person complained of, who must not learn the number of the case."""
        return self.kind.startswith("accused_")


class Dispatch(models.Model):
    """One way of one letter to its reader."""

    class State(models.TextChoices):
        """PENDING waits for the outbox or a clerk; SENDING is claimed; UNCERTAIN waits for a person's decision."""

        PENDING = "pending"
        SENDING = "sending"
        SENT = "sent"
        UNCERTAIN = "uncertain"
        FAILED = "failed"
        CANCELLED = "cancelled"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="dispatches")
    body_code = models.SlugField(max_length=80, db_index=False)
    channel = models.CharField(max_length=10)
    address = models.TextField(blank=True)
    key = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=State.choices)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    register_year = models.PositiveSmallIntegerField(null=True)
    register_number = models.PositiveIntegerField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_code", "register_year", "register_number"],
                condition=Q(register_number__isnull=False),
                name="dispatch_register_number",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="pending"), name="dispatch_outbox"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="dispatch_claimed"),
            models.Index(fields=["body_code", "id"], condition=Q(state="pending"), name="dispatch_waiting"),
            models.Index(
                fields=["body_code", "id"], condition=Q(state__in=["failed", "uncertain"]), name="dispatch_troubled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class RegisterYear(models.Model):
    """The last number a body gave in its dispatch register in a year."""

    body_code = models.SlugField(max_length=80, db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body_code", "year"], name="register_year")]

    def __str__(self) -> str:
        return f"{self.body_code} {self.year}: {self.last}"
