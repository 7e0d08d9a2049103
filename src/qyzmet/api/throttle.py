"""Wrong follow-up codes are counted; too many, and nobody from there gets an answer for a while.

A code has 100 bits: this keeps logs and load small rather than codes safe. Right codes are never counted, and nobody
is locked out of an own case by what others try from elsewhere.
"""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from qyzmet.api.problems import Stop

MINUTES = 15
MOST_A_NUMBER = 10
"""Wrong codes for one number from one address in `MINUTES`."""
MOST_AN_ADDRESS = 60
"""Wrong codes for any number from one address."""


def hold(request: HttpRequest, number: str) -> None:
    """`Stop` 429 when there were too many wrong codes."""
    counts = cache.get_many(_limits(request, number))
    for key, most in _limits(request, number).items():
        if counts.get(key, 0) >= most:
            headers = {"Retry-After": str(MINUTES * 60)}
            raise Stop("too_many_attempts", 429, headers=headers, minutes=MINUTES)


def count(request: HttpRequest, number: str) -> None:
    """One more wrong code."""
    for key in _limits(request, number):
        cache.set(key, cache.get(key, 0) + 1, MINUTES * 60)


def _limits(request: HttpRequest, number: str) -> dict[str, int]:
    address = _address(request)
    return {_key(address, number): MOST_A_NUMBER, _key(address): MOST_AN_ADDRESS}


def _key(*parts: str) -> str:
    return "api:codes:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _address(request: HttpRequest) -> str:
    """Whence the request came; behind a proxy, what the proxy says (setting QYZMET_PROXY)."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""
