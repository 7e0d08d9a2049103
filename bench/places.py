"""Databases of the measurements: named `qyzmet_bench_*`, made here and thrown away here."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FOLDER = Path(os.environ.get("QYZMET_BENCH_FOLDER", "var/bench")).resolve()
"""SQLite files and the data folder."""
POSTGRES = os.environ.get("QYZMET_BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
"""A server on which databases may be made."""
KINDS = ("sqlite", "postgresql")
DAY = date(2026, 4, 15)
NOW = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)
"""10:00 in Almaty on DAY: the present of every city that is filled here."""


@dataclass(frozen=True)
class Place:
    """One database: its kind, and what is in it ("1k", "100k", "floor")."""

    kind: str
    tag: str

    @property
    def name(self) -> str:
        """Its name; the only names that are ever dropped begin like this."""
        return f"qyzmet_bench_{self.tag}"

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return FOLDER / f"{self.name}.sqlite3"

    @property
    def address(self) -> str:
        """What QYZMET_DATABASE says."""
        if self.kind == "sqlite":
            return f"sqlite:///{self.file}"
        return urlsplit(POSTGRES)._replace(path=f"/{self.name}").geturl()

    @property
    def target(self) -> str:
        """What Django's settings call NAME."""
        return str(self.file) if self.kind == "sqlite" else self.name

    def environment(self) -> dict[str, str]:
        """The environment of a process that works on it: a demonstration's (plain HTTP), nothing of the operator's."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QYZMET_")}
        own = {
            "QYZMET_BENCH_FOLDER": str(FOLDER),
            "QYZMET_BENCH_POSTGRES": POSTGRES,
            "QYZMET_DATA": str(FOLDER / "data"),
            "QYZMET_DATABASE": self.address,
            "QYZMET_SECRET_KEY": "a key for measurements only " * 2,
            "QYZMET_DEMO": "1",
            "QYZMET_FILINGS": "0",
            "DJANGO_SETTINGS_MODULE": "qyzmet.settings",
        }
        return {**kept, **own}

    def enter(self) -> None:
        """Make this process one that works on it."""
        import django

        (FOLDER / "data").mkdir(parents=True, exist_ok=True)
        for name in [name for name in os.environ if name.startswith("QYZMET_")]:
            del os.environ[name]
        os.environ.update(self.environment())
        django.setup()

    def make(self) -> None:
        """An empty database, unless it is there."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        if self.kind == "postgresql" and not self.exists():
            _on_server(f'CREATE DATABASE "{self.name}"')

    def reached(self) -> bool:
        """Whether a database could be made."""
        import psycopg

        try:
            return self.kind == "sqlite" or bool(_on_server("SELECT 1"))
        except psycopg.OperationalError:
            return False

    def exists(self) -> bool:
        """Whether it is there."""
        if self.kind == "sqlite":
            return self.file.exists()
        return bool(_on_server("SELECT 1 FROM pg_database WHERE datname = %s", (self.name,)))

    def drop(self) -> None:
        """Throw it away."""
        if self.kind == "postgresql":
            _on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        for end in ("", "-wal", "-shm"):
            if self.kind == "sqlite":
                self.file.with_name(self.file.name + end).unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes."""
        if self.kind == "sqlite":
            return self.file.stat().st_size
        return int(_on_server("SELECT pg_database_size(%s)", (self.name,))[0][0])


def _on_server(statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as server:
        cursor = server.execute(statement.encode(), list(values) or None)
        return cursor.fetchall() if cursor.description else []


def switch(place: Place) -> None:
    """Let this process, entered for another place of the same kind, work on this one."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = place.target


def size_of(tag: str) -> int:
    """ "100k" -> 100000."""
    units = {"k": 1000, "m": 1_000_000}
    return int(tag[:-1]) * units[tag[-1]] if tag[-1] in units else int(tag)
