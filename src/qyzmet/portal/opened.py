"""Cases opened with number and code in this browser: the session holds the codes, for two hours without use."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from qyzmet.cases import queries
from qyzmet.text.refusal import Missing

KEY = "portal_opened"
ACCUSED = "portal_accused"
IDLE = timedelta(hours=2)
FRESH = timedelta(minutes=5)
"""So long a look does not need to be written down again."""


def remember(request: HttpRequest, number: str, code: str) -> None:
    """Keep the code of a case that was opened; the session gets a new key, so that no one holds an older one."""
    request.session.cycle_key()
    _keep(request, number, code)


def _keep(request: HttpRequest, number: str, code: str) -> None:
    cases = dict(request.session.get(KEY) or {})
    cases[number] = {"code": code, "at": timezone.now().isoformat()}
    request.session[KEY] = cases


def code_of(request: HttpRequest, number: str) -> str:
    """The code with which this browser opened the case, or ''. Every look begins the two hours anew."""
    one = (request.session.get(KEY) or {}).get(number)
    if not one or _age(one) > IDLE:
        return ""
    if _age(one) > FRESH:
        _keep(request, number, one["code"])
    return str(one["code"])


def _age(one: dict[str, Any]) -> timedelta:
    return timezone.now() - datetime.fromisoformat(one["at"])


def case_of(request: HttpRequest, number: str) -> Any:
    """The open case of that number, or None when the code is to be entered (again)."""
    code = code_of(request, number)
    try:
        return queries.case_by_code(number, code) if code else None
    except Missing:
        forget(request, number)
        return None


def relate(request: HttpRequest, number: str, other: str) -> None:
    """Open `other`, which has the same code as the open case `number`."""
    code = code_of(request, number)
    try:
        queries.case_by_code(other, code)
    except Missing:
        return
    _keep(request, other, code)


def forget(request: HttpRequest, number: str) -> None:
    """Close one case."""
    cases = dict(request.session.get(KEY) or {})
    cases.pop(number, None)
    request.session[KEY] = cases


def forget_all(request: HttpRequest) -> None:
    """Close every case and the page of the accused."""
    for key in (KEY, ACCUSED):
        request.session.pop(key, None)


def remember_accused(request: HttpRequest, code: str) -> None:
    """Keep the code of somebody who was asked to explain."""
    request.session.cycle_key()
    request.session[ACCUSED] = {"code": code, "at": timezone.now().isoformat()}


def accused_code(request: HttpRequest) -> str:
    """The code of the accused's page in this browser, or ''."""
    one = request.session.get(ACCUSED)
    if not one or _age(one) > IDLE:
        return ""
    if _age(one) > FRESH:
        request.session[ACCUSED] = {"code": one["code"], "at": timezone.now().isoformat()}
    return str(one["code"])
