"""Which error becomes which answer."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from qyzmet.api import problems
from qyzmet.api.problems import Stop, stopped
from qyzmet.text.refusal import Missing, Refused

KINDS = {"missing": "field_missing", "extra_forbidden": "field_unknown"}
"""Kinds of wrong fields that have words of their own."""


def install(api: NinjaAPI) -> None:
    """Let the interface answer every error in one shape."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)


def _unfit(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    detail = [(_where(error["loc"]), error["type"], KINDS.get(error["type"], "field_wrong")) for error in exc.errors]
    return stopped(request, Stop("request_not_taken", 422, detail=detail))


def _where(loc: tuple[Any, ...]) -> str:
    """`("body", "given", "author", "iin")` -> `author.iin`: as the sender wrote it."""
    parts = loc[2:] if loc[0] == "body" else loc[1:]
    return ".".join(str(part) for part in parts) or str(loc[0])


def _http(request: HttpRequest, exc: HttpError) -> HttpResponse:
    if isinstance(exc.__cause__, Stop):  # ninja wraps what its parser raises
        return stopped(request, exc.__cause__)
    return stopped(request, Stop("bad_json", exc.status_code))


def _no_token(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
    return stopped(request, Stop("token_missing", 401, headers={"WWW-Authenticate": "Bearer"}))


def _too_large(request: HttpRequest, exc: RequestDataTooBig) -> HttpResponse:
    limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // (1024 * 1024)
    return stopped(request, Stop("request_too_large", 413, limit=limit))


def _unreadable(request: HttpRequest, exc: Exception) -> HttpResponse:
    return stopped(request, Stop("bad_json", 400))


HANDLERS: dict[type[Exception], Any] = {
    Exception: problems.broken,
    Stop: stopped,
    Refused: problems.refused,
    Missing: problems.missing,
    Http404: problems.missing,
    ValidationError: _unfit,
    HttpError: _http,
    AuthenticationError: _no_token,
    RequestDataTooBig: _too_large,
    SuspiciousOperation: _unreadable,
    BadRequest: _unreadable,
    UnreadablePostError: _unreadable,
}
