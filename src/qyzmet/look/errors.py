"""Turns what an action or a look-up raised into a page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from qyzmet.look import views, words
from qyzmet.text.languages import known
from qyzmet.text.refusal import Missing, Refused


class ErrorMiddleware:
    """`Missing` becomes the one 404 page; a `Refused` that no view has caught says in words why it cannot be done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Missing):
            return views.missing(request, Http404())
        if isinstance(exception, Refused):
            status = 422 if exception.kind == "input" else 409
            said = words.refusal(exception, known(translation.get_language() or ""))
            return render(request, "look/refused.html", {"said": said}, status=status)
        return None
