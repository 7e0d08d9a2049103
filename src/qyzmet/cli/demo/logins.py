"""The six people of the demo who can log in, and the file that tells how."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import get_hasher

from qyzmet.bodies import actions, queries

FILE = "demo-logins.json"


def open_doors(logins: Iterable[dict[str, Any]], *, at: datetime) -> None:
    """Passwords for the six, a second factor for those who sign."""
    for login in logins:
        person = queries.person_by_login(login["login"])
        assert person is not None, login
        with _light_hash():
            actions.set_password(person=person, password=password(login), at=at)
        if login.get("totp"):
            TOTP.activate(person, totp_secret(login))


@contextmanager
def _light_hash() -> Iterator[None]:
    """What everybody knows needs no slow hash; the first login makes it a slow one."""
    hasher: Any = get_hasher()
    rounds = getattr(hasher, "iterations", None)
    if rounds is not None:
        hasher.iterations = 1000
    try:
        yield
    finally:
        if rounds is not None:
            hasher.iterations = rounds


def password(login: dict[str, Any]) -> str:
    """Known to everybody, as the whole demo is."""
    return f"qala-{login['login']}-2026"


def totp_secret(login: dict[str, Any]) -> str:
    """Twenty bytes in base32 that are the same in every demo."""
    return base64.b32encode(hashlib.sha1(login["login"].encode(), usedforsecurity=False).digest()).decode()


def write(logins: Iterable[dict[str, Any]], *, folder: Path, on: date) -> Path:
    """`demo-logins.json` in the data folder: login, password, TOTP secret or null, role, person and post in words."""
    rows = [_row(login, on) for login in logins]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _row(login: dict[str, Any], on: date) -> dict[str, Any]:
    person = queries.person_by_login(login["login"])
    assert person is not None, login
    return {
        "login": login["login"],
        "password": password(login),
        "totp_secret": totp_secret(login) if login.get("totp") else None,
        "role": login["role"]["en"],
        "words": login["role"],
        "name": person.full_name(),
        "body": queries.body_by_code(login["body"]).names,
        "post": queries.post_by_code(login["post"]).names,
    }
