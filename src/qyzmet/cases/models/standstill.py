"""When the clock of a case stood, and why."""

from django.db import models


class Standstill(models.Model):
    """A fact of a case: for this cause of its procedure the clock stood from `first` to `last`, both included."""

    case = models.ForeignKey("cases.Case", models.PROTECT, db_index=False, related_name="standstills")
    n = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField(null=True)
    """None: it still stands."""
    ground = models.TextField(blank=True)
    """What shows it: the paper, its number and day. Empty where a step brings it about by itself."""
    is_void = models.BooleanField(default=False)
    """It never stood: entered by mistake, or over before a whole day of it was."""
    begun_by = models.PositiveIntegerField()
    """The number of the step that recorded it."""
    ended_by = models.PositiveIntegerField(null=True)
    """The number of the step that ended it, or that put its end right."""

    class Meta:
        """Numbered from 1 within a case."""

        constraints = [
            models.UniqueConstraint(fields=["case", "n"], name="standstill_n_once"),
            models.CheckConstraint(
                condition=models.Q(last=None) | models.Q(last__gte=models.F("first")), name="standstill_forward"
            ),
        ]
