"""What comes in, read with suspicion: JSON in UTF-8, no control characters, no depth without end."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from qyzmet.api.problems import Stop
from qyzmet.text.clean import control_characters

MOST_DEPTH = 8


class JsonParser(Parser):
    """Reads bodies and addresses; raises `Stop` for what cannot be read."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as Python values."""
        if (request.content_type or "").lower() != "application/json":
            raise Stop("json_wanted", 415)
        try:
            read = json.loads(request.body.decode(), parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise Stop("bad_json", 400) from None
        check(read)
        return read

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The query as a dict; the last value counts where one is given twice."""
        read = dict(data.items())
        check(read)
        return read


def only(request: HttpRequest, *names: str) -> None:
    """`Stop` for a question that narrows by what is not known: left unread, it would give a longer list than meant."""
    unknown = [name for name in request.GET if name not in names]
    if unknown:
        raise Stop("request_not_taken", 422, detail=[(name, "extra_forbidden", "field_unknown") for name in unknown])


def _no_constant(name: str) -> float:
    raise ValueError(name)  # NaN and Infinity are no JSON


def check(read: object) -> None:
    """`Stop` for a control character in any name or value, and for values nested too deeply."""
    for where, text in _texts(read, "", 0):
        if bad := control_characters(text):
            detail = [(where, "control_characters", "field_wrong")]
            raise Stop("control_characters", 422, detail=detail, found=" ".join(bad))


def _texts(value: object, where: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > MOST_DEPTH:
        raise Stop("bad_json", 400)
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield where, name
            yield from _texts(item, f"{where}.{name}".lstrip("."), depth + 1)
    elif isinstance(value, list):
        for n, item in enumerate(value):
            yield from _texts(item, f"{where}.{n}", depth + 1)
