"""What a clerk notes: a letter went to the post, was handed over, was delivered."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from qyzmet.letters.models import Dispatch, RegisterYear
from qyzmet.text.dates import local
from qyzmet.text.refusal import Refused

State = Dispatch.State


def note_posted(dispatch: Dispatch, *, at: datetime) -> Dispatch:
    """Given to the post; gets its number in the register. Raises `Refused('dispatch_not_waiting')`."""
    return _register(dispatch, "post", at)


def note_handed(dispatch: Dispatch, *, at: datetime) -> Dispatch:
    """Handed over, so delivered as well; gets its number. Raises `Refused('dispatch_not_waiting')`."""
    return _register(dispatch, "hand", at)


@transaction.atomic
def note_delivered(dispatch: Dispatch, *, delivered_at: datetime, at: datetime) -> Dispatch:
    """The reader has it since `delivered_at`, as a receipt or the post says.

    Raises `Refused('dispatch_not_sent')`; `Refused('delivery_date_impossible')` for before it left or yet to come.
    """
    row = _locked(dispatch)
    if row.state != State.SENT or row.sent_at is None:
        raise Refused("dispatch_not_sent", state=row.state)
    if not row.sent_at <= delivered_at <= at:
        raise Refused("delivery_date_impossible", kind="input")
    row.delivered_at = delivered_at
    row.save(update_fields=["delivered_at"])
    return row


@transaction.atomic
def _register(dispatch: Dispatch, channel: str, at: datetime) -> Dispatch:
    row = _locked(dispatch)
    if row.channel != channel or row.state != State.PENDING:
        raise Refused("dispatch_not_waiting", channel=row.channel, state=row.state)
    row.register_year = local(at).year
    row.register_number = _next_number(row.body_code, row.register_year)
    row.state, row.sent_at = State.SENT, at
    row.delivered_at = at if channel == "hand" else None
    row.save(update_fields=["register_year", "register_number", "state", "sent_at", "delivered_at"])
    return row


def _next_number(body_code: str, year: int) -> int:
    """Without gaps: the row stays locked until the dispatch is written or neither is."""
    RegisterYear.objects.bulk_create([RegisterYear(body_code=body_code, year=year)], ignore_conflicts=True)
    mine = RegisterYear.objects.filter(body_code=body_code, year=year)
    mine.update(last=F("last") + 1)
    return mine.get().last


def _locked(dispatch: Dispatch) -> Dispatch:
    return Dispatch.objects.select_for_update(of=("self",)).select_related("letter").get(pk=dispatch.pk)
