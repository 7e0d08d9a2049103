"""How much one network sends: appeals in a minute, and files with forms that are never sent.

Intake is never refused (APPC 64(1)): nobody waits longer than a minute, what was typed is kept, and only appeals that
were registered count. Many people may stand behind one address: the numbers are settings, 0 switches a brake off.
"""

import hashlib
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from qyzmet.look import tally

SECONDS = 60
HOME = 64
"""Bits of an IPv6 address that name a home or an office; the rest is free for anybody there to choose."""


def must_wait(request: HttpRequest) -> bool:
    """Whether this network has filed as many appeals in this minute as it may."""
    return bool(settings.FILINGS) and tally.so_far(_key(request)) >= settings.FILINGS


def count(request: HttpRequest) -> None:
    """One more appeal was registered; the first one begins the minute."""
    if settings.FILINGS:
        tally.count(_key(request), SECONDS)


def draft_files(request: HttpRequest) -> dict[str, Any]:
    """For `cases.actions.add_file`: whence a file comes, and how many bytes unsent forms from there may hold.

    The address is not kept: a hash with the server's own key stands for it, as long as the form does.
    """
    whence = salted_hmac("qyzmet.look.flood.draft_files", network(request)).hexdigest()[:32]
    return {"network": whence, "most": settings.DRAFT_FILES * 1024 * 1024}


def _key(request: HttpRequest) -> str:
    return "tally:filed:" + hashlib.sha256(network(request).encode()).hexdigest()[:32]


def network(request: HttpRequest) -> str:
    """Whence the request came: an IPv4 address, or the network of an IPv6 one; behind a proxy what the proxy says."""
    try:
        found = ip_address(str(get_adapter().get_client_ip(request)))
    except (PermissionDenied, ValueError):
        return ""
    if found.version == 6 and found.ipv4_mapped:  # so a server on "::" shows all of IPv4, which is no one network
        return str(found.ipv4_mapped)
    return str(ip_network(f"{found}/{HOME}", strict=False)) if found.version == 6 else str(found)
