"""How tests that really commit get empty tables again, although triggers refuse to empty them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations


def allow_flush() -> None:
    """From now on Django's flush, which follows each test that commits, switches the triggers off while it works."""
    flush: Callable[..., Any] = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with transaction.atomic(), without_triggers():
            flush(operations, sql_list)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]


@contextmanager
def without_triggers() -> Iterator[None]:
    """Within a transaction: tables without their triggers, as whoever owns the database can make them."""
    with connection.cursor() as cursor:
        off, on = _postgres(cursor) if connection.vendor == "postgresql" else _sqlite(cursor)
        for statement in off:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in on:
            cursor.execute(statement)


def _postgres(cursor: Any) -> tuple[list[str], list[str]]:
    cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    tables = [table for (table,) in cursor.fetchall()]
    # a table with rows whose keys are still to be checked is not altered
    return tuple(
        ["SET CONSTRAINTS ALL IMMEDIATE", *(f"ALTER TABLE {table} {verb} TRIGGER USER" for table in tables)]
        for verb in ("DISABLE", "ENABLE")
    )


def _sqlite(cursor: Any) -> tuple[list[str], list[str]]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]
