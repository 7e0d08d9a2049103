"""The logins of the demo city, for its login page. Nothing of this exists outside a demo."""

import json
from datetime import datetime
from typing import Any

from allauth.mfa.totp.internal import auth
from django.conf import settings


def logins(at: datetime) -> list[dict[str, Any]]:
    """Login, role and body in words, password and the code of this moment; empty unless this is a demo."""
    path = settings.DATA / "demo-logins.json"
    if not settings.DEMO or not path.exists():
        return []
    return [_shown(one, at) for one in json.loads(path.read_text(encoding="utf-8"))]


def _shown(one: dict[str, Any], at: datetime) -> dict[str, Any]:
    secret = one.get("totp_secret")
    counter = int(at.timestamp()) // 30
    code = auth.format_hotp_value(auth.hotp_value(secret, counter)) if secret else ""
    role = one.get("words") or one["role"]
    return {"login": one["login"], "role": role, "body": one.get("body"), "password": one["password"], "code": code}
