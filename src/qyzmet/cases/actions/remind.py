"""Whoever has a case in hand is told of its last day, of what is owed after its end, and of a clock that stands."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from qyzmet.cases import deadlines, reminder, standstills
from qyzmet.cases.actor import SYSTEM
from qyzmet.cases.models import Case, Deadline, Step
from qyzmet.cases.move import begin
from qyzmet.cases.rules import rules
from qyzmet.text.dates import local

DECISION, DUTY = "due_on", "owed_on"
"""The fact of a reminder that holds the day: of the decision, or of what is owed in a closed case."""


def near_decision(today: date) -> QuerySet[Case]:
    """Open cases whose last day is near and that nobody was reminded of with that day. The database leaves the others
    out: they are many."""
    near = Case.objects.filter(is_open=True, due_on__gte=today, due_on__lte=reminder.horizon(today))
    return near.exclude(_told(DECISION, case="pk", day="due_on"))


def near_duty(today: date) -> QuerySet[Case]:
    """Closed cases in which the body still owes something, and its last day is near, likewise."""
    return Case.objects.filter(is_open=False, pk__in=_owed(today).values("case"))


def _owed(today: date) -> QuerySet[Deadline]:
    """What is owed soon in closed cases, and was not told yet; found by the terms of the body that the law knows."""
    keys = {key for rule in rules().procedures.values() for key, term in rule.terms.items() if term.whose == "body"}
    near = Deadline.objects.filter(
        key__in=sorted(keys), is_open=True, on__gte=today, on__lte=reminder.horizon(today), case__is_open=False
    )
    return near.exclude(_told(DUTY, case="case", day="on"))


def _told(fact: str, *, case: str, day: str) -> Exists:
    same_day = Cast(OuterRef(day), CharField())
    steps = Step.objects.annotate(day=KeyTextTransform(fact, "facts"))
    return Exists(steps.filter(case=OuterRef(case), code="remind", day=same_day))


@transaction.atomic
def of_decision(case: Case, *, at: datetime) -> Step | None:
    """Remind of the last day of an open case; None where that was done."""
    move = begin(case, "remind", by=SYSTEM, at=at)
    if move.case.due_on is None or not near_decision(move.today).filter(pk=case.pk).exists():
        return None
    step = move.finish(facts={DECISION: move.case.due_on.isoformat()})
    reminder.of_decision(move.case, step, on=move.case.due_on, at=at)
    return step


@transaction.atomic
def of_duty(case: Case, *, at: datetime) -> Step | None:
    """Remind of what is owed first in a closed case; None where that was done."""
    move = begin(case, "remind", by=SYSTEM, at=at)
    owed = list(_owed(local(at).date()).filter(case=case).order_by("on", "id"))
    if not owed:
        return None
    first = [one for one in owed if one.on == owed[0].on]
    step = move.finish(facts={DUTY: first[0].on.isoformat()})
    reminder.of_duty(move.case, step, [one.key for one in first], on=first[0].on, at=at)
    return step


@transaction.atomic
def of_standing(case: Case, *, at: datetime) -> Step | None:
    """Remind the body that the clock still stands; the term that ended begins anew."""
    move = begin(case, "remind", by=SYSTEM, at=at)
    since = move.case.stands_since
    if since is None or not deadlines.is_over(move.case, standstills.CHECK, today=move.today):
        return None
    move.start(standstills.CHECK)
    step = move.finish(facts={"stands_since": since.isoformat()})
    reminder.of_standing(move.case, step, since=since, at=at)
    return step
