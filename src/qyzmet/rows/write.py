"""INSERT and UPDATE of whole rows. Values are prepared by the model's own fields; errors are Django's."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

PLAIN: dict[str, type] = {
    **dict.fromkeys(("CharField", "TextField", "SlugField"), str),
    **dict.fromkeys(("BigAutoField", "BigIntegerField", "IntegerField"), int),
    **dict.fromkeys(("PositiveIntegerField", "PositiveSmallIntegerField"), int),
    "BooleanField": bool,
}
"""Fields that hand a value of this very type to the database as it is; anything else goes through the field."""
DAYS: dict[str, Any] = {"DateField": models.DateField, "DateTimeField": models.DateTimeField}
MOST_VALUES = 900
"""Of one statement; older SQLite takes 999."""

Values = Callable[[models.Model], list[Any]]


def insert(row: models.Model) -> None:
    """Write a new row and give it its key. Rows it points to have theirs already."""
    insert_all([row])


def insert_all(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model, in their order, in one statement (several where there are very many)."""
    if not rows:
        return
    model = type(rows[0])
    many = max(1, MOST_VALUES // len(_written(model)))
    for first in range(0, len(rows), many):
        _insert(model, rows[first : first + many])


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    values = _values(model)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:  # `connection` would look it up again at each attribute
        cursor.execute(_insertion(model, len(rows)), [value for row in rows for value in values(row)])
        if model._meta.auto_field:
            for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = key
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: models.Model) -> None:
    """Write all columns of a row that was read under a lock. `DoesNotExist` where it is gone."""
    model = type(row)
    with connection.cursor() as cursor:
        cursor.execute(_change(model), [*_values(model)(row), row.pk])
        if cursor.rowcount != 1:
            raise model.DoesNotExist  # type: ignore[attr-defined]


@cache
def _written(model: type[models.Model]) -> tuple[Any, ...]:
    """The fields a statement gives: all that have a column, but not a key the database makes."""
    return tuple(field for field in model._meta.concrete_fields if field is not model._meta.auto_field)


@lru_cache(maxsize=512)
def _insertion(model: type[models.Model], amount: int) -> str:
    quote, fields = connection.ops.quote_name, _written(model)
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * amount)
    key: Any = model._meta.auto_field
    back = f" RETURNING {quote(key.column)}" if key else ""
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {places}{back}"  # noqa: S608 (our own names)


@cache
def _change(model: type[models.Model]) -> str:
    quote = connection.ops.quote_name
    key: Any = model._meta.pk
    names = ", ".join(f"{quote(field.column)} = %s" for field in _written(model))
    return f"UPDATE {quote(model._meta.db_table)} SET {names} WHERE {quote(key.column)} = %s"  # noqa: S608 (our own names)


@cache
def _values(model: type[models.Model]) -> Values:
    """What prepares a row of this model."""
    plans = [(field.attname, _plain(field), _preparing(field)) for field in _written(model)]

    def prepared(row: models.Model) -> list[Any]:
        given = row.__dict__
        return [
            value if value is None or value.__class__ is plain else prepare(value)
            for name, plain, prepare in plans
            for value in (given[name],)
        ]

    return prepared


def _preparing(field: Any) -> Callable[[Any], Any]:
    """What the field itself does with a value; rows written together share their days and moments."""
    if (kind := field.get_internal_type()) in DAYS:
        return _of_days(kind)
    return lambda value: field.get_db_prep_save(value, connection)


@cache
def _of_days(kind: str) -> Callable[[Any], Any]:
    field = DAYS[kind]()
    return lru_cache(maxsize=64)(lambda value: field.get_db_prep_save(value, connection))


def _plain(field: Any) -> type | None:
    while field.remote_field:
        field = field.target_field
    return PLAIN.get(field.get_internal_type())
