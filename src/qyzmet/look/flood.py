"""How many appeals one network sends in a minute before the next ones must wait for that minute to end.

Intake is never refused (APPC 64(1)): nobody waits longer than a minute, what was typed is kept, and only appeals that
were registered count. Many people may stand behind one address: the number is a setting, 0 switches the brake off.
"""

import hashlib
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

SECONDS = 60
HOME = 64
"""Bits of an IPv6 address that name a home or an office; the rest is free for anybody there to choose."""


def must_wait(request: HttpRequest) -> bool:
    """Whether this network has filed as many appeals in this minute as it may."""
    return bool(settings.FILINGS) and int(cache.get(_key(request), 0)) >= settings.FILINGS


def count(request: HttpRequest) -> None:
    """One more appeal was registered; the first one begins the minute."""
    if not settings.FILINGS or cache.add(_key(request), 1, SECONDS):
        return
    try:
        cache.incr(_key(request))
    except ValueError:  # the minute ended between the two calls
        cache.add(_key(request), 1, SECONDS)


def _key(request: HttpRequest) -> str:
    return "filed:" + hashlib.sha256(network(request).encode()).hexdigest()[:32]


def network(request: HttpRequest) -> str:
    """Whence the request came: an IPv4 address, or the network of an IPv6 one; behind a proxy what the proxy says."""
    try:
        found = ip_address(str(get_adapter().get_client_ip(request)))
    except (PermissionDenied, ValueError):
        return ""
    return str(ip_network(f"{found}/{HOME}", strict=False)) if found.version == 6 else str(found)
