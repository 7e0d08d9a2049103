"""Pages that belong to no room: the language switch and the pages for what went wrong."""

from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qyzmet.look.language import CODES


@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language (`til`) in a cookie and go back to `next`, if that is an address of ours."""
    asked = request.POST if request.method == "POST" else request.GET
    back = asked.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    if asked.get("til") in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            asked["til"],
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
        )
    return response


def page(request: HttpRequest, status: int, title: str, *words: str) -> HttpResponse:
    """A page that says what went wrong and what to do, in the language of the reader."""
    return render(request, "look/error.html", {"title": title, "words": words}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if isinstance(exception, MultiPartParserError | TooManyFilesSent):
        return page(
            request,
            400,
            _("The files cannot be read"),
            _("The name of a file is too long, there are too many files at once, or they arrived damaged."),
            _("Go back with the button of your browser. Give the file a shorter name, or choose fewer files at once."),
            _("What you wrote on earlier pages is kept. You may also go on without the file and bring it later."),
        )
    return page(request, 400, _("The request cannot be read"), _("Go back and try again."))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(request, 403, _("You may not do this"), _("Your roles do not allow it."))


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request,
        403,
        _("This page was open for too long"),
        _("Go back, reload the page and send the form again. Cookies must be allowed."),
    )


def missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(
        request,
        404,
        _("Page not found"),
        _("Check the address. If it was copied, make sure that all of it was copied."),
    )


def too_many(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(request, 429, _("Too many attempts"), _("Wait a few minutes and try again."))


def broken(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        500,
        _("Something went wrong on our side"),
        _("Try again later. What was already confirmed with a number is kept."),
    )
