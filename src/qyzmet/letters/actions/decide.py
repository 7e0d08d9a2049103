"""What a person decides where the outbox could not: a letter that failed, or of which nobody knows whether it left."""

from datetime import datetime

from django.db import transaction

from qyzmet.letters.models import Dispatch
from qyzmet.text.refusal import Refused

State = Dispatch.State


@transaction.atomic
def resend(dispatch: Dispatch, *, at: datetime) -> Dispatch:
    """Queue it anew; raises `Refused('dispatch_not_stuck')` unless it failed or is uncertain."""
    row = _stuck(dispatch, State.FAILED, State.UNCERTAIN)
    if not row.address:
        raise Refused("dispatch_without_address")
    row.state, row.tries, row.claim, row.next_try_at, row.error = State.PENDING, 0, "", at, ""
    row.save(update_fields=["state", "tries", "claim", "next_try_at", "error"])
    return row


@transaction.atomic
def mark_sent(dispatch: Dispatch, *, at: datetime) -> Dispatch:
    """It did leave, at the last try; raises `Refused('dispatch_not_stuck')` unless that was uncertain."""
    row = _stuck(dispatch, State.UNCERTAIN)
    row.state, row.sent_at, row.claim, row.error = State.SENT, row.claimed_at or at, "", ""
    row.save(update_fields=["state", "sent_at", "claim", "error"])
    return row


@transaction.atomic
def cancel(dispatch: Dispatch, *, at: datetime) -> Dispatch:
    """It shall not leave this way; raises `Refused('dispatch_not_stuck')` for what left or is leaving."""
    row = _stuck(dispatch, State.FAILED, State.UNCERTAIN, State.PENDING)
    row.state, row.claim = State.CANCELLED, ""
    row.save(update_fields=["state", "claim"])
    return row


def _stuck(dispatch: Dispatch, *states: str) -> Dispatch:
    row = Dispatch.objects.select_for_update(of=("self",)).select_related("letter").get(pk=dispatch.pk)
    if row.state not in states:
        raise Refused("dispatch_not_stuck", state=row.state)
    return row
