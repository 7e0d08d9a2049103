"""What the tests of the programming interface share: a program that asks, at a fixed moment."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from qyzmet.bodies import actions as bodies
from tests.cases.desk import Desk
from tests.cast import NOW, Cast

AUTHOR = {
    "name": "Серікбаева Мадина Асқарқызы",
    "address": "Сарыарқа көшесі, 5-үй",
    "residence": "Сарыарқа көшесі, 5-үй",
    "email": "madina@mail.example",
    "phone": "+7 700 000 00 00",
}
APPEAL = {
    "kind": "application",
    "body": "water",
    "text": "Ауламыздағы құбыр жарылды. Қашан жөндейсіздер?",
    "language": "kk",
    "author": AUTHOR,
}


class Clock:
    """The moment at which requests arrive; a second passes with each look."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def wait(self, **span: int) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


class Program:
    """A program that talks to the interface, with a token or without."""

    def __init__(self, token: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(f"/api/v1{path}", query or {}, headers={**self.headers, **_names(headers)})

    def post(self, path: str, given: Any = None, **headers: str) -> Any:
        """`given` as JSON; nothing at all without it."""
        return self.raw(path, b"" if given is None else json.dumps(given).encode(), **headers)

    def raw(self, path: str, body: bytes, media_type: str = "application/json", **headers: str) -> Any:
        """Exactly these bytes."""
        return self.client.generic(
            "POST", f"/api/v1{path}", body, media_type, headers={**self.headers, **_names(headers)}
        )

    def step(self, number: str, step: str, given: Any = None, *, status: int = 200) -> Any:
        """Take a step at the desk."""
        response = self.post(f"/desk/cases/{number}/steps/{step}", given)
        assert response.status_code == status, response.content.decode()
        return response.json()


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time stands where the cast is at work."""
    made = Clock()
    monkeypatch.setattr("django.utils.timezone.now", made)
    return made


@pytest.fixture
def desk(cast: Cast, settings: Any) -> Desk:
    """The cast at work by the actions, as a quicker way to a state."""
    settings.DEMO = True
    return Desk(cast)


@pytest.fixture
def anybody(cast: Cast) -> Program:
    """A program without a token."""
    return Program()


@pytest.fixture
def program(cast: Cast) -> Callable[..., Program]:
    """Makes a program that acts as the person of the cast."""

    def make(name: str, scopes: Iterable[str] = ("read", "act")) -> Program:
        person = cast.people[name]
        return Program(bodies.issue_token(person=person, name="test", scopes=scopes, at=NOW).text)

    return make
