"""Steps, deadlines and letters of a case."""

from django.conf import settings
from django.db import models


class Step(models.Model):
    """One recorded act on a case; never edited, never deleted."""

    case = models.ForeignKey("cases.Case", models.PROTECT, db_index=False, related_name="steps")
    n = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    at = models.DateTimeField()
    actor = models.CharField(max_length=10)
    """official | applicant | accused | system."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    body = models.ForeignKey("bodies.Body", models.PROTECT, db_index=False, related_name="+")
    public = models.BooleanField()
    """Shown on the person's page."""
    note = models.TextField(blank=True)
    """Words for the person (public steps) or for the desk."""
    facts = models.JSONField(default=dict)
    entry = models.OneToOneField("journal.Entry", models.PROTECT, related_name="+")

    class Meta:
        """Numbered from 1 within a case, by which alone steps are looked up: not by who took them, nor by body."""

        constraints = [models.UniqueConstraint(fields=["case", "n"], name="step_n_once")]


class Deadline(models.Model):
    """A day that follows from an event, a dated rule and a calendar, stored with the way to it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, db_index=False, related_name="deadlines")
    key = models.CharField(max_length=32)
    start_on = models.DateField()
    as_of = models.DateField()
    """The day that chose the redaction."""
    count = models.PositiveSmallIntegerField(null=True)
    """The number an official chose, where the law leaves it to them."""
    on = models.DateField()
    rule = models.CharField(max_length=60)
    redaction = models.CharField(max_length=10)
    status = models.CharField(max_length=12)
    facts = models.JSONField(default=list)
    whose = models.CharField(max_length=10)
    """body | applicant | act: who must act by then; `act` = the act may not come before."""
    is_open = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Open ones are found by case and by day."""

        indexes = [
            models.Index(fields=["case", "key"], name="deadline_of_case"),
            models.Index(fields=["key", "on", "id"], condition=models.Q(is_open=True), name="deadline_open"),
        ]


class CaseLetter(models.Model):
    """That a letter belongs to a case, by which step, and who may read it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="case_letters")
    step = models.ForeignKey(Step, models.PROTECT, db_index=False, related_name="step_letters")
    letter = models.OneToOneField("letters.Letter", models.PROTECT, related_name="+")
    reader = models.CharField(max_length=10)
    """applicant | accused | body: on whose page it stands."""
