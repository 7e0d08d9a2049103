"""Cases opened with number and code in this browser: the session holds the codes, for two hours without use."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from qyzmet.cases import queries
from qyzmet.text.refusal import Missing

KEY = "portal_opened"
ACCUSED = "portal_accused"
NEWSROOM = "portal_newsroom"
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
    """The code with which this browser opened the case, or the newsroom's, or ''. A look begins the two hours anew."""
    one = (request.session.get(KEY) or {}).get(number)
    if not one or _age(one) > IDLE:
        return newsroom_code(request)
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
    """Close every case, the page of the accused and the newsroom's place."""
    for key in (KEY, ACCUSED, NEWSROOM):
        request.session.pop(key, None)


def remember_accused(request: HttpRequest, code: str) -> None:
    """Keep the code of somebody who was asked to explain."""
    _keep_one(request, ACCUSED, code)


def _keep_one(request: HttpRequest, key: str, code: str) -> None:
    request.session.cycle_key()
    request.session[key] = {"code": code, "at": timezone.now().isoformat()}


def accused_code(request: HttpRequest) -> str:
    """The code of the accused's page in this browser, or ''."""
    return _one(request, ACCUSED)


def _one(request: HttpRequest, key: str) -> str:
    one = request.session.get(key)
    if not one or _age(one) > IDLE:
        return ""
    if _age(one) > FRESH:
        request.session[key] = {"code": one["code"], "at": timezone.now().isoformat()}
    return str(one["code"])


def remember_newsroom(request: HttpRequest, code: str) -> None:
    """Keep the code of a newsroom whose place was opened; it opens the newsroom's cases too."""
    _keep_one(request, NEWSROOM, code)


def newsroom_code(request: HttpRequest) -> str:
    """The newsroom's code in this browser, or ''."""
    return _one(request, NEWSROOM)


def newsroom_of(request: HttpRequest) -> Any:
    """The newsroom whose place is open, or None when its code is to be entered (again)."""
    code = newsroom_code(request)
    try:
        return queries.newsroom_by_code(code) if code else None
    except Missing:
        request.session.pop(NEWSROOM, None)
        return None
