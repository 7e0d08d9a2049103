"""What the calendar alone brings about. `tick` may be killed at any moment or run twice at once: each case moves in a
transaction of its own, and a step that was taken is no longer allowed by the state it left.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from qyzmet.cases import deadlines, papers, reminder, standstills
from qyzmet.cases.actions import calendar, close, curing, hear, route
from qyzmet.cases.actor import SYSTEM
from qyzmet.cases.models import Case, Deadline, Idempotency, IntakeDraft, Paper, Step, Tries
from qyzmet.cases.move import begin
from qyzmet.cases.rules import begin_anew
from qyzmet.letters import actions as letters
from qyzmet.text.dates import local
from qyzmet.text.refusal import Refused

log = logging.getLogger(__name__)
BATCH = 200
KEEP_DRAFTS = timedelta(days=1)
"""How long a half-filled form waits for its person (a promise of the portal, not of the law)."""


@dataclass
class Ticked:
    """How many of each were done."""

    done: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, n: int = 1) -> None:
        """Count `n` more."""
        self.done[what] = self.done.get(what, 0) + n


def tick(*, at: datetime, letters_limit: int = 200) -> Ticked:
    """Do everything that is due at `at`: lapses, ends of periods, complaints that go up, reminders, the outbox.

    First cases are dated again where the calendar changed; `redated` counts those looked at, and may have left some.
    """
    counted = Ticked()
    today = local(at).date()
    begin_anew()
    if looked_at := calendar.redate_on(at=at):
        counted.add("redated", looked_at)
    _each_ended("cure", today, curing.cure_lapsed, at, counted)
    _each_ended("objection", today, hear.objection_lapsed, at, counted)
    _each_ended("pass_up", today, route.pass_up_lapsed, at, counted)
    _lapse_all(today, at, counted)
    _dispatch_all(today, at, counted)
    _remind_all(today, at, counted)
    _each_ended(standstills.CHECK, today, _remind_standing, at, counted)
    counted.add("letters", letters.send_pending(at=at, limit=letters_limit))
    counted.add("drafts", _forget_drafts(at))
    counted.add("keys", _forget_keys(at))
    return counted


def _each_ended(key: str, today: date, act: Callable[..., object], at: datetime, counted: Ticked) -> None:
    """Take the step for each case whose open term of this key ended before today."""
    after = 0
    while True:
        ended = Deadline.objects.filter(key=key, is_open=True, on__lt=today, id__gt=after, case__is_open=True)
        rows = list(ended.order_by("id").values_list("id", "case_id")[:BATCH])
        if not rows:
            return
        for _, case_id in rows:
            _try(key, case_id, act, at, counted)
        after = rows[-1][0]


def _lapse_all(today: date, at: datetime, counted: Ticked) -> None:
    after = 0
    while True:
        over = Case.objects.filter(is_open=True, due_on__lt=today, id__gt=after).exclude(state="signed")
        rows = list(over.order_by("id").values_list("id", flat=True)[:BATCH])
        if not rows:
            return
        for after in rows:
            _try("lapse", after, close.lapse, at, counted)


def _dispatch_all(today: date, at: datetime, counted: Ticked) -> None:
    """A signed answer nobody sent by the last day is sent by the clock: a signature must not hide silence."""
    after = 0
    while True:
        held = Case.objects.filter(is_open=True, state="signed", due_on__lt=today, id__gt=after)
        rows = list(held.order_by("id").values_list("id", flat=True)[:BATCH])
        if not rows:
            return
        for after in rows:
            _try("dispatched", after, partial(close.dispatch, by=SYSTEM), at, counted)


def _try(what: str, case_id: int, act: Callable[..., object], at: datetime, counted: Ticked) -> None:
    """One case, one transaction. Whatever goes wrong with it is logged and must not keep the others from their day."""
    try:
        begin_anew()
        calendar.redate_before(case_id, at=at)
        if act(Case.objects.get(pk=case_id), at=at) is not None:
            counted.add(what)
    except Exception as failure:
        if isinstance(failure, Refused) and failure.kind == "state":
            return  # somebody moved it in the meantime, and that is as good
        log.exception("tick: %s of case %s", what, case_id)
        counted.add("failed")


def _remind_all(today: date, at: datetime, counted: Ticked) -> None:
    """Remind whoever has a case in hand on the working day before its last day, or on that day: once for each."""
    after, until = 0, reminder.horizon(today)
    while True:
        near = Case.objects.filter(is_open=True, due_on__gte=today, due_on__lte=until, id__gt=after)
        rows = list(near.exclude(_was_reminded()).order_by("id").values_list("id", flat=True)[:BATCH])
        if not rows:
            return
        for after in rows:
            _try("reminders", after, _remind, at, counted)


def _was_reminded() -> Exists:
    """Whether the case was reminded of with the last day it has now. The database leaves these out: they are many."""
    same_day = Cast(OuterRef("due_on"), CharField())
    steps = Step.objects.annotate(day=KeyTextTransform("due_on", "facts"))
    return Exists(steps.filter(case=OuterRef("pk"), code="remind", day=same_day))


@transaction.atomic
def _remind(case: Case, *, at: datetime) -> object:
    move = begin(case, "remind", by=SYSTEM, at=at)
    due = move.case.due_on
    if due is None or Case.objects.filter(_was_reminded(), pk=case.pk).exists():
        return None
    step = move.finish(facts={"due_on": due.isoformat()})
    reminder.send(move.case, step, at=at)
    return step


@transaction.atomic
def _remind_standing(case: Case, *, at: datetime) -> object:
    """Remind the body that the clock still stands; the term that ended begins anew."""
    move = begin(case, "remind", by=SYSTEM, at=at)
    since = move.case.stands_since
    if since is None or not deadlines.is_over(move.case, standstills.CHECK, today=move.today):
        return None
    move.start(standstills.CHECK)
    step = move.finish(facts={"stands_since": since.isoformat()})
    reminder.send_standing(move.case, step, since, at=at)
    return step


def _forget_keys(at: datetime) -> int:
    """Delete keys of requests that nobody repeats any more, and counts of codes that work no more."""
    Tries.objects.filter(at__lt=at - KEEP_DRAFTS).delete()
    return Idempotency.objects.filter(at__lt=at - timedelta(days=settings.KEYS_DAYS)).delete()[0]


def _forget_drafts(at: datetime) -> int:
    """Delete forms nobody came back to, with their files; what was sent stays as a case."""
    before = at - KEEP_DRAFTS
    old = IntakeDraft.objects.filter(updated_at__lt=before)
    Paper.objects.filter(draft__in=old).update(draft=None)
    forgotten = old.delete()[1].get("cases.IntakeDraft", 0)
    papers.forget(before)
    return forgotten
