"""An order that moves a day is entered at the desk, or taken back; the run that dates open cases again follows from it.

A run is one row. Each batch writes its place in the same transaction as the cases: killed at any moment, or worked on
by two clocks at once, it goes on with the next case and does none twice.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from qyzmet.cases import moved_days, seen
from qyzmet.cases.actions.redate import redate_batch, redate_case
from qyzmet.cases.actor import Actor
from qyzmet.cases.models import CalendarOrder, Case, Redating
from qyzmet.cases.of_the_city import keep_row, moves_days, order_content
from qyzmet.cases.rules import begin_anew, rules
from qyzmet.text.clean import one_line
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing, Refused

State = Redating.State
SETTLES = timedelta(minutes=1)
"""How long a run waits: whatever began under the old calendar has been written by then, and is found."""
BATCHES = 20
"""Of one tick, so that the rest of it is not kept waiting."""
UNFINISHED = (State.RUNNING, State.STOPPED)


def move_day(
    *,
    off_on: date | None,
    worked_on: date | None,
    number: str,
    dated: date,
    url: str,
    base: str,
    by: Actor,
    at: datetime,
    note: str = "",
) -> CalendarOrder:
    """Lay an order over the calendar and begin the run that dates all open cases again.

    `base`: the version (`calendar_now().version`) under which the preview was made. Raises `Missing` for whoever is no
    administrator, only_top_body_moves_days for one of another body than the city's top one, `Refused` as
    `moved_days.check`, and calendar_changed where another order came in between. The order is a row of the public log.
    """
    _administrator(by, at)
    order = moved_days.Order(off_on, worked_on, one_line(number), dated, url.strip())
    with transaction.atomic():
        standing = _standing(base)
        moved_days.check(order, rules().calendar, standing, local(at).date())
        row = CalendarOrder(off_on=off_on, worked_on=worked_on, number=order.number, dated=dated, url=order.url)
        return _enter(row, base, note, by, at)


def take_back(
    *, n: int, number: str, dated: date, url: str, note: str, base: str, by: Actor, at: datetime
) -> CalendarOrder:
    """Take the order with the row `n` back, by the act that cancels it, or because it was entered wrongly (`note`).

    Raises as `move_day`; order_not_in_force; reason_needed without a note.
    """
    _administrator(by, at)
    act = moved_days.Order(None, None, one_line(number), dated, url.strip())
    moved_days.check_words(act, local(at).date())
    if not note.strip():
        raise Refused("reason_needed", kind="input")
    with transaction.atomic():
        gone = next((row for row in _standing(base) if row.n == n), None)
        if gone is None:
            raise Refused("order_not_in_force")
        return _enter(CalendarOrder(cancels=gone, number=act.number, dated=dated, url=act.url), base, note, by, at)


def date_again(*, by: Actor, at: datetime) -> Redating:
    """Date all open cases again without an order: the calendar's files were changed. Raises `Missing`."""
    _administrator(by, at)
    with transaction.atomic():
        return _begin_run(None, by, at)


def stop_redating(*, by: Actor, at: datetime) -> Redating:
    """Let the run stop after its batch. `Missing` for no administrator, Refused(no_redating) if none runs."""
    return _turn(State.RUNNING, State.STOPPED, by, at)


def resume_redating(*, by: Actor, at: datetime) -> Redating:
    """Let a stopped run go on where it was. `Missing` for no administrator; Refused(no_redating) if there is none."""
    return _turn(State.STOPPED, State.RUNNING, by, at)


def redate_on(*, at: datetime, batches: int = BATCHES) -> int:
    """Work on the run, if there is one, for so many batches; how many cases were looked at."""
    looked = 0
    for _ in range(batches):
        seen_now = _one_batch(at)
        if seen_now is None:
            break
        looked += seen_now
    return looked


def redate_before(case_id: int, *, at: datetime) -> None:
    """Where a run has not come to this case yet, date it first: the clock must not act upon an old calendar's day."""
    run = Redating.objects.filter(state__in=UNFINISHED).select_related("order__cancels").first()
    if run and case_id > run.after:
        redate_case(case_id, at=at, order=run.order)


def _one_batch(at: datetime) -> int | None:
    """One batch, and the place of the run with it; None where there is nothing to do."""
    waiting = Redating.objects.filter(state=State.RUNNING, asked_at__lte=at - SETTLES)
    if not waiting.exists():  # asked without a lock: on SQLite a tick that has nothing to do keeps nobody waiting
        return None
    with transaction.atomic():
        run = waiting.select_for_update().first()
        if run is None:
            return None
        done = redate_batch(after=run.after, at=at, order=run.order)
        if done.after is None:
            run.state = State.DONE
        else:
            run.after = done.after
        run.seen, run.moved = run.seen + done.told.seen, run.moved + done.told.moved
        run.letters, run.changed_at = run.letters + done.told.letters, at
        run.total = max(run.total, run.seen)  # cases were filed in the meantime
        run.save(update_fields=["state", "after", "total", "seen", "moved", "letters", "changed_at"])
    return done.seen


def _administrator(by: Actor, at: datetime) -> None:
    """Only for administrators of the city's top body."""
    if by.kind != "official":
        raise Missing
    moves_days(seen.reader(by.person, local(at).date()))


def _standing(base: str) -> list[CalendarOrder]:
    """The orders in force. Refused(calendar_changed) if they are not those that were looked at."""
    begin_anew()
    if moved_days.version() != base:
        raise Refused("calendar_changed")
    return moved_days.in_force()


def _enter(row: CalendarOrder, base: str, note: str, by: Actor, at: datetime) -> CalendarOrder:
    newest = CalendarOrder.objects.select_related("entry").order_by("-n").first()
    row.n, row.note, row.by, row.at = (newest.n if newest else 0) + 1, one_line(note), by.person, at
    row.version = moved_days.digest(row, base)
    try:
        with transaction.atomic():
            row.entry = keep_row(order_content(row), at=at, after=newest.entry if newest else None)
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused("calendar_changed") from None
    _begin_run(row, by, at)
    begin_anew()
    return row


def _begin_run(order: CalendarOrder | None, by: Actor, at: datetime) -> Redating:
    """A run from the first case on, in place of one that was not finished."""
    Redating.objects.filter(state__in=UNFINISHED).update(state=State.OVERTAKEN, changed_at=at)
    total = Case.objects.filter(is_open=True, is_accusation=False).count()
    return Redating.objects.create(
        order=order, state=State.RUNNING, total=total, by=by.person, asked_at=at, changed_at=at
    )


def _turn(before: str, after: str, by: Actor, at: datetime) -> Redating:
    _administrator(by, at)
    with transaction.atomic():
        run = Redating.objects.select_for_update().filter(state=before).first()
        if run is None:
            raise Refused("no_redating")
        run.state, run.changed_at = after, at
        run.save(update_fields=["state", "changed_at"])
        return run
