"""A case, the people in it and the questions it asks."""

from django.conf import settings
from django.db import models


class Case(models.Model):
    """One matter from registration to closing. Written by `cases.actions` alone."""

    number = models.CharField(max_length=16, unique=True)
    procedure = models.CharField(max_length=40)
    body = models.ForeignKey("bodies.Body", models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=24)
    back_state = models.CharField(max_length=24, blank=True)
    """The state a cured appeal goes back to."""
    is_open = models.BooleanField(default=True)

    language = models.CharField(max_length=2)
    answer_language = models.CharField(max_length=2)
    answer_channel = models.CharField(max_length=8)
    """page | email | post | hand."""
    subject = models.CharField(max_length=160)
    text = models.TextField()
    channel = models.CharField(max_length=8)
    """portal | api | paper | post | phone | visit | child."""
    signature = models.CharField(max_length=12)
    """signed | confirmed | unsigned."""
    defects = models.JSONField(default=list)
    """Codes of the procedure's defects that are not cured."""

    # short copies, for lists (cases/listed.py): what was given stands in full with the people of the case
    applicant_name = models.CharField(max_length=250)
    applicant_key = models.CharField(max_length=260)
    applicant_fold = models.CharField(max_length=260)

    received_at = models.DateTimeField()
    received_ground = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    registered_on = models.DateField()
    arrived_on = models.DateField()
    """Registration at the body that holds the case now; the decision's term runs from it."""
    due_on = models.DateField(null=True)
    """The last day of the decision."""
    act_on = models.DateField(null=True)
    """The nearest day by which the body must do something; what a queue is sorted by."""
    stands_since = models.DateField(null=True)
    """Since when a clock of this case stands with no end in sight; None while all of them run."""
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    executor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    challenged = models.ForeignKey("bodies.Body", models.PROTECT, null=True, db_index=False, related_name="+")
    """The body whose act is complained of: may satisfy in full or pass up, may not decide (APPC 91(4), 97(2))."""
    is_accusation = models.BooleanField(default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="children")
    relation = models.CharField(max_length=12, blank=True)
    """How it hangs on its parent: part | complaint | repeat."""

    code_hash = models.CharField(max_length=64)
    """SHA-256 of the normalised follow-up code, hex."""
    state_register_number = models.CharField(max_length=60, blank=True)
    """The number in the state register "Electronic appeals" (APPC 69(3))."""
    last_leaf = models.BinaryField(max_length=32, null=True)
    steps_count = models.PositiveIntegerField(default=0)

    class Meta:
        """Indexes follow the lists of the desk: each one serves one list, in its order (measured: docs/bench.md).

        What stands behind `id` lets a list be counted, or its rows be chosen, without reading the cases themselves.
        A foreign key has no index of its own (each is a page more to write with an appeal): a body's begins the lists'
        indexes, nothing is looked up by receiver or challenged body, and neither bodies nor people are ever deleted.
        """

        indexes = [
            models.Index(
                fields=["body", "act_on", "id", "executor", "is_accusation", "is_open", "procedure", "state"],
                condition=models.Q(is_open=True),
                name="case_body_queue",
            ),
            models.Index(
                fields=["act_on", "id", "body", "is_accusation", "is_open", "procedure", "state"],
                condition=models.Q(is_open=True),
                name="case_all_queue",
            ),
            models.Index(
                fields=["executor", "body", "act_on", "id"],
                condition=models.Q(is_open=True, executor__isnull=False),
                name="case_my_queue",
            ),
            models.Index(fields=["body", "-id"], name="case_body_all"),
            models.Index(fields=["body", "-id"], condition=models.Q(is_open=False), name="case_body_closed"),
            models.Index(
                fields=["body", "applicant_fold", "applicant_key", "id", "is_accusation"], name="case_by_name"
            ),
            models.Index(fields=["due_on", "id"], condition=models.Q(is_open=True), name="case_lapse"),
            models.Index(fields=["executor", "-id"], condition=models.Q(is_open=False), name="case_my_closed"),
            models.Index(
                fields=["body", "act_on", "id", "executor", "is_accusation"],
                condition=models.Q(is_open=False, act_on__isnull=False),
                name="case_after_closing",
            ),
            models.Index(
                fields=["body", "act_on", "id"],
                condition=models.Q(is_open=True, stands_since__isnull=False),
                name="case_standing",
            ),
            models.Index(fields=["parent"], condition=models.Q(parent__isnull=False), name="case_kin"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_open=True, closed_at=None) | models.Q(is_open=False, closed_at__isnull=False),
                name="case_closed_when_not_open",
            ),
        ]


class Party(models.Model):
    """A person or company in a case, as they gave themselves; what was lacking they may add (the step `cure`)."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="parties")
    n = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=16)
    """applicant | representative | joined."""
    is_company = models.BooleanField(default=False)
    name = models.CharField(max_length=2000)
    name_fold = models.CharField(max_length=260)
    # wide enough for what people put there besides twelve digits: a wrong number is a defect, never an obstacle
    iin = models.CharField(max_length=100, blank=True)
    bin = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    residence = models.CharField(max_length=2000, blank=True)
    email = models.CharField(max_length=2000, blank=True)
    phone = models.CharField(max_length=2000, blank=True)

    class Meta:
        """`party_by_iin` and `party_by_name` serve the look-up of earlier appeals; a case finds its people by `n`."""

        constraints = [models.UniqueConstraint(fields=["case", "n"], name="party_n_once")]
        indexes = [
            models.Index(fields=["iin"], name="party_by_iin"),
            models.Index(fields=["name_fold"], name="party_by_name"),
        ]


class Question(models.Model):
    """One thing the appeal asks; the gate wants each answered or joined to an answer."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="questions")
    n = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        """Numbered from 1 within a case."""

        constraints = [models.UniqueConstraint(fields=["case", "n"], name="question_n_once")]


class CoExecutor(models.Model):
    """Somebody of the body who works on the case beside its executor."""

    case = models.ForeignKey(Case, models.PROTECT, db_index=False, related_name="co_executors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        """Once a person and case."""

        constraints = [models.UniqueConstraint(fields=["case", "person"], name="co_executor_once")]
