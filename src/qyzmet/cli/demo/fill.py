"""Everything the demo starts with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import connection

from qyzmet.cases.actions import Opened
from qyzmet.cases.rules import rules
from qyzmet.text.dates import local

from . import city
from .folder import write_example
from .hours import Hours
from .plan import Part, Plan
from .play.press import open_newsroom
from .play.stage import Stage
from .play.timetable import Timetable
from .remember import remembering
from .replay import Say, replay

EXAMPLE_STORY = "answered_after_hearing"


def fill(*, at: datetime, folder: Path | None = None, say: Say = lambda made: None) -> None:
    """The city and its cases in the database, the logins and an example in `folder` (the data folder if none is given).

    A city that is there is kept as it is. `say` hears, day by day, how many cases there are.
    """
    there = folder or settings.DATA
    made = city.fill(at=at, folder=there)
    if made:
        with remembering(made.turns):
            parts = plan(at)
            opened = _newsroom(parts)
            replay(parts, now=at, say=say)
        write_example(there, _example(parts) | {"newsroom": opened.code})


def plan(at: datetime) -> list[Part]:
    """What will be played up to `at`; the same for the same day."""
    chance = Random(local(at).date().toordinal())  # noqa: S311 (an invented city, no secret)
    hours = Hours(rules().calendar)
    return Plan(Stage.open(hours, chance), Timetable(rules(), hours, at)).parts()


@contextmanager
def unhurried() -> Iterator[None]:
    """Without a sync of the disk at every commit, and without looking for garbage, which there is little of.

    A filling that a power cut ends begins anew (see `folder.filling`); at the end all of it is on the disk.
    """
    gc.disable()
    _sqlite("PRAGMA synchronous=OFF")
    yield
    _sqlite("PRAGMA synchronous=FULL", "PRAGMA wal_checkpoint(TRUNCATE)")
    gc.enable()


def _sqlite(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _newsroom(parts: list[Part]) -> Opened:
    """The newsroom is there before anything is played."""
    first = min(one.when for part in parts for one in part.timed)
    return open_newsroom(parts[0].play.stage, at=first)


def _example(parts: list[Part]) -> dict[str, str]:
    """An answered case of the department, for the reader to follow."""
    play = next(part.play for part in parts if part.story == EXAMPLE_STORY and part.play.appeal.place == "department")
    assert play.filed
    return {"number": play.case.number, "code": play.filed.code, "subject": play.case.subject}
