"""Ticks in processes of their own: reads one order a line (JSON), answers each with a line.

    {"do": "tick", "database": NAME, "book": FILE, "at": MOMENT, "kill": K}  -> [exit codes]; 0 = done, -9 = killed
    {"do": "ticks", ...}                                                     -> the same for two of them at once
    {"do": "look", "database": NAME}                                         -> what the database holds, as JSON

`kill`: the process ends by SIGKILL at its K-th point (0: never). A point lies before each SQL statement, before and
after each COMMIT, and before and after a letter leaves. Letters that left are lines in the book; the last line of a
tick that was not killed is the number of its points. Each order is done in a fork, so that the law is loaded once.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.mail.backends.base import BaseEmailBackend  # noqa: E402
from django.db import connection  # noqa: E402

from qyzmet.cases import rules  # noqa: E402
from qyzmet.cases.actions.clock import tick  # noqa: E402
from qyzmet.cases.models import Case, IntakeDraft  # noqa: E402
from qyzmet.letters import pdf  # noqa: E402
from qyzmet.letters.channels import email  # noqa: E402
from qyzmet.letters.models import Dispatch, Letter  # noqa: E402
from tests.cases.wholeness import flaws  # noqa: E402


class Points:
    """Counts the moments at which a process may be killed, and kills it at one of them."""

    def __init__(self, kill: int) -> None:
        self.kill, self.seen = kill, 0

    def point(self) -> None:
        self.seen += 1
        if self.seen == self.kill:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, execute: Callable[..., Any], *rest: Any) -> Any:
        self.point()
        return execute(*rest)

    def watch_commits(self) -> None:
        commit = connection._commit  # type: ignore[attr-defined]

        def watched() -> None:
            self.point()
            commit()
            self.point()

        connection._commit = watched  # type: ignore[attr-defined]


class Post(BaseEmailBackend):
    """Writes each letter that leaves into the book."""

    def __init__(self, points: Points, book: str) -> None:
        super().__init__()
        self.points, self.book = points, Path(book)

    def send_messages(self, email_messages: Any) -> int:
        self.points.point()
        with self.book.open("a") as book:
            for mail in email_messages:
                book.write(mail.extra_headers["Message-ID"] + "\n")
        self.points.point()
        return len(email_messages)


def run(order: dict[str, Any]) -> None:
    points = Points(order["kill"])
    email.get_connection = lambda: Post(points, order["book"])  # type: ignore[assignment]
    pdf.render = lambda letter: b"%PDF-"  # type: ignore[assignment]
    connection.ensure_connection()
    points.watch_commits()
    with connection.execute_wrapper(points.around):
        done = tick(at=datetime.fromisoformat(order["at"])).done
    if done.get("failed"):
        os._exit(1)
    Path(order["book"] + ".points").write_text(str(points.seen))


def look() -> dict[str, Any]:
    """Everything that two runs must agree on; moments, keys and salts differ."""
    return {
        "cases": {case.number: told(case) for case in Case.objects.order_by("id")},
        "drafts": IntakeDraft.objects.count(),
        "letters": sorted(f"{named(row)} {row.to_email} {row.text_sha256}" for row in Letter.objects.all()),
        "mail": {named(row.letter): row.state for row in Dispatch.objects.filter(channel="email")},
        "flaws": [flaw for case in Case.objects.all() for flaw in flaws(case)],
    }


def named(letter: Letter) -> str:
    return f"{letter.case_number} {letter.kind} {letter.language}"


def told(case: Case) -> list[Any]:
    state = [case.state, case.outcome, case.body.code, case.is_open, str(case.due_on), str(case.act_on)]
    steps = [f"{step.n} {step.code} {step.from_state} {step.to_state}" for step in case.steps.order_by("n")]
    days = sorted(f"{row.key} {row.on} {row.is_open}" for row in case.deadlines.all())
    return [state, steps, days]


def fork(order: dict[str, Any], gate: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        connection.settings_dict["NAME"] = order["database"]
        os.read(gate, 1)
        if order["do"] == "look":
            print(json.dumps(look()), flush=True)
        else:
            run(order)
        os._exit(0)
    except BaseException as failure:
        print(f"{type(failure).__name__}: {failure}", file=sys.stderr, flush=True)
        os._exit(1)


def obey(order: dict[str, Any]) -> None:
    gate, open_gate = os.pipe()
    children = [fork(order, gate) for _ in range(2 if order["do"] == "ticks" else 1)]
    os.write(open_gate, b"go")
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(gate)
    os.close(open_gate)
    if order["do"] != "look" or any(codes):
        print(json.dumps(codes), flush=True)


if __name__ == "__main__":
    rules.rules()
    for line in sys.stdin:
        obey(json.loads(line))
