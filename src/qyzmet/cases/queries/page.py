"""Pages by key: however long a list, a page costs the same, and nobody counts past a thousand."""

import base64
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

from qyzmet.text.clean import control_characters
from qyzmet.text.refusal import Refused

COUNT_LIMIT = 1000
LAST_DAY = date(9999, 12, 31)
T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows of one page and the key of the next (None on the last)."""

    rows: list[T]
    after: str | None


def page(
    rows: QuerySet[T], fields: tuple[str, ...], *, after: str | None, limit: int, shown: QuerySet[T] | None = None
) -> Page[T]:
    """The rows after key `after` in ascending order of `fields`, or descending for a field that begins with '-'.

    The last field must be unique. `Refused(kind="input")` for a key that is none.
    `shown`: where no index has the order, rows are chosen in one that has the fields, and only those are read whole.
    """
    if after:
        rows = rows.filter(_beyond(fields, _read(after, rows.model, fields)))
    if shown is not None:
        rows = shown.filter(pk__in=rows.order_by(*fields).values("pk")[: limit + 1])
    found = list(rows.order_by(*fields)[: limit + 1])
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Page(found[:limit], _key(last, fields) if last else None)


def _beyond(fields: tuple[str, ...], values: list[Any]) -> Q:
    """(a, b) > (x, y) as the index can use it: a >= x and (a > x or b > y)."""
    name, value = fields[0], values[0]
    field, op = (name[1:], "lt") if name.startswith("-") else (name, "gt")
    if len(fields) == 1:
        return Q(**{f"{field}__{op}": value})
    return Q(**{f"{field}__{op}e": value}) & (Q(**{f"{field}__{op}": value}) | _beyond(fields[1:], values[1:]))


def _key(row: Model, fields: tuple[str, ...]) -> str:
    values = [getattr(row, field.lstrip("-")) for field in fields]
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=True).encode()).decode().rstrip("=")


def _read(after: str, model: type[Model], fields: tuple[str, ...]) -> list[Any]:
    """The values of a key, each as its column wants it: a key comes from outside and may hold anything."""
    try:
        values = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if not isinstance(values, list) or len(values) != len(fields):
            raise ValueError(after)
        return [_fit(model, name.lstrip("-"), value) for name, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        raise Refused("bad_page_key", kind="input") from None


def _fit(model: type[Model], name: str, value: Any) -> Any:
    if not isinstance(value, str | int) or (isinstance(value, str) and control_characters(value)):
        raise ValueError(value)
    return cast("Field[Any, Any]", model._meta.get_field(name)).to_python(value)


def count(rows: QuerySet[Any]) -> int:
    """How many rows, but never past a thousand and one: shown as "more than 1,000"."""
    return rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()
