"""The log under kill -9, in processes of their own: `python killed_worker.py ORDER`, where ORDER is JSON.

    {"database": NAME, "folder": FOLDER, "kills": N, "seed": N}

A signer answers, three writers file appeals and take a second step in some, and two sequencers are always at work, each
of which ends by SIGKILL at a moment of its own, until N have died. Then a last one goes through. The moments lie before
each SQL statement, before and after each COMMIT, around each file and each answer of the signer; FOLDER/killed has a
line for each death: what came next. Each process is a fork, so that the law is loaded once.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.db import connection  # noqa: E402

from qyzmet.cases import actions, rules  # noqa: E402
from qyzmet.cli.signer import answer  # noqa: E402
from qyzmet.journal import sequence as sequencer  # noqa: E402
from qyzmet.journal.signer.book import open_book  # noqa: E402
from qyzmet.journal.signer.wire import Client, Down  # noqa: E402
from qyzmet.journal.store import Folder  # noqa: E402

START = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)
BEGAN = time.monotonic()
WRITERS = 3
AT_ONCE = 2
MOMENTS = 60
"""A sequencer dies at one of its first so many moments."""
ORIGIN = "qala.example/log"


def now() -> datetime:
    """The clock of the city: it goes as ours does, from a day whose calendar is known."""
    return START + timedelta(seconds=time.monotonic() - BEGAN)


class Points:
    """Counts the moments at which this process may be killed, and kills it at one of them."""

    def __init__(self, kill: int, book: Path) -> None:
        self.left, self.book = kill, book

    def point(self, what: str) -> None:
        """Something comes next: the end, if it is time."""
        self.left -= 1
        if self.left == 0:
            with self.book.open("a") as book:
                book.write(what + "\n")
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """Before a statement."""
        self.point(" ".join(sql.split()[:2]))
        return execute(sql, *rest)

    def before(self, owner: Any, name: str, *, after: bool = False) -> None:
        """Before each call of this function, and after it."""
        plain = getattr(owner, name)

        def watched(*args: Any, **values: Any) -> Any:
            self.point(f"before {name}")
            done = plain(*args, **values)
            if after:
                self.point(f"after {name}")
            return done

        setattr(owner, name, watched)


def sequence(order: dict[str, Any], kill: int) -> None:
    """A sequencer's life."""
    folder, parent = Path(order["folder"]), os.getppid()
    points = Points(kill, folder / "killed")
    connection.ensure_connection()
    points.before(connection, "_commit", after=True)
    points.before(os, "fsync")
    points.before(Path, "replace", after=True)
    points.before(Client, "checkpoint", after=True)
    with connection.execute_wrapper(points.around):
        sequencer.sweep(Folder(folder / "log"))
        while (once(folder, points) or kill) and os.getppid() == parent:
            time.sleep(0.005)


def once(folder: Path, points: Points) -> int:
    """One run; how many rows it placed."""
    client = Client(folder / "socket")
    return sequencer.sequence(at=now(), signer=client, store=Folder(folder / "log"), between=points.point).placed


def write(order: dict[str, Any], seed: int) -> None:
    """File appeals until the folder says that it is enough."""
    chance, stop, parent = Random(seed), Path(order["folder"]) / "stop", os.getppid()
    author = actions.Author(name="Серікбаева Мадина")
    while not stop.exists() and os.getppid() == parent:
        case = actions.register(
            procedure="application",
            body=chance.choice(["water", "dep", "centre"]),
            text="Құбыр жарылды.",
            language="kk",
            authors=[author],
            by=actions.APPLICANT,
            at=now(),
        ).case
        if chance.random() < 0.3:
            actions.withdraw(case, by=actions.APPLICANT, at=now())
        time.sleep(chance.random() * 0.1)


def fork(do: Callable[..., None], *rest: Any) -> int:
    """Do this in a process of its own."""
    child = os.fork()
    if child:
        return child
    try:
        do(*rest)
        os._exit(0)
    except BaseException as failure:
        print(f"{do.__name__}: {type(failure).__name__}: {failure}", file=sys.stderr, flush=True)
        os._exit(1)


def ended(child: int) -> int:
    """Its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(order: dict[str, Any]) -> int:
    """All of it; 0 where everybody but the killed ended well."""
    folder, chance = Path(order["folder"]), Random(order["seed"])
    connection.settings_dict["NAME"] = order["database"]
    rules.rules()
    signer = fork(lambda: answer(folder / "socket", open_book(folder / "signer", origin=ORIGIN), with_parent=True))
    until_it_answers(folder)
    writers = [fork(write, order, order["seed"] + n) for n in range(WRITERS)]
    codes = killed(order, chance)
    (folder / "stop").touch()
    codes |= {ended(writer) for writer in writers}
    codes.add(ended(fork(sequence, order, 0)))
    os.kill(signer, signal.SIGTERM)
    ended(signer)
    return 0 if codes == {0, -signal.SIGKILL} else 1


def killed(order: dict[str, Any], chance: Random) -> set[int]:
    """Two sequencers at once until enough have died; how they ended."""
    working = {fork(sequence, order, chance.randint(1, MOMENTS)) for _ in range(AT_ONCE)}
    codes = set()
    for left in reversed(range(order["kills"])):
        child, status = os.wait()
        if child not in working:
            raise SystemExit("a writer or the signer has died")
        working.discard(child)
        codes.add(os.waitstatus_to_exitcode(status))
        if left >= AT_ONCE:
            working.add(fork(sequence, order, chance.randint(1, MOMENTS)))
    return codes


def until_it_answers(folder: Path) -> None:
    """Wait for the signer."""
    for _ in range(100):
        try:
            Client(folder / "socket").state()
        except Down:
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
