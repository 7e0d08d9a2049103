"""Writes the rows of copies, in a hurry, and leaves the database as one that was used."""

from typing import Any

KEPT = "bench_indexes"
"""A table of the indexes that were taken away, so that a fill that was stopped can still put them back."""


class Writer:
    """Writes chunks of rows, one transaction a chunk."""

    def __init__(self) -> None:
        from django.db import connection

        from bench.copies import ORDER
        from qyzmet.cases.models import Barred

        self.connection = connection
        self.models: list[Any] = [*ORDER, Barred]
        self.columns = {model: [field.column for field in model._meta.concrete_fields] for model in self.models}
        self.next = {model: self._after_last(model) for model in self.models if not self._borrowed(model)}

    @staticmethod
    def _borrowed(model: Any) -> bool:
        """Whether its key is another table's."""
        return bool(model._meta.pk.is_relation)

    @staticmethod
    def _after_last(model: Any) -> int:
        last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        return (last or 0) + 1

    def ids(self, moved: Any, barred: int) -> list[int]:
        """Keys for a copy's rows."""
        found = [self._id(plan.model) for plan in moved.plans]
        return found + [self._id(self.models[-1]) for _ in range(barred)]

    def _id(self, model: Any) -> int:
        if model not in self.next:
            return 0
        self.next[model] += 1
        return self.next[model] - 1

    def write(self, rows: dict[Any, list[list[Any]]]) -> None:
        """All rows of a chunk."""
        from django.db import transaction

        with transaction.atomic():
            for model in self.models:
                if rows.get(model):
                    self._table(model, rows[model])

    def _table(self, model: Any, rows: list[list[Any]]) -> None:
        table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in self.columns[model])
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                marks = ", ".join("?" * len(self.columns[model]))
                cursor.connection.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)
                return
            with cursor.cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)


def hurry() -> None:
    """While a city is filled a power cut costs nothing, and copies of sound rows need no check of their keys."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA cache_size=-2000000")
            cursor.execute("PRAGMA wal_autocheckpoint=20000")
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '1GB'")


def bare_tables(tables: list[Any]) -> None:
    """Take the indexes away that hold no constraint: made at the end, over sorted keys, they cost a fraction."""
    from django.db import connection, transaction

    names = [model._meta.db_table for model in tables]
    if KEPT in connection.introspection.table_names():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INDEXES[connection.vendor])
        found = [(name, sql) for name, table, sql in cursor.fetchall() if table in names]
        cursor.execute(f"CREATE TABLE {KEPT} (sql text)")
        for name, sql in found:
            cursor.execute(f"INSERT INTO {KEPT} VALUES (%s)", [sql])
            cursor.execute(f'DROP INDEX "{name}"')


INDEXES = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
    "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
}


def dress_tables() -> None:
    """Make the indexes again that `bare_tables` took away."""
    from django.db import connection, transaction

    if KEPT not in connection.introspection.table_names():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT sql FROM {KEPT}")
        for (sql,) in cursor.fetchall():
            cursor.execute(sql)
        cursor.execute(f"DROP TABLE {KEPT}")


def settle(writer: Writer) -> None:
    """Leave the database as one that was used: counters behind the last key; on PostgreSQL what autovacuum does."""
    from django.db import connection

    dress_tables()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in writer.next:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), %s)", [_last(model)])
        cursor.execute("VACUUM ANALYZE")


def _last(model: Any) -> int:
    found = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return int(found or 1)
