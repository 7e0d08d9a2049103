"""Orders that move days and statements of bodies against their rows in the journal."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from qyzmet.cases.models import CalendarOrder, Publication
from qyzmet.cases.of_the_city import order_content, statement_content, withdrawal_content
from qyzmet.journal.audit import Finding
from qyzmet.journal.models import Entry


def known_rows() -> Q:
    """The rows of the journal that belong to an order or a statement."""
    here = OuterRef("pk")
    orders, said = CalendarOrder.objects.filter(entry=here), Publication.objects.filter(entry=here)
    return Q(Exists(orders)) | Q(Exists(said)) | Q(Exists(Publication.objects.filter(gone_entry=here)))


def orders() -> Iterator[Finding]:
    """What an order says and its row does not."""
    known = CalendarOrder.objects.filter(entry__isnull=False).select_related("entry__opening", "cancels").order_by("n")
    for row in known:
        yield from _differences(f"{row.number} ({row.n})", row.entry, order_content(row))


def statements() -> Iterator[Finding]:
    """What a statement, or its withdrawal, says and its row does not."""
    known = Publication.objects.filter(case=None, entry__isnull=False).order_by("pk")
    for one in known.select_related("entry__opening", "gone_entry__opening", "body").iterator(500):
        name = f"{one.body.code} {one.published_at:%Y-%m-%d}"
        if one.gone_entry:
            yield from _differences(name, one.gone_entry, withdrawal_content(one.body, one.reason))
        else:
            yield from _differences(name, one.entry, statement_content(one.body, one.texts))


def _differences(name: str, entry: Entry | None, said: Mapping[str, Any]) -> Iterator[Finding]:
    opening = getattr(entry, "opening", None)
    content: Any = json.loads(opening.content) if opening and opening.content else None
    if not isinstance(content, dict):
        return
    for field, table in said.items():
        if table != (log := content.get(field)):
            values = {"name": name, "field": field, "table": str(table), "log": str(log)}
            yield Finding("of_the_city_differs", opening.index if opening else None, values=values)
