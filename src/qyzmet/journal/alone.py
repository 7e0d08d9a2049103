"""One sequencer at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ADVISORY_LOCK = 7_216_001
"""PostgreSQL's name of the lock: any number, as long as nobody else in this database takes it."""


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """True while no other process has the lock: a file's, and PostgreSQL's own for other machines.

    The file's is held on PostgreSQL too, since the other ends with the connection: a sequencer that lost it in the
    middle would still write its files, beside the one that came after it.
    """
    with _locked_file(folder) as got:
        if got and connection.vendor == "postgresql":
            with _advisory() as got:
                yield got
        else:
            yield got


@contextmanager
def _advisory() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


@contextmanager
def _locked_file(folder: Path) -> Iterator[bool]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
