"""What looked like no answer, who said that it is one, and the prints by which copies are found."""

from django.db import models


class Finding(models.Model):
    """One thing in a draft that looks like no answer. It stays when a later version is better: bodies are counted."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    draft = models.ForeignKey("cases.Draft", models.PROTECT, related_name="findings")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    rule = models.CharField(max_length=16)
    """formula | no_fact | no_ground | bare_denial | copied."""
    where = models.CharField(max_length=24)
    """The field of the draft."""
    sentence = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(default=0)
    """Of a copy: how many other answers of the body have it."""
    found_on = models.DateField()
    overruled = models.ForeignKey("cases.Step", models.PROTECT, null=True, related_name="+")
    """The step whose facts hold the reason why it is a false alarm."""

    class Meta:
        """Once a rule and place of a draft; counted by body and month."""

        constraints = [models.UniqueConstraint(fields=["draft", "rule", "where"], name="finding_once")]
        indexes = [models.Index(fields=["body", "found_on"], name="finding_of_body")]


class AnswerPrint(models.Model):
    """A paragraph of a signed answer without names, numbers and dates, as a hash. Answers to accusations leave none."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="+")
    draft = models.ForeignKey("cases.Draft", models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64)
    """Hex SHA-256."""

    class Meta:
        """`print_of_body` finds every other answer with the same paragraphs in one statement."""

        constraints = [models.UniqueConstraint(fields=["draft", "hash"], name="print_once")]
        indexes = [models.Index(fields=["body", "hash", "case"], name="print_of_body")]
