"""What a monitor remembers, in a SQLite file: every head seen, how far it has read, open ends of cases, findings."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qyzmet.ledger.keys import VerifierKey, parse_key
from qyzmet.ledger.promise import Promise
from qyzmet.watch.refusal import Refusal

CACHE_KIB = 65_536
SCHEMA = """
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heads (
    id INTEGER PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, accepted INTEGER NOT NULL,
    witnessed_at INTEGER, live INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
    UNIQUE (size, root));
CREATE TABLE IF NOT EXISTS tips (
    leaf BLOB PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS keys (idx INTEGER PRIMARY KEY, vkey TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS promises (
    leaf BLOB PRIMARY KEY, origin TEXT NOT NULL, time INTEGER NOT NULL, by INTEGER NOT NULL, idx INTEGER,
    searched INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS findings (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, idx INTEGER, given TEXT NOT NULL, found_at INTEGER NOT NULL,
    passing INTEGER NOT NULL, passed_at INTEGER);
CREATE UNIQUE INDEX IF NOT EXISTS one_finding ON findings (code, ifnull(idx, -1), given);
"""


@dataclass(frozen=True)
class Finding:
    """Something that is wrong. `index`: the entry's, None where it is the log as a whole.

    `passing`: it concerns what the log served, and is over when all could be read. Others stand for ever.
    """

    code: str
    index: int | None
    values: dict[str, Any]
    passing: bool = False


@dataclass(frozen=True)
class SeenHead:
    """A head in the file. Times in POSIX seconds."""

    size: int
    root: bytes
    note: bytes
    witnessed_at: int | None
    """The earliest cosignature of a witness that is trusted."""
    live: bool
    first_at: int
    last_at: int


@dataclass(frozen=True)
class Tip:
    """The last step of a case: its place, its time (milliseconds), and the time of the case's first step."""

    index: int
    at: int
    since: int


class State:
    """The file, held by one monitor at a time. Whatever is written counts from `commit` on, all of it or nothing."""

    def __init__(self, path: Path) -> None:
        """`Refusal`: `state_busy`, `state_unreadable`."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(path, timeout=2)
            self.db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            self.db.executescript(SCHEMA)
            self.put("format", "1")
            self.commit()
        except sqlite3.OperationalError as error:
            busy = "locked" in str(error)
            raise Refusal("state_busy" if busy else "state_unreadable", path=path) from None
        except (sqlite3.DatabaseError, OSError):
            raise Refusal("state_unreadable", path=path) from None

    def commit(self) -> None:
        """Make all that was written since the last time stay."""
        self.db.commit()

    def undo(self) -> None:
        """Forget what was written since the last `commit`."""
        self.db.rollback()

    def close(self) -> None:
        """Let another monitor have the file."""
        self.db.close()

    def get(self, name: str, otherwise: str = "") -> str:
        """A short text kept under a name."""
        row = self.db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else otherwise

    def put(self, name: str, value: str) -> None:
        """Keep it under that name."""
        self.db.execute("REPLACE INTO notes VALUES (?, ?)", (name, value))

    def belongs_to(self, origin: str) -> None:
        """Tie the file to a log. `Refusal`: `state_of_another`."""
        known = self.get("origin", origin)
        if known != origin:
            raise Refusal("state_of_another", path=self.path, origin=known)
        self.put("origin", origin)

    @property
    def read(self) -> int:
        """How many entries were read and checked."""
        return int(self.get("read", "0"))

    # heads

    def keep_head(self, head: SeenHead, *, accepted: bool) -> None:
        """Remember a head, or that it was seen again; the note with more signatures is kept."""
        self.db.execute(
            """INSERT INTO heads (size, root, note, accepted, witnessed_at, live, first_at, last_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (size, root) DO UPDATE SET
            last_at = max(last_at, excluded.last_at), live = max(live, excluded.live),
            accepted = max(accepted, excluded.accepted),
            witnessed_at = coalesce(min(witnessed_at, excluded.witnessed_at), witnessed_at, excluded.witnessed_at),
            note = CASE WHEN length(excluded.note) > length(note) THEN excluded.note ELSE note END""",
            (head.size, head.root, head.note, accepted, head.witnessed_at, head.live, head.first_at, head.last_at),
        )

    def largest(self) -> SeenHead | None:
        """The largest head that was accepted."""
        return next(iter(self._heads("WHERE accepted ORDER BY size DESC LIMIT 1")), None)

    def heads_from(self, size: int) -> list[SeenHead]:
        """The accepted heads of at least that size, the smallest first."""
        return self._heads("WHERE accepted AND size >= ? ORDER BY size", size)

    def head_of(self, size: int) -> SeenHead | None:
        """The accepted head of exactly that size."""
        return next(iter(self._heads("WHERE accepted AND size = ?", size)), None)

    def _heads(self, where: str, *values: int) -> list[SeenHead]:
        columns = "size, root, note, witnessed_at, live, first_at, last_at"
        rows = self.db.execute(f"SELECT {columns} FROM heads {where}", values)  # noqa: S608 - our own words
        return [SeenHead(row[0], row[1], row[2], row[3], bool(row[4]), row[5], row[6]) for row in rows]

    def latest_without(self, index: int | None) -> int | None:
        """The latest moment at which a head was shown that lacks this entry (None: any head): see `times.lacked_at`."""
        size = self.read if index is None else index
        row = self.db.execute(
            """SELECT max(max(coalesce(witnessed_at, 0), CASE WHEN live THEN last_at ELSE 0 END))
            FROM heads WHERE accepted AND size <= ?""",
            (size,),
        ).fetchone()
        return row[0] or None

    # cases and keys

    def take_tip(self, leaf: bytes) -> Tip | None:
        """The last step with this leaf hash, which is the last no longer."""
        row = self.db.execute("DELETE FROM tips WHERE leaf = ? RETURNING idx, at, since", (leaf,)).fetchone()
        return Tip(*row) if row else None

    def put_tip(self, leaf: bytes, tip: Tip) -> None:
        """Remember the last step of a case."""
        self.db.execute("REPLACE INTO tips VALUES (?, ?, ?, ?)", (leaf, tip.index, tip.at, tip.since))

    def key_changes(self) -> list[tuple[int, VerifierKey]]:
        """The keys the log has changed to, with the place of the entry that did it."""
        rows = self.db.execute("SELECT idx, vkey FROM keys ORDER BY idx")
        return [(index, parse_key(text)) for index, text in rows]

    def add_key(self, index: int, key: VerifierKey) -> None:
        """Remember a change of key."""
        self.db.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (index, str(key)))

    # promises

    def add_promise(self, promise: Promise) -> None:
        """Remember to look for it."""
        self.db.execute(
            "INSERT OR IGNORE INTO promises (leaf, origin, time, by) VALUES (?, ?, ?, ?)",
            (promise.leaf_hash, promise.origin, promise.time, promise.by),
        )

    def promises(self) -> list[tuple[Promise, int | None]]:
        """Every promise with the place of its entry, where that was found."""
        rows = self.db.execute("SELECT origin, leaf, time, by, idx FROM promises ORDER BY by")
        return [(Promise(origin, leaf, time, by), index) for origin, leaf, time, by, index in rows]

    def unsearched(self) -> set[bytes]:
        """Leaf hashes of promises that the entries already read were not searched for."""
        return {row[0] for row in self.db.execute("SELECT leaf FROM promises WHERE NOT searched AND idx IS NULL")}

    def searched(self) -> None:
        """From now on new entries are enough."""
        self.db.execute("UPDATE promises SET searched = 1")

    def place_promise(self, leaf: bytes, index: int) -> None:
        """The entry of a promise was found."""
        self.db.execute("UPDATE promises SET idx = ? WHERE leaf = ? AND idx IS NULL", (index, leaf))

    # findings

    def add_finding(self, finding: Finding, *, at: int) -> bool:
        """Keep it; whether it was not there yet. One that had passed and is back stands again."""
        given = json.dumps(finding.values, ensure_ascii=False, sort_keys=True)
        done = self.db.execute(
            "INSERT OR IGNORE INTO findings (code, idx, given, found_at, passing) VALUES (?, ?, ?, ?, ?)",
            (finding.code, finding.index, given, at, finding.passing),
        )
        if done.rowcount:
            return True
        self.db.execute(
            "UPDATE findings SET passed_at = NULL WHERE code = ? AND ifnull(idx, -1) = ifnull(?, -1) AND given = ?",
            (finding.code, finding.index, given),
        )
        return False

    def pass_findings(self, *, at: int) -> None:
        """What concerned only the reading is over: all could be read."""
        self.db.execute("UPDATE findings SET passed_at = ? WHERE passing AND passed_at IS NULL", (at,))

    def findings(self) -> Iterable[Finding]:
        """What stands, in the order in which it was found."""
        rows = self.db.execute("SELECT code, idx, given, passing FROM findings WHERE passed_at IS NULL ORDER BY id")
        for code, index, given, passing in rows:
            yield Finding(code, index, json.loads(given), bool(passing))
