"""A request that may be repeated: however often it comes, and however many at once, it makes one case."""

import hmac
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from qyzmet.cases.actions.register import Filed, register
from qyzmet.cases.follow_codes import hash_code, new_code
from qyzmet.cases.models import Idempotency
from qyzmet.text.refusal import Refused


def register_once(*, key: str, request_hash: str, at: datetime, **appeal: Any) -> Filed:
    """Register an appeal under a key of the sender's choice; repeated, return the same case and the same code.

    `key`: at most 200 characters. `request_hash`: hex SHA-256 of the request. `appeal`: what `register` takes.
    `Refused("idempotency_key_reused")` for a key that made a case of another request, `Refused("code_replaced")` when
    the case's code was replaced since; and all that `register` refuses.
    """
    secret = _secret(key, request_hash)
    try:
        with transaction.atomic():
            return _made(key, request_hash, secret) or _make(key, request_hash, secret, at, appeal)
    except IntegrityError:
        # another request with this key was quicker: all of ours is rolled back, and its case is the one
        if found := _made(key, request_hash, secret):
            return found
        raise


def _secret(key: str, request_hash: str) -> str:
    """What the follow-up code is derived from: whoever guesses a key and a request still lacks the server's own key."""
    told = f"idempotency:{key}:{request_hash}"
    return hmac.digest(settings.SECRET_KEY.encode(), told.encode(), "sha256").hex()


def _made(key: str, request_hash: str, secret: str) -> Filed | None:
    kept = Idempotency.objects.select_related("case__body").filter(key=key).first()
    if kept is None:
        return None
    if kept.request_hash != request_hash:
        raise Refused("idempotency_key_reused", kind="input")
    code = new_code(secret)
    if kept.case.code_hash != hash_code(code):
        raise Refused("code_replaced", number=kept.case.number)
    return Filed(kept.case, code)


def _make(key: str, request_hash: str, secret: str, at: datetime, appeal: dict[str, Any]) -> Filed:
    filed = register(at=at, secret=secret, **appeal)
    Idempotency.objects.create(key=key, request_hash=request_hash, case=filed.case, at=at)
    return filed
