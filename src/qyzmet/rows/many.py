"""The same few columns of many rows at once."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update_all(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows that were read under a lock: one statement, run for each row.

    Django's `bulk_update` writes one statement whose CASE is searched again for each row; this one is found by its key.
    """
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields: list[Any] = [meta.get_field(name) for name in names]
    key: Any = meta.pk
    given = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    change = f"UPDATE {quote(meta.db_table)} SET {given} WHERE {quote(key.column)} = %s"  # noqa: S608 (our own names)
    ways = [(field.attname, field.get_db_prep_save) for field in fields]
    values = [[*(way(getattr(row, name), connection) for name, way in ways), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(change, values)
