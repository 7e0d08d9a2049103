"""Days that an order moved after the calendar was written, and how far open cases are dated again for it."""

from django.conf import settings
from django.db import models


class CalendarOrder(models.Model):
    """One order as an administrator entered it, or the taking back of one. Never edited, never deleted (by trigger)."""

    n = models.PositiveIntegerField(unique=True)
    """Numbered from 1 without gaps: two entered at once cannot both be the next one."""
    version = models.CharField(max_length=64, unique=True)
    """SHA-256 over the row and the version before it, hex: names the whole calendar that is in force with this row."""
    off_on = models.DateField(null=True)
    """The day that the order makes a day off."""
    worked_on = models.DateField(null=True)
    """The day that the order makes a working day."""
    number = models.CharField(max_length=60)
    dated = models.DateField()
    url = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True)
    cancels = models.OneToOneField("self", models.PROTECT, null=True, related_name="cancelled_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.ForeignKey("journal.Entry", models.PROTECT, null=True, related_name="+")
    """Its row in the public log; None where it was entered before orders stood there."""

    class Meta:
        """A row moves a day or takes a row back, never both."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(cancels=None, off_on__isnull=False)
                | models.Q(cancels=None, worked_on__isnull=False)
                | models.Q(cancels__isnull=False, off_on=None, worked_on=None),
                name="calendar_order_moves_or_cancels",
            ),
            models.CheckConstraint(
                condition=models.Q(off_on=None) | models.Q(worked_on=None) | ~models.Q(off_on=models.F("worked_on")),
                name="calendar_order_two_days",
            ),
        ]


class Redating(models.Model):
    """One run over all open cases. Its place is written with each batch, in the batch's own transaction.

    The counts are of cases about no person's conduct: whoever is barred from one must not find it in a number.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        STOPPED = "stopped"
        OVERTAKEN = "overtaken"
        """A later run began: it dates every case under the newest calendar, from the first one on."""
        DONE = "done"

    order = models.OneToOneField(CalendarOrder, models.PROTECT, null=True, related_name="redating")
    """Empty where the files of the calendar changed, not an order."""
    state = models.CharField(max_length=10, choices=State.choices)
    after = models.BigIntegerField(default=0)
    """The last case that was looked at."""
    total = models.PositiveIntegerField()
    """Open cases when the run was asked for."""
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    """Of the last batch, or of the last stop or start."""

    class Meta:
        """One run at a time."""

        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(state__in=["running", "stopped"]),
                name="redating_one_at_a_time",
            ),
        ]
