"""Two runs at once and a run killed in the middle, in processes of their own, on SQLite and on PostgreSQL."""

import json
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, transaction

from qyzmet.letters import actions
from qyzmet.letters.models import Dispatch
from tests.letters.sample import AT, compose

pytestmark = [
    # cleared without the journal, whose rows the database does not let go
    pytest.mark.django_db(transaction=True, available_apps=["qyzmet.letters"]),
    # the same tests on either database: the first is left out on PostgreSQL, the second on SQLite
    pytest.mark.parametrize("where", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]),
]
WORKER = Path(__file__).with_name("worker.py")
LETTERS = 60


def run(book: Path, where_to_die: str = "never") -> "subprocess.Popen[str]":
    kept = {key: value for key, value in connection.settings_dict.items() if key not in ("TEST", "TIME_ZONE")}
    command = [sys.executable, str(WORKER), json.dumps(kept), str(book), where_to_die]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()
    return process


def begin(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def left(book: Path) -> Counter[str]:
    return Counter(book.read_text().splitlines()) if book.exists() else Counter()


def states() -> Counter[str]:
    return Counter(Dispatch.objects.filter(channel="email").values_list("state", flat=True))


def test_runs_at_once_send_each_letter_once(where: str, tmp_path: Path) -> None:
    for _ in range(LETTERS):
        compose()
    runs = [run(tmp_path / "book") for _ in range(3)]
    for one in runs:
        begin(one)
    results = [one.communicate(timeout=60) for one in runs]
    assert all(one.returncode == 0 for one in runs), results
    assert sum(int(out) for out, _ in results) == LETTERS
    assert set(left(tmp_path / "book").values()) == {1}
    assert len(left(tmp_path / "book")) == LETTERS
    assert states() == {"sent": LETTERS}


@pytest.mark.parametrize(("where_to_die", "gone"), [("before", 0), ("after", 1)])
def test_a_run_that_is_killed_leaves_one_letter_to_a_person(
    where: str, where_to_die: str, gone: int, tmp_path: Path
) -> None:
    for _ in range(3):
        compose()
    killed = run(tmp_path / "book", where_to_die)
    killed.communicate("\n", timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert states() == {"sending": 1, "pending": 2}
    next_run = run(tmp_path / "book")
    assert next_run.communicate("\n", timeout=60)[0].strip() == "2"
    assert actions.send_pending(at=AT + timedelta(hours=1)) == 0
    assert states() == {"uncertain": 1, "sent": 2}
    assert len(left(tmp_path / "book")) == 2 + gone
    assert set(left(tmp_path / "book").values()) == {1}


def test_clerks_at_once_get_numbers_without_gap_or_double(where: str) -> None:
    waiting = [compose(channels=["post"]).dispatches.get() for _ in range(LETTERS)]
    failures: list[Exception] = []

    def note(rows: list[Dispatch]) -> None:
        try:
            for row in rows:
                actions.note_posted(row, at=AT)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    clerks = [Thread(target=note, args=(waiting[start::3],)) for start in range(3)]
    for clerk in clerks:
        clerk.start()
    for clerk in clerks:
        clerk.join()
    assert failures == []
    numbers = Dispatch.objects.values_list("register_number", flat=True)
    assert sorted(number or 0 for number in numbers) == list(range(1, LETTERS + 1))


def test_inside_a_transaction_nothing_is_sent(where: str) -> None:
    compose()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        actions.send_pending(at=AT)
    assert states() == {"pending": 1}
