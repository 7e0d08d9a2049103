"""More time, where the law allows it: by the head, for a reason, and the person is told (APPC 76(3))."""

from datetime import date, datetime
from functools import partial

from django.db import transaction

from qyzmet.cases import deadlines, post_room
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import Case, Step
from qyzmet.cases.move import Move, begin
from qyzmet.text.clean import tidy
from qyzmet.text.dates import long_date
from qyzmet.text.refusal import Refused


@transaction.atomic
def extend(case: Case, *, days: int, reason: str, by: Actor, at: datetime) -> Step:
    """Extend the decision's term by `days`, in the law's unit and from its day; not past what the law allows.

    That day is today (APPC 76(3)), or the last day of the term (MM 36(1), ATI 11(10)), or the day of registration.
    """
    move = begin(case, "extend", by=by, at=at)
    if not reason.strip():
        raise Refused("reason_needed", kind="input")
    if move.case.deadlines.filter(key="extension", is_open=True).exists():
        raise Refused("extended_already")
    if move.case.stands_since:
        raise Refused("clock_stands")
    since = _since(move)
    wanted = deadlines.compute(move.case, "extension", on=since, count=days).on
    if move.case.due_on and wanted <= move.case.due_on:
        raise Refused("extension_too_short", kind="input", due_on=move.case.due_on.isoformat())
    move.end("decision")
    until = move.start("extension", on=since, count=days)
    step = move.finish(note=tidy(reason), facts={"until": until.on.isoformat(), "days": days})
    values: post_room.Values = {"extended_until": partial(long_date, until.on), "extension_reason": tidy(reason)}
    post_room.send(move.case, step, "extension", at=at, by=by.person, due=until, values=values)
    return step


def _since(move: Move) -> date:
    """The day from which the extension is counted in the redaction of this case."""
    event = move.procedure.term("extension").event_on(move.case.registered_on)
    days = {"term_end": move.case.due_on, "registration": move.case.registered_on}
    return days.get(event) or move.today
