"""The language of a page: the one chosen on the switch, else Kazakh. What a browser prefers is not asked."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

CODES = tuple(code for code, _ in settings.LANGUAGES)


def chosen(request: HttpRequest) -> str:
    """The language in the cookie if it is one of ours, else the default (the state language)."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in CODES else settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Activates the chosen language for the time of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = chosen(request)
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = self.get_response(request)
        if not _for_all(response):
            patch_vary_headers(response, ("Cookie",))
            response.headers.setdefault("Content-Language", translation.get_language() or code)
        return response


def _for_all(response: HttpResponse) -> bool:
    """Whether the view has called this the same for everybody: then no cache on the way need ask for the cookie."""
    return "public" in response.headers.get("Cache-Control", "").split(", ")


def for_templates(request: HttpRequest) -> dict[str, object]:
    """`language`, `languages` (code, own name) and `demo` for every template."""
    return {"language": translation.get_language(), "languages": settings.LANGUAGES, "demo": settings.DEMO}
