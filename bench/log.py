"""What the public log costs those who write: registering with the sequencer and the signer at work, and without.

python -m bench.log --kind sqlite --tag 1k [--writers 4] [--rounds 3] [--seconds 8] [--leaves 1000000]

Writers are processes that call `actions.register` one after the other, in turns with the log and without it, in one
city that bench.cities has filled. With --leaves: so many rows in an empty database, taken in at once; its size.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from bench.places import KINDS, Place

WRITERS = {"sqlite": 4, "postgresql": 8}
CHUNK = 5000


def write(seconds: float, seed: int) -> list[float]:
    """Register until the time is over; what each took, in seconds."""
    from bench.cities import town
    from bench.people import Applicants
    from bench.stories import TEXTS
    from qyzmet.cases import actions, rules
    from qyzmet.cases.actions import Author

    rules.rules()  # the law is read once in the life of a process, before anybody waits
    where, chance, spent = town(), Random(seed), []
    bodies = [where.offices[body].code for body in where.busy]
    people = Applicants()
    numbers = count(seed * 1_000_000)
    until = time.perf_counter() + seconds
    while (start := time.perf_counter()) < until:
        person, lang = people.person(next(numbers)), chance.choice(("kk", "ru"))
        author = Author(name=person.name, iin=person.iin, address=person.address, email=person.email)
        actions.register(
            procedure="application",
            body=chance.choice(bodies),
            text=TEXTS[lang],
            language=lang,
            authors=[author],
            by=actions.APPLICANT,
            at=datetime.now(UTC),
        )
        spent.append(time.perf_counter() - start)
    return spent


def turn(place: Place, writers: int, seconds: float) -> tuple[float, list[float]]:
    """All writers at once: steps a second, and what each step took."""
    words = [sys.executable, "-m", "bench.log", "--kind", place.kind, "--tag", place.tag, "--seconds", str(seconds)]
    started = [
        subprocess.Popen([*words, "--write", str(seed)], stdout=subprocess.PIPE, env=place.environment())
        for seed in range(1, writers + 1)
    ]
    spent: list[float] = []
    for process in started:
        said, _ = process.communicate()
        spent += json.loads(said)
    return len(spent) / seconds, spent


@contextmanager
def log_at_work(place: Place, folder: Path) -> Iterator[None]:
    """Signer and sequencer, as `qyzmet serve --with-signer` runs them."""
    environment = place.environment() | {
        "QYZMET_SIGNER": str(folder / "socket"),
        "QYZMET_LOG_FOLDER": str(folder / "log"),
    }
    words = [sys.executable, "-m", "qyzmet.cli.main"]
    signer = ["signer", "--folder", str(folder / "signer"), "--socket", str(folder / "socket")]
    started = [
        subprocess.Popen([*words, *command], env=environment, stdout=subprocess.DEVNULL)
        for command in (signer, ["sequence", "--every", "0.1"])
    ]
    try:
        time.sleep(3)  # both have started
        yield
    finally:
        for process in started:
            process.terminate()
            process.wait(timeout=30)


def compare(place: Place, writers: int, rounds: int, seconds: float, folder: Path) -> dict[str, Any]:
    """In turns: without the log, with it."""
    rates: dict[str, list[float]] = {"without": [], "with": []}
    spent: dict[str, list[float]] = {"without": [], "with": []}
    turn(place, writers, 2)
    with log_at_work(place, folder):
        _caught_up(place)
    for _ in range(rounds):
        for name in ("without", "with"):
            if name == "with":
                with log_at_work(place, folder):
                    rate, took = turn(place, writers, seconds)
                    _caught_up(place)
            else:
                rate, took = turn(place, writers, seconds)
            rates[name].append(rate)
            spent[name] += took
    ratio = statistics.median(rates["with"]) / statistics.median(rates["without"])
    late = {name: _part(took, 0.99) * 1000 for name, took in spent.items()}
    return {
        "kind": place.kind,
        "cases": place.tag,
        "writers": writers,
        "load": os.getloadavg(),
        "a second": rates,
        "ratio": ratio,
        "p50 ms": {name: _part(took, 0.5) * 1000 for name, took in spent.items()},
        "p99 ms": late,
        "p99 added ms": late["with"] - late["without"],
    }


def _part(spent: list[float], part: float) -> float:
    return sorted(spent)[int(len(spent) * part)]


def _caught_up(place: Place) -> None:
    """Wait until nothing is pending and all of it is published, so that the next turn begins as this one did."""
    from qyzmet.journal.log import published_size
    from qyzmet.journal.models import Opening
    from qyzmet.journal.sequence import placed_size

    while Opening.objects.filter(index=None).exists() or published_size() != placed_size():
        time.sleep(0.2)


def leaves(kind: str, amount: int, folder: Path) -> dict[str, Any]:
    """So many rows in an empty database, taken in at once."""
    from django.core.management import call_command
    from django.db import transaction

    from qyzmet.journal import actions, log
    from qyzmet.journal.models import Entry
    from qyzmet.journal.sequence import sequence
    from qyzmet.journal.signer.book import open_book
    from qyzmet.journal.store import Folder

    call_command("migrate", verbosity=0)
    empty = _size(Place(kind, "leaves"))
    row = {"case": "2026-AAAA-BBBB", "body": "qala", "event": "register", "n": 1, "state": "registered"}
    for first in range(0, amount, CHUNK):
        rows = [actions.Row(row | {"n": n}, rule="APPC 76(1)-(2)") for n in range(first, min(amount, first + CHUNK))]
        with transaction.atomic():
            actions.record_many(at=datetime.now(UTC), rows=rows)
    rows_size = _size(Place(kind, "leaves"))
    store, book = Folder(folder / "leaves-log"), open_book(folder / "leaves-signer", origin="bench.example/log")
    start = time.perf_counter()
    sequence(at=datetime.now(UTC), signer=_Direct(book), store=store)
    taken = time.perf_counter() - start
    chance, spent = Random(1), []
    for pk in chance.sample(range(1, amount + 1), 200):
        entry = Entry.objects.get(pk=pk)
        start = time.perf_counter()
        log.proofs([entry], store)
        spent.append(time.perf_counter() - start)
    files = [path for path in store.root.rglob("*") if path.is_file()]
    return {
        "leaves": amount,
        "a second": amount / taken,
        "bytes a row in the database": (rows_size - empty) / amount,
        "bytes a row in files": sum(path.stat().st_size for path in files) / amount,
        "files": len(files),
        "proof p50 ms": _part(spent, 0.5) * 1000,
        "proof p99 ms": _part(spent, 0.99) * 1000,
    }


def _size(place: Place) -> int:
    """Bytes of the database, with what SQLite still has in its write-ahead log."""
    from django.db import connection

    if place.kind == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place.size()


class _Direct:
    """The signer without its socket."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def state(self) -> Any:
        """What it signed last."""
        from qyzmet.journal.signer.wire import answer

        return answer(self.book, {"ask": "state"}, at=datetime.now(UTC))

    def checkpoint(self, size: int, root: bytes, proof: Any) -> str:
        """A signed head."""
        return str(self.book.checkpoint(size, root, proof))


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.log", description=__doc__)
    parser.add_argument("--kind", choices=KINDS, default="sqlite")
    parser.add_argument("--tag", default="1k", help="a city that bench.cities has filled; its cases become more")
    parser.add_argument("--writers", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--leaves", type=int, default=0)
    parser.add_argument("--folder", type=Path, default=Path("var/bench/log"))
    parser.add_argument("--write", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    place = Place(args.kind, "leaves" if args.leaves else args.tag)
    if args.leaves:
        place.drop()
    place.make()
    place.enter()
    folder = (args.folder / f"{args.kind}-{args.tag}").resolve()
    if args.write:
        print(json.dumps(write(args.seconds, args.write)))
        return
    shutil.rmtree(folder, ignore_errors=True)  # a signer that remembers another database would refuse this one
    folder.mkdir(parents=True)
    if args.leaves:
        print(json.dumps(leaves(args.kind, args.leaves, folder), indent=1))
        place.drop()
        return
    writers = args.writers or WRITERS[args.kind]
    print(json.dumps(compare(place, writers, args.rounds, args.seconds, folder), indent=1))


if __name__ == "__main__":
    main()
