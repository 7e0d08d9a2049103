"""How the interface says no: one shape for every refusal, in the language asked for."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

from qyzmet.api.language import wanted
from qyzmet.look import words
from qyzmet.text.refusal import Refused

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


class Detail(BaseModel):
    """One thing that keeps a request from being taken."""

    where: str = Field(description="The field, as a path with dots, or the place in a draft.")
    code: str
    message: str


class Problem(BaseModel):
    """Why something was not done."""

    code: str = Field(description="Stable; the message may change.")
    message: str = Field(description="Words for a person, in the language of Accept-Language.")
    detail: list[Detail]


class Stop(Exception):
    """The request ends here with a problem. Only for what no action can know: form, tokens, rates."""

    def __init__(
        self,
        code: str,
        status: int,
        *,
        detail: Iterable[tuple[str, str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> None:
        """`detail`: (where, code, code of the words)."""
        super().__init__(code)
        self.code, self.status, self.values = code, status, values
        self.detail, self.headers = tuple(detail), dict(headers or {})


def stopped(request: HttpRequest, exc: Stop) -> HttpResponse:
    """The answer to a `Stop`."""
    lang = wanted(request)
    detail = [Detail(where=where, code=code, message=words.say(said, lang)) for where, code, said in exc.detail]
    message = words.say(exc.code, lang, **exc.values)
    return _answer(Problem(code=exc.code, message=message, detail=detail), exc.status, exc.headers)


def refused(request: HttpRequest, exc: Refused) -> HttpResponse:
    """409 where state or rights forbid; 422 for what was sent, and for the gate with each thing it misses."""
    lang = wanted(request)
    lacks = exc.values.get("lacks", []) if exc.kind == "gate" else []
    detail = [
        Detail(where=lack.where, code=lack.code, message=words.say(lack.code, lang, value=lack.value, count=lack.count))
        for lack in lacks
    ]
    problem = Problem(code=exc.code, message=words.refusal(exc, lang), detail=detail)
    return _answer(problem, 409 if exc.kind == "state" else 422)


def missing(request: HttpRequest, exc: object = None) -> HttpResponse:
    """The one answer for what is not there and for what the asker may not see."""
    return stopped(request, Stop("missing", 404))


def broken(request: HttpRequest, exc: Exception) -> HttpResponse:
    """An error of ours: logged in full, told in one sentence."""
    log.error("%s %s", request.method, request.path, exc_info=exc)
    return stopped(request, Stop("broken", 500))


def _answer(problem: Problem, status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(problem.model_dump_json(), status=status, content_type=MEDIA_TYPE, headers=headers)
