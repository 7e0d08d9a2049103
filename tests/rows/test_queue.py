"""Whoever writes into SQLite takes a turn: the door is held for the time of a transaction and no longer."""

import fcntl
import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction

from qyzmet.bodies.models import Body
from qyzmet.rows.sqlite3.queue import Queue

pytestmark = pytest.mark.django_db(transaction=True)
HOLDS = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def door() -> Iterator[int]:
    with transaction.atomic():
        pass  # makes the file
    file = os.open(f"{connection.settings_dict['NAME']}-queue", os.O_RDONLY)
    yield file
    os.close(file)


def free(door: int) -> bool:
    try:
        fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(door, fcntl.LOCK_UN)
    return True


def test_the_door_is_held_for_a_transaction(door: int) -> None:
    with transaction.atomic():
        assert not free(door)
        with transaction.atomic():
            pass
        assert not free(door)  # a savepoint is no end
    assert free(door)


def test_it_is_free_after_an_error(door: int) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert free(door)


def test_it_is_free_after_a_lost_connection(door: int) -> None:
    with transaction.atomic():
        connection.close()
        assert free(door)
    with transaction.atomic():
        assert not free(door)


def test_it_is_free_where_a_transaction_could_not_begin(door: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setitem(vars(connections[DEFAULT_DB_ALIAS]), "transaction_mode", "NONSENSE")
        with pytest.raises(OperationalError), transaction.atomic():
            pass
    assert free(door)


def test_it_is_free_after_a_thread_that_ended_within_a_transaction(door: int) -> None:
    thread = threading.Thread(target=lambda: transaction.atomic().__enter__())
    thread.start()
    thread.join()
    gc.collect()
    assert free(door)
    with transaction.atomic():
        pass


def test_reading_waits_for_nobody(door: int) -> None:
    fcntl.flock(door, fcntl.LOCK_EX)
    assert Body.objects.count() == 0


def test_who_waits_too_long_is_told_what_sqlite_says(door: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl.flock(door, fcntl.LOCK_EX)
    with monkeypatch.context() as hasty:
        hasty.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.01)
        with pytest.raises(OperationalError, match="database is locked"), transaction.atomic():
            pass
    fcntl.flock(door, fcntl.LOCK_UN)
    with transaction.atomic():  # who gave up stands in nobody's way
        pass


def test_threads_and_connections_take_turns(tmp_path: Any) -> None:
    path, inside, most = str(tmp_path / "q"), [0], [0]

    def work() -> None:
        queue = Queue(path)
        for _ in range(20):
            assert queue.enter(20)
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            inside[0] -= 1
            queue.leave()
        queue.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_another_process_holds_it_until_it_ends(door: int) -> None:
    path = f"{connection.settings_dict['NAME']}-queue"
    command = [sys.executable, "-c", HOLDS, path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        queue = Queue(path)
        assert not queue.enter(0.01)
        other.kill()
        other.wait()
        assert queue.enter(20)
        queue.close()
