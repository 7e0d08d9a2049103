"""Pages that say something: the first page, bodies, and what a reader should know."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qyzmet.bodies import queries as bodies
from qyzmet.cases import queries
from qyzmet.portal import drafting
from qyzmet.portal.forms import matter
from qyzmet.portal.forms.fields import lang

LIMIT = 100


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The first page: file, follow, look up a body."""
    kept = drafting.kept(request)
    return render(
        request,
        "portal/start.html",
        {"unfinished": bool(kept and not kept.is_sent), "sent": bool(kept and kept.is_sent)},
    )


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """Bodies by name or duty; without a search, all of them in the order of the alphabet."""
    asked = request.GET.get("q", "").strip()[:200]
    found = bodies.find_bodies(asked, lang(), LIMIT) if asked else bodies.every_body()
    return render(request, "portal/bodies.html", {"asked": asked, "found": found})


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody may know of a body."""
    found = bodies.body_by_code(code)
    published = queries.published(found, after=request.GET.get("after"))
    context = {
        "body": found,
        "superior": bodies.superior_of(found),
        "kinds": list(matter.kinds().values()),
        "published": [(one, one.texts[0]) for one in published.rows],
        "next": f"?{urlencode({'after': published.after})}" if published.after else None,
        "first": "?" if request.GET.get("after") else None,
    }
    return render(request, "portal/body_page.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is done with data."""
    return render(request, "portal/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages can be used, and what to do where they cannot."""
    return render(request, "portal/accessibility.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Qyzmet is."""
    return render(request, "portal/house.html")
