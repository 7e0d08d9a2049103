"""What bodies published: one text as a page, and all of a body as a feed."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qyzmet.bodies import queries as bodies
from qyzmet.cases import queries
from qyzmet.portal.forms.fields import lang


@require_safe
def one(request: HttpRequest, code: str, publication_id: int) -> HttpResponse:
    """One published text with everything that was published of it."""
    body = bodies.body_by_code(code)
    found = queries.one_published(body, publication_id)
    return render(request, "portal/published.html", {"body": body, "one": found, "title": found.texts[0]})


NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without texts changed last: a feed must name a moment (RFC 4287, 4.1.1)."""


class _Feed(Atom1Feed):
    """An Atom feed whose texts say in which language each of them is."""

    def latest_post_date(self) -> datetime:
        """When its newest text was published; a feed without any says the same whenever it is asked for."""
        return max((item["pubdate"] for item in self.items), default=NOTHING_YET)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        handler.addQuickElement("title", item["title"], {"type": "text", "xml:lang": item["title_lang"]})
        handler.addQuickElement("link", "", {"href": item["link"], "rel": "alternate"})
        for name in ("published", "updated"):
            handler.addQuickElement(name, rfc3339_date(item["pubdate"]))
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("content", item["description"], {"type": "text", "xml:lang": item["text_lang"]})


@require_safe
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The newest texts of a body as Atom; a statement in several languages is an entry in each."""
    body = bodies.body_by_code(code)
    page = settings.ADDRESS + reverse("portal:body", args=[code])
    made = _Feed(
        title=_("%(body)s: published") % {"body": body.name(lang())},
        link=page,
        description="",
        language=lang(),
        feed_url=settings.ADDRESS + reverse("portal:published_feed", args=[code]),
        author_name=body.name(lang()),
        feed_guid=page,
    )
    for found in queries.published(body).rows:
        for entry in _entries(code, found):
            made.add_item(**entry)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _entries(code: str, found: Any) -> list[dict[str, Any]]:
    link = settings.ADDRESS + reverse("portal:published", args=[code, found.pk])
    question = found.texts[0]
    shown = [one for one in found.texts if one["part"] != "question"]
    return [
        {
            "title": one["title"] or question["title"],
            "title_lang": one["lang"] if one["title"] else question["lang"],
            "text_lang": one["lang"],
            "link": link,
            "description": one["text"],
            "unique_id": f"{link}#{one['part']}-{one['lang']}",
            "pubdate": found.published_at,
        }
        for one in shown
    ]
