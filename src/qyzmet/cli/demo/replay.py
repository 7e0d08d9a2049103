"""The one face that simulates a clock: it plays the last two months up to now, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.core.mail import get_connection
from django.db import transaction

from qyzmet.cases.actions.clock import tick
from qyzmet.letters.actions import send_pending
from qyzmet.text.dates import ALMATY, local

from .plan import Part
from .play.play import Beat, Play

MAIL_LEAVES = (time(12, 30), time(18, 5))
"""When the outbox is emptied on a day of the replay; its mail goes nowhere."""
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
Say = Callable[[int], object]


class Scene(NamedTuple):
    """A beat of a play at its moment."""

    when: datetime
    n: int
    play: Play
    beat: Beat


def scenes(parts: Iterable[Part]) -> list[Scene]:
    """All beats of all plays in the order of time."""
    timed = [(one, part.play) for part in parts for one in part.timed]
    return sorted(Scene(one.when, n, play, one.beat) for n, (one, play) in enumerate(timed))


def replay(parts: Iterable[Part], *, now: datetime, say: Say) -> int:
    """Play everything; after each call of `say`, so many cases are there. How many were made."""
    made = 0
    rest = scenes(parts)
    days = {day: list(group) for day, group in groupby(rest, key=lambda scene: local(scene.when).date())}
    for day in _every_day(min(days), local(now).date()):
        _midnight(day, now)
        for until in _stretches(day):
            part = [scene for scene in days.get(day, []) if scene.when < until]
            days[day] = days.get(day, [])[len(part) :]
            made += _play(part)
            if part and until <= now:
                send_pending(at=until, connection=get_connection(NOWHERE))
        say(made)
    return made


def _every_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _midnight(day: date, now: datetime) -> None:
    """What the calendar brings about at the beginning of a day."""
    at = _moment(day, time())
    if at <= now:
        tick(at=at, letters_limit=0)


def _stretches(day: date) -> list[datetime]:
    return [*(_moment(day, hour) for hour in MAIL_LEAVES), _moment(day + timedelta(days=1), time())]


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ALMATY).astimezone(UTC)


@transaction.atomic
def _play(part: list[Scene]) -> int:
    """One transaction for a stretch of a day: a demo that is killed while it is filled begins anew."""
    for scene in part:
        scene.play.at = scene.when
        scene.beat.act(scene.play)
    return sum(bool(scene.beat.opens) for scene in part)
