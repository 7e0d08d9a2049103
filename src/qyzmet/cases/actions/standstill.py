"""The clock of a case is stopped for a cause of the law, and runs again. The last day follows from both.

An interval may be known beforehand (a leave), while it lasts, or when it is over (a sick note that came late). Steps of
the law's data may begin and end one by themselves: `cases.standstills.follow`.
"""

from datetime import date, datetime

from django.db import transaction

from qyzmet import law
from qyzmet.cases import post_room, standstills
from qyzmet.cases.actor import Actor
from qyzmet.cases.dating import DECISION
from qyzmet.cases.models import Case, Deadline, Standstill, Step
from qyzmet.cases.move import Move, begin
from qyzmet.cases.rules import rules
from qyzmet.text.clean import tidy
from qyzmet.text.languages import Lang
from qyzmet.text.refusal import Refused


@transaction.atomic
def stand_still(
    case: Case, *, cause: str, first: date, ground: str, by: Actor, at: datetime, last: date | None = None
) -> Step:
    """Stop the clock from `first` on for a cause of the procedure; `last`: the last day on which it stands, if known.

    `ground`: what shows it, such as the paper with its number and day. Refused(kind="input") for an unknown cause, no
    ground, days in the wrong order, an end left open before the beginning, an end past the calendar (the case would
    have no last day and not say that its clock stands), days that stand for this cause already, days on which no
    term runs that the cause could stop, and a first day before that term began. Where the law lets a clock stand on
    after the last day (an audit whose act came), that is counted, not entered.
    """
    move = begin(case, "stand_still", by=by, at=at)
    known = law.causes(move.procedure, move.case.registered_on).get(cause)
    if known is None:
        raise Refused("unknown_cause", kind="input")
    if not ground.strip():
        raise Refused("reason_needed", kind="input")
    wanted = law.Interval(cause, first, last)
    _check(move, known, wanted)
    n = move.case.steps_count + 1
    row = standstills.add(move.case, cause=cause, first=first, last=last, ground=tidy(ground), step=n)
    move.stood.append(row)
    step = move.finish(note=tidy(ground))
    return _tell(move, step, known, ground)


@transaction.atomic
def run_again(
    case: Case, *, n: int, ground: str, by: Actor, at: datetime, last: date | None = None, void: bool = False
) -> Step:
    """Say that interval `n` ended on `last`, no later than today, or that it is shorter than was entered.

    `void`: it never stood, and was entered wrongly. Longer it never becomes: that is an interval of its own.
    """
    move = begin(case, "run_again", by=by, at=at)
    row = Standstill.objects.filter(case=move.case, n=n, is_void=False).first()
    if row is None:
        raise Refused("no_such_standstill", kind="input")
    if not ground.strip():
        raise Refused("reason_needed", kind="input")
    if not void:
        _check_end(move, row, last)
    move.stood.append(standstills.end(row, last=None if void else last, step=move.case.steps_count + 1))
    step = move.finish(note=tidy(ground))
    return _tell(move, step, law.cause_named(move.procedure, row.cause, move.case.registered_on), ground)


def _check(move: Move, known: law.Suspension, wanted: law.Interval) -> None:
    if wanted.last and wanted.last < wanted.first:
        raise Refused("standstill_backwards", kind="input")
    if wanted.last is None and wanted.first > move.today:
        raise Refused("standstill_open_ahead", kind="input")
    if _past_calendar(move, known, wanted):
        raise Refused("standstill_past_calendar", kind="input")
    for one in standstills.of_case(move.case):
        apart = (wanted.last or date.max) < one.first or (one.last or date.max) < wanted.first
        if one.cause == wanted.cause and not apart:
            raise Refused("stands_already", kind="input")
    running = list(Deadline.objects.filter(case=move.case, key__in=known.terms, is_open=True))
    if not any(one.on >= wanted.first and one.start_on <= (wanted.last or date.max) for one in running):
        raise Refused("nothing_to_stop", kind="input")
    begun = min(one.start_on for one in running)
    if wanted.first < begun:
        raise Refused("standstill_before_term", kind="input", begun=begun.isoformat())


def _past_calendar(move: Move, known: law.Suspension, wanted: law.Interval) -> bool:
    calendar = rules().calendar
    if wanted.last and wanted.last > calendar.last:
        return True
    try:
        law.whole(calendar, move.procedure, wanted, known, move.case.registered_on)
    except law.OutOfCalendar:
        return True
    return False


def _check_end(move: Move, row: Standstill, last: date | None) -> None:
    if last is None or last < row.first:
        raise Refused("standstill_backwards", kind="input")
    if last >= row.last if row.last else last > move.today:
        raise Refused("standstill_only_shorter", kind="input")


def _tell(move: Move, step: Step, cause: law.Suspension | None, ground: str) -> Step:
    """The letter of the step, where the procedure has one: the cause with its rule, and the way to the last day.

    A cause that the law's data no longer has is not named; what shows it is.
    """
    if move.step.letter is None:
        return step
    due = Deadline.objects.filter(case=move.case, key__in=DECISION, is_open=True).last()

    def reason(lang: Lang) -> str:
        named = f"{cause.name[lang]} ({cause.source.said(lang)}). " if cause else ""
        return f"{named}{tidy(ground)}"

    post_room.send(move.case, step, move.step.letter, at=move.at, by=move.by.person, due=due, values={"reason": reason})
    return step
