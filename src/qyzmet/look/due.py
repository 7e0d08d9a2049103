"""A due date in words: how many working days are left, or by how many it is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from qyzmet import law
from qyzmet.text.dates import count_words, long_date
from qyzmet.text.languages import Lang

Tone = Literal["late", "soon", "calm"]
SOON = 3
FAR = 60
"""Beyond this many days nobody counts working days; they are counted in calendar days."""


class Left(NamedTuple):
    """The words, and how urgent they are."""

    words: str
    tone: Tone


def unknown() -> str:
    """In place of a day that lies after the last row of the calendar."""
    year = _calendar().last.year + 1
    return _("the day will be told when the calendar of %(year)s is known") % {"year": year}


def stands(since: date, lang: Lang) -> str:
    """In place of a day that cannot be told because the clock stands."""
    return _("the clock stands since %(day)s") % {"day": long_date(since, lang)}


@cache
def _calendar() -> law.Calendar:
    return law.kz(*settings.LAW_FOLDERS).calendar


def is_working(day: date) -> bool:
    """Whether `day` is a working day; `law.OutOfCalendar` where no calendar reaches."""
    return _calendar().is_working(day)


def left(on: date, today: date, lang: Lang, working: Callable[[date], bool] = is_working) -> Left:
    """How far the last day `on` is from `today`. The last day itself is still in time."""
    if on == today:
        return Left(_("today is the last day"), "soon")
    late = on < today
    count, unit = _distance(*((on, today) if late else (today, on)), working)
    words = count_words(count, unit, lang)
    if late:
        return Left(_("overdue by %(count)s") % {"count": words}, "late")
    return Left(_("%(count)s left") % {"count": words}, "soon" if count <= SOON else "calm")


def _distance(first: date, last: date, working: Callable[[date], bool]) -> tuple[int, str]:
    """Working days after `first` up to and with `last`; calendar days where that says nothing."""
    days = (last - first).days
    if days > FAR:
        return days, "days"
    try:
        count = sum(working(first + timedelta(days=step)) for step in range(1, days + 1))
    except law.LawError:
        return days, "days"
    return (count, "working_days") if count else (days, "days")
