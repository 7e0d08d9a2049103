"""Rows of a statement written by hand, as the ORM would give them."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import Col

Row = TypeVar("Row", bound=models.Model)


@cache
def columns(model: type[models.Model], table: str) -> str:
    """The columns of `model` for a SELECT, in the order `made` wants them; `table`: its name in the statement."""
    quote = connection.ops.quote_name
    return ", ".join(f"{table}.{quote(str(field.column))}" for field in model._meta.concrete_fields)


@cache
def width(model: type[models.Model]) -> int:
    """How many columns these are."""
    return len(model._meta.concrete_fields)


def made(model: type[Row], values: Sequence[Any]) -> Row | None:
    """The object of these columns; None where an outer join found no row."""
    names, key, converters = _reading(model)
    if values[key] is None:
        return None
    read = list(values)
    for place, field, ways in converters:
        for way in ways:
            read[place] = way(read[place], field, connection)
    return model.from_db(connection.alias, names, read)


Way = Callable[[Any, Any, Any], Any]


@cache
def _reading(model: type[models.Model]) -> tuple[list[str], int, list[tuple[int, Col, list[Way]]]]:
    """Names of the fields, the place of the key, and what turns the database's values into Python's."""
    fields = model._meta.concrete_fields
    cols = [field.get_col(model._meta.db_table) for field in fields]
    ways = [connection.ops.get_db_converters(col) + col.get_db_converters(connection) for col in cols]
    turned = [(place, col, found) for place, (col, found) in enumerate(zip(cols, ways, strict=True)) if found]
    return [field.attname for field in fields], fields.index(model._meta.pk), turned
