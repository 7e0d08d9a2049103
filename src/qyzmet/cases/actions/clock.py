"""What the calendar alone brings about. `tick` may be killed at any moment or run twice at once: each case moves in a
transaction of its own, and a step that was taken is no longer allowed by the state it left.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import QuerySet

from qyzmet.cases import papers, standstills
from qyzmet.cases.actions import calendar, close, curing, hear, remind, route
from qyzmet.cases.actor import SYSTEM
from qyzmet.cases.models import Case, Deadline, Idempotency, IntakeDraft, Paper, Tries
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
    _each("lapse", _silent(today), close.lapse, at, counted)
    _each("dispatched", _held(today), partial(close.dispatch, by=SYSTEM), at, counted)
    _each("reminders", remind.near_decision(today), remind.of_decision, at, counted)
    _each("reminders", remind.near_duty(today), remind.of_duty, at, counted)
    _each_ended(standstills.CHECK, today, remind.of_standing, at, counted)
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


def _each(what: str, found: QuerySet[Case], act: Callable[..., object], at: datetime, counted: Ticked) -> None:
    """Take the step for each of the cases."""
    after = 0
    while True:
        rows = list(found.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:BATCH])
        if not rows:
            return
        for after in rows:
            _try(what, after, act, at, counted)


def _silent(today: date) -> QuerySet[Case]:
    """Cases whose last day is over."""
    return Case.objects.filter(is_open=True, due_on__lt=today).exclude(state="signed")


def _held(today: date) -> QuerySet[Case]:
    """A signed answer nobody sent by the last day is sent by the clock: a signature must not hide silence."""
    return Case.objects.filter(is_open=True, state="signed", due_on__lt=today)


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
