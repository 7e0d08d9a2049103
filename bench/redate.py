"""Dating open cases again after a calendar row changed, against a bare UPDATE of as many rows in the same run.

python -m bench.redate --kind sqlite --cases 10k [--keep]

The database `qyzmet_bench_open10k` is filled with open cases only; a fill that was stopped goes on, and a city that was
dated again is thrown away. A folder of the city's own law adds a day off two days from now; then all open cases are
dated again by a run as the desk begins it, each moved one with its deadlines, a step and a journal row, and a letter
where the day is a later one. After the first batches it is stopped, and taken up again by a new connection: it goes on
with the next case, and counts each once.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.places import DAY, KINDS, NOW, Place, size_of

ROW = """
[[day]]
date = {day}
kind = "off"
reason = "moved"
instead_of = {instead_of}
name = {{ kk = "Демалыс күні", ru = "Выходной день", en = "Day off" }}
order = "№ 1"
url = "https://qala.example/1"
status = "verified"
"""
SAY = 10_000
BATCHES = 4
"""Of one call, between which the run may be stopped."""


def law_with_a_day_off(folder: Path) -> None:
    """The city's own calendar of the year: the shipped one and a row."""
    from django.conf import settings

    from qyzmet.cases.rules import files
    from qyzmet.law import KZ

    file = f"calendar/{DAY.year}.toml"
    (folder / "calendar").mkdir()
    off = DAY + timedelta(days=2)
    row = ROW.format(day=off, instead_of=off + timedelta(days=1))
    (folder / file).write_text((KZ / file).read_text() + row)
    settings.LAW_FOLDERS = [folder]
    files.cache_clear()


def bare() -> tuple[int, float]:
    """The floor: one UPDATE of the two dates of all open cases."""
    from django.db import connection

    later = {"sqlite": "date(due_on, '+1 day')", "postgresql": "due_on + 1"}[connection.vendor]
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_case SET due_on = {later}, act_on = act_on WHERE is_open")
        done = cursor.rowcount
    spent = time.perf_counter() - start
    with connection.cursor() as cursor:
        back = later.replace("+1 day", "-1 day").replace("+ 1", "- 1")
        cursor.execute(f"UPDATE cases_case SET due_on = {back}, act_on = act_on WHERE is_open")
    return done, spent


class Letters:
    """How long the letters of a run took, of its own work: nobody else calls what writes them."""

    def __init__(self) -> None:
        from qyzmet.cases import later

        self.seconds, self._tell = 0.0, later.tell
        later.tell = self._timed

    def _timed(self, *args: Any, **named: Any) -> int:
        start = time.process_time()
        try:
            return self._tell(*args, **named)
        finally:
            self.seconds += time.process_time() - start


def redate(*, halt: bool = False) -> dict[str, Any]:
    """A run as `tick` works it off, with its row; `halt`: stopped half-way, and taken up again by a new connection."""
    from django.db import connection

    from qyzmet.bodies.models import Person
    from qyzmet.cases.actions.calendar import SETTLES, redate_on
    from qyzmet.cases.models import Case, Redating, Step

    given = {"total": Case.objects.filter(is_open=True, is_accusation=False).count(), "by": Person.objects.first()}
    row = Redating.objects.create(state="running", asked_at=NOW - SETTLES, changed_at=NOW, **given)
    before, looked, told, halted = Step.objects.filter(code="redate").count(), 0, 0, 0
    start, work = time.perf_counter(), time.process_time()
    while seen := redate_on(at=NOW, batches=BATCHES):
        looked += seen
        row.refresh_from_db()
        if looked - told >= SAY:
            told = looked
            rate = looked / (time.perf_counter() - start)
            print(f"{row.seen:>9,} of {row.total:,}, {row.moved:,} moved, {rate:,.0f} a second", file=sys.stderr)
        if halt and not halted and row.state == "running":
            Redating.objects.update(state="stopped")
            connection.close()
            assert redate_on(at=NOW) == 0, "a run that was stopped went on"
            halted = Redating.objects.get(pk=row.pk).seen
            Redating.objects.update(state="running")
    spent, work = time.perf_counter() - start, time.process_time() - work
    row.refresh_from_db()
    assert row.state == "done" and row.seen == row.total, f"{row.state}: {row.seen} of {row.total}"
    moved = Step.objects.filter(code="redate").count() - before
    return {"looked": looked, "moved": moved, "halted": halted, "seconds": spent, "work": work}


def run(kind: str, cases: str, *, keep: bool) -> dict[str, Any]:
    """Fill, change the calendar, measure."""
    place = Place(kind, f"open{cases}")
    place.make()
    place.enter()
    from bench import cities

    if _was_dated_again():
        place.drop()
        place.make()
    cities.fill(size_of(cases), 1.0)
    _as_in_earnest()
    rows, floor = bare()
    with tempfile.TemporaryDirectory() as folder:
        law_with_a_day_off(Path(folder))
        letters = Letters()
        first = redate(halt=True)
        of_letters = letters.seconds
        again = redate()
    if not keep:
        place.drop()
    return {
        "kind": kind, "cases": cases, "looked at": first["looked"], "moved": first["moved"],
        "stopped after": first["halted"], "seconds": first["seconds"], "cpu seconds": first["work"],
        "of them letters": of_letters,
        "cpu ms a moved case": 1000 * first["work"] / max(first["moved"], 1),
        "a second": first["looked"] / first["seconds"], "when nothing moves": again["looked"] / again["seconds"],
        "moved again": again["moved"], "floor rows": rows, "floor seconds": floor,
        "ratio": (rows / floor) / (first["looked"] / first["seconds"]), "load": os.getloadavg(),
    }  # fmt: skip


def _was_dated_again() -> bool:
    """Whether an earlier run has measured here."""
    from django.db import connection

    from qyzmet.cases.models import Step

    used = Step._meta.db_table in connection.introspection.table_names()
    used = used and Step.objects.filter(code="redate").exists()
    connection.close()
    return used


def _as_in_earnest() -> None:
    """Filling was done in a hurry; a step is confirmed when it is on the disk."""
    from django.db import connection

    connection.close()


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.redate", description=__doc__)
    parser.add_argument("--kind", choices=KINDS, default="sqlite")
    parser.add_argument("--cases", default="10k")
    parser.add_argument("--keep", action="store_true", help="keep the database")
    args = parser.parse_args()
    print(json.dumps(run(args.kind, args.cases, keep=args.keep), indent=1))


if __name__ == "__main__":
    main()
