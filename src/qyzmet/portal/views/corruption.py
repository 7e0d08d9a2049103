"""A report of corruption is led to the body the law names; who wrote it may still say that it is none."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from qyzmet.portal import drafting, way
from qyzmet.portal.views.question import url


@require_http_methods(["GET", "POST"])
def corruption(request: HttpRequest) -> HttpResponse:
    """Say where such a report belongs and why not here; go on, or delete what was typed."""
    kept = drafting.kept(request)
    is_open = kept is not None and not kept.is_sent
    if kept and is_open and request.method == "POST":
        if "erase" in request.POST:
            drafting.erase(kept)
            gone = HttpResponseRedirect(reverse("portal:erased"))
            drafting.forget(gone)
            return gone
        kept.keep(not_corruption=True)
        return HttpResponseRedirect(url(way.after("", kept.data, checking=True)))
    response = render(request, "portal/corruption.html", {"has_draft": is_open, "back": url("what")})
    patch_cache_control(response, private=True, no_cache=True)
    return response


def erased(request: HttpRequest) -> HttpResponse:
    """What was typed is gone."""
    return render(request, "portal/erased.html")
