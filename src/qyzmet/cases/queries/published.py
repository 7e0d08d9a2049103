"""What bodies published, for anybody; and what an official reads before publishing."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from qyzmet.bodies.models import Body
from qyzmet.cases import publication
from qyzmet.cases.models import Case, Publication
from qyzmet.cases.queries.page import Page, page
from qyzmet.cases.seen import Reader, find
from qyzmet.text.refusal import Missing

SIZE = 20


def _public() -> QuerySet[Publication]:
    """What stands on public pages. Whatever a row says, nothing of a case about somebody's conduct is among it."""
    return Publication.objects.filter(Q(case=None) | Q(case__is_accusation=False), withdrawn_at=None)


def published(body: Body, *, after: str | None = None, size: int = SIZE) -> Page[Publication]:
    """What the body published, the newest first."""
    return page(_public().filter(body=body), ("-id",), after=after, limit=size)


def one_published(body: Body, publication_id: int) -> Publication:
    """One of them; `Missing` for what is withdrawn, of another body, or not there, alike."""
    found = _public().filter(body=body, pk=publication_id).first()
    if found is None:
        raise Missing
    return found


def statements(who: Reader, *, after: str | None = None) -> Page[Publication]:
    """Statements of the bodies for which this reader speaks, the newest first."""
    rows = Publication.objects.filter(case=None, withdrawn_at=None, body__in=who.bodies("head"))
    return page(rows.select_related("body"), ("-id",), after=after, limit=SIZE)


def statement(who: Reader, publication_id: int) -> Publication:
    """One of them; `Missing` for any other."""
    rows = Publication.objects.filter(case=None, withdrawn_at=None, body__in=who.bodies("head"))
    found = rows.select_related("body").filter(pk=publication_id).first()
    if found is None:
        raise Missing
    return found


def masked_texts(who: Reader, case: Case, hide: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Question and answer as they would be published, for whoever may see the case."""
    return publication.masked_texts(find(who, case.number), hide)
