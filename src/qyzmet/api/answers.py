"""What every answer of the interface has in common."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from qyzmet.api.language import wanted
from qyzmet.api.problems import Stop, missing, stopped

View = Callable[..., HttpResponse]


def plain(view: View) -> View:
    """Nothing is kept by a cache on the way, the language is named, and a wrong method is a problem like others."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = missing(request)
        if isinstance(response, HttpResponseNotAllowed):
            headers = {"Allow": response.headers["Allow"]}
            response = stopped(request, Stop("method_not_allowed", 405, headers=headers))
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Content-Language"] = wanted(request)
        patch_vary_headers(response, ("Accept-Language", "Authorization", "X-Follow-Code"))
        return response

    return answer
