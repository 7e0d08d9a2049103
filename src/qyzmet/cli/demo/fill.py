"""Everything the demo starts with."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection

from qyzmet.cases.rules import rules
from qyzmet.text.dates import local

from . import city
from .hours import Hours
from .plan import Part, Plan
from .play.stage import Stage
from .play.timetable import Timetable
from .remember import remembering
from .replay import Say, replay

EXAMPLE = "demo-example.json"
"""Number and follow-up code of a case for the reader to try."""


def fill(*, at: datetime, folder: Path | None = None, say: Say = lambda made: None) -> None:
    """The city and its cases in the database, the logins and an example in `folder` (the data folder if none is
    given); what is there is kept."""
    there = folder or settings.DATA
    city.fill(at=at, folder=there)
    if not (there / EXAMPLE).exists():
        with _unhurried(), remembering():
            parts = plan(at)
            replay(parts, now=at, say=say)
        _write_example(parts, there)


def plan(at: datetime) -> list[Part]:
    """What will be played up to `at`; the same for the same day."""
    chance = Random(local(at).date().toordinal())  # noqa: S311 (an invented city, no secret)
    hours = Hours(rules().calendar)
    return Plan(Stage.open(hours, chance), Timetable(rules(), hours, at)).parts()


@contextmanager
def _unhurried() -> Iterator[None]:
    """Without a sync of the disk at every commit and without looking for garbage: see `fill` for a power cut."""
    quick = connection.vendor == "sqlite" and not connection.in_atomic_block
    gc.disable()
    if quick:
        _sqlite("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        gc.enable()
        if quick:
            _sqlite("PRAGMA synchronous=FULL")
            _sqlite("PRAGMA wal_checkpoint(TRUNCATE)")


def _sqlite(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _write_example(parts: list[Part], folder: Path) -> None:
    """The file is written last: where it is, the filling came to its end."""
    play = next(part.play for part in parts if part.story == "rated" and part.play.appeal.place == "department")
    assert play.filed
    told: dict[str, Any] = {"number": play.case.number, "code": play.filed.code, "subject": play.case.subject}
    (folder / EXAMPLE).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def example(folder: Path) -> dict[str, str]:
    """What `fill` wrote for the reader to try."""
    told: dict[str, str] = json.loads((folder / EXAMPLE).read_text(encoding="utf-8"))
    return told
