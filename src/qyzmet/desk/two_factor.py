"""Whoever signs or approves has a second factor before the desk opens."""

from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from qyzmet.bodies import queries
from qyzmet.text.dates import local

ROLES = frozenset({"head", "approver"})
OPEN = ("/desk/login/",)


class TwoFactorMiddleware:
    """Leads a head or an approver without a second factor from any desk page to its activation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/desk/") and not request.path.startswith(OPEN) and _lacks(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def _lacks(request: HttpRequest) -> bool:
    person = request.user
    if not person.is_authenticated or get_adapter().is_mfa_enabled(person):
        return False
    today = local(timezone.now()).date()
    return any(role in ROLES for _, role in queries.roles_at(person, today))
