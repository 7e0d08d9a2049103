"""Pages by key: however long a list, a page costs the same, and nobody counts past a thousand."""

import base64
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from qyzmet.text.refusal import Refused

COUNT_LIMIT = 1000
LAST_DAY = date(9999, 12, 31)
T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows of one page and the key of the next (None on the last)."""

    rows: list[T]
    after: str | None


def page(rows: QuerySet[T], fields: tuple[str, ...], *, after: str | None, limit: int) -> Page[T]:
    """The rows after key `after` in ascending order of `fields`, or descending for a field that begins with '-'.

    The last field must be unique. `Refused(kind="input")` for a key that is none.
    """
    if after:
        rows = rows.filter(_beyond(fields, _read(after, len(fields))))
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


def _read(after: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except ValueError:
        raise Refused("bad_page_key", kind="input") from None
    if not isinstance(values, list) or len(values) != length or not all(isinstance(v, str | int) for v in values):
        raise Refused("bad_page_key", kind="input")
    return values


def count(rows: QuerySet[Any]) -> int:
    """How many rows, but never past a thousand and one: shown as "more than 1,000"."""
    return rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()
