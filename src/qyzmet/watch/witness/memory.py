"""What a witness remembers: the last head it cosigned of each log, and proofs of forks. A SQLite file of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from qyzmet.ledger.keys import VerifierKey
from qyzmet.watch.refusal import Refusal

FORKS_KEPT = 1000
"""Of one log; the first are the ones that matter."""
WAIT_SECONDS = 20
SCHEMA = """
CREATE TABLE IF NOT EXISTS own (vkey TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS heads (
    origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, time INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS forks (
    id INTEGER PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL,
    first BLOB NOT NULL, second BLOB NOT NULL, found_at INTEGER NOT NULL, UNIQUE (origin, size, root));
"""


@dataclass(frozen=True)
class Head:
    """The last head of a log that was cosigned: its note as it came, and when (POSIX seconds)."""

    origin: str
    size: int
    root: bytes
    note: bytes
    time: int


@dataclass(frozen=True)
class Kept:
    """Two signed heads of one size with different roots."""

    origin: str
    size: int
    first: bytes
    second: bytes
    found_at: int


class Memory:
    """The file. Each use opens it anew, so that threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def own(self, key: VerifierKey, *, fresh: bool) -> None:
        """Tie the file to the witness's key, or find that it is another's. `fresh`: the key was made just now.

        `Refusal`: `memory_lost` for a key that has lost its file, since it might cosign two histories;
        `memory_of_another`; `memory_unreadable` if it is no such file.
        """
        if not fresh and not self.path.exists():
            raise Refusal("memory_lost", path=self.path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            owner = self._owner(key)
        except sqlite3.DatabaseError:
            raise Refusal("memory_unreadable", path=self.path) from None
        if owner != str(key):
            raise Refusal("memory_of_another", path=self.path, key=owner)

    def _owner(self, key: VerifierKey) -> str:
        with closing(self._opened()) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(SCHEMA)
        with self.writing() as found:
            found.execute("INSERT INTO own SELECT ? WHERE NOT EXISTS (SELECT 1 FROM own)", (str(key),))
            return str(found.execute("SELECT vkey FROM own").fetchone()[0])

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the only right to write from its beginning, and is on the disk when it ends."""
        with closing(self._opened()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def heads(self) -> list[Head]:
        """The last head of every log, by origin."""
        with closing(self._opened()) as connection:
            rows = connection.execute("SELECT origin, size, root, note, time FROM heads ORDER BY origin")
            return [Head(*row) for row in rows]

    def forks(self) -> list[Kept]:
        """The forks found, the latest first."""
        with closing(self._opened()) as connection:
            rows = connection.execute("SELECT origin, size, first, second, found_at FROM forks ORDER BY id DESC")
            return [Kept(*row) for row in rows]


def head_of(connection: sqlite3.Connection, origin: str) -> Head | None:
    """The last head cosigned of that log."""
    row = connection.execute("SELECT origin, size, root, note, time FROM heads WHERE origin = ?", (origin,)).fetchone()
    return Head(*row) if row else None


def keep_head(connection: sqlite3.Connection, head: Head) -> None:
    """Remember it in place of the one before."""
    connection.execute(
        "REPLACE INTO heads VALUES (?, ?, ?, ?, ?)", (head.origin, head.size, head.root, head.note, head.time)
    )


def keep_fork(connection: sqlite3.Connection, before: Head, *, root: bytes, note: bytes, found_at: int) -> None:
    """Keep both heads, once for each other root, up to a limit."""
    count = connection.execute("SELECT count(*) FROM forks WHERE origin = ?", (before.origin,)).fetchone()[0]
    if count < FORKS_KEPT:
        connection.execute(
            "INSERT OR IGNORE INTO forks (origin, size, root, first, second, found_at) VALUES (?, ?, ?, ?, ?, ?)",
            (before.origin, before.size, root, before.note, note, found_at),
        )
