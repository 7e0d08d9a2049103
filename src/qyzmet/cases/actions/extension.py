"""More time, where the law allows it: by the head, for a reason, and the person is told (APPC 76(3))."""

from datetime import datetime
from functools import partial

from django.db import transaction

from qyzmet.cases import deadlines, post_room
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Case, Step
from qyzmet.cases.move import begin
from qyzmet.text.clean import tidy
from qyzmet.text.dates import long_date
from qyzmet.text.refusal import Refused


@transaction.atomic
def extend(case: Case, *, days: int, reason: str, by: Actor, at: datetime) -> Step:
    """Extend the decision's term to `days` working days from today; not past what the law allows from today."""
    move = begin(case, "extend", by=by, at=at)
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    if move.case.deadlines.filter(key="extension", is_open=True).exists():
        raise Refused("extended_already")
    wanted = deadlines.compute(move.case, "extension", on=move.today, count=days).on
    if move.case.due_on and wanted <= move.case.due_on:
        raise Refused("extension_too_short", kind="input", due_on=move.case.due_on.isoformat())
    move.end("decision")
    until = move.start("extension", count=days)
    step = move.finish(note=tidy(reason), facts={"until": until.on.isoformat(), "days": days})
    values: post_room.Values = {"extended_until": partial(long_date, until.on), "extension_reason": tidy(reason)}
    post_room.send(move.case, step, "extension", at=at, by=by.person, due=until, values=values)
    return step
