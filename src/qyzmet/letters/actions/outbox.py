"""The outbox: sends what waits, each letter once.

A row is claimed in a transaction of its own before anything leaves, and marked after. Whoever is killed in between
leaves a claimed row behind, of which nobody can tell whether the letter left: it becomes `uncertain`, and a person
decides. So two runs at once, or a run killed at any moment, never send a letter twice.
"""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction

from qyzmet.letters.channels import email
from qyzmet.letters.models import Dispatch

State = Dispatch.State
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
"""How long to wait after the first, second, ... failure; after the last one the dispatch has failed."""
ABANDONED = timedelta(minutes=10)
"""A claim older than this belongs to nobody: a mail server that does not answer is given up long before."""

log = logging.getLogger(__name__)


def send_pending(*, at: datetime, limit: int = 100, connection: BaseEmailBackend | None = None) -> int:
    """Send at most `limit` e-mails that are due at `at`; how many left.

    Must not be called inside a transaction (RuntimeError). `connection`: a mail connection other than the settings'.
    """
    give_up_abandoned(at=at)
    sent = 0
    for _ in range(limit):
        dispatch = _claim(at)
        if dispatch is None:
            break
        sent += _send(dispatch, at, connection)
    return sent


def give_up_abandoned(*, at: datetime) -> int:
    """Put what was claimed and never marked before the desk; how many rows."""
    abandoned = Dispatch.objects.filter(state=State.SENDING, claimed_at__lt=at - ABANDONED)
    return abandoned.update(state=State.UNCERTAIN, error="interrupted")


def _claim(at: datetime) -> Dispatch | None:
    """The next row that is due, now ours and committed as such."""
    with transaction.atomic(durable=True):
        due = Dispatch.objects.filter(channel="email", state=State.PENDING, next_try_at__lte=at)
        if database.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        row = due.order_by("next_try_at", "id").first()
        if row is None:
            return None
        row.state, row.claim, row.claimed_at, row.tries = State.SENDING, uuid4().hex, at, row.tries + 1
        row.save(update_fields=["state", "claim", "claimed_at", "tries"])
    return Dispatch.objects.select_related("letter").get(pk=row.pk)


def _send(dispatch: Dispatch, at: datetime, connection: BaseEmailBackend | None) -> bool:
    try:
        email.send(dispatch, connection)
    except email.NotSent as failure:
        _put_off(dispatch, at, failure)
        return False
    except Exception as failure:
        log.exception("dispatch %s: nobody can tell whether it left", dispatch.key)
        _mark(dispatch, state=State.UNCERTAIN, error=f"{type(failure).__name__}: {failure}"[:300])
        return False
    _mark(dispatch, state=State.SENT, sent_at=at, error="")
    return True


def _put_off(dispatch: Dispatch, at: datetime, failure: email.NotSent) -> None:
    """Try later, each time after a longer pause, or give up."""
    if failure.final or dispatch.tries >= len(PAUSES):
        log.warning("dispatch %s failed after %s tries: %s", dispatch.key, dispatch.tries, failure)
        _mark(dispatch, state=State.FAILED, error=str(failure))
    else:
        pause = PAUSES[dispatch.tries - 1]
        _mark(dispatch, state=State.PENDING, next_try_at=at + pause, error=str(failure))


def _mark(dispatch: Dispatch, **fields: object) -> None:
    """Write what became of it, also where a later run has taken us for dead; never over a person's decision."""
    ours = Dispatch.objects.filter(pk=dispatch.pk, claim=dispatch.claim, state__in=(State.SENDING, State.UNCERTAIN))
    ours.update(**fields)
