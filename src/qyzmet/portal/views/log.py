"""The public log under /log/ (c2sp.org/tlog-tiles): files anybody may copy, and a page that says what they are."""

from csp.decorators import csp_exempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from qyzmet.journal import log, store
from qyzmet.look.checker import PAGE
from qyzmet.text.refusal import Missing

YEAR_SECONDS = 31_536_000
FOR_EVER = f"public, max-age={YEAR_SECONDS}, immutable"
FOR_A_MOMENT = "public, max-age=2"
"""A head is replaced within a second; the format asks that it is not kept longer."""


@require_safe
def file(request: HttpRequest, path: str) -> HttpResponse:
    """One file of the log; 304 for who has it already. It is small, so no part of it is given alone."""
    try:
        data = store.folder().read(path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Missing from None
    is_text = path in store.NAMES
    kind = "text/plain; charset=utf-8" if is_text else "application/octet-stream"
    response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = FOR_A_MOMENT if is_text else FOR_EVER
    response["Access-Control-Allow-Origin"] = "*"
    return _unless_known(request, response)


@csp_exempt()
@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """The page that checks receipts, to be saved. It brings its own policy for content, narrower than ours."""
    response = HttpResponse(PAGE.read_bytes(), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return _unless_known(request, response)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with a tag of its content; 304 in its place for whoever has it already."""
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the log is, how large it is, its key, and who has seen it."""
    found = log.state(store.folder())
    keys = [(key, key.id.hex()) for key in found.keys]
    return render(request, "portal/log.html", {"log": found, "keys": keys})
