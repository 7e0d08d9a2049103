"""Whoever signs or approves meets the activation of a second factor before any page of the desk."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from qyzmet.desk.two_factor import TwoFactorMiddleware
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the desk")


def visit(rf: RequestFactory, person: Any, path: str = "/desk/cases/") -> HttpResponse:
    request = rf.get(path)
    request.user = person
    return TwoFactorMiddleware(page)(request)


@pytest.mark.parametrize("name", ["dep_head", "dep_approver"])
def test_without_a_second_factor_the_desk_is_closed(rf: RequestFactory, cast: Cast, name: str) -> None:
    assert visit(rf, cast.people[name])["Location"] == reverse("mfa_activate_totp")


def test_with_it_the_desk_is_open(rf: RequestFactory, cast: Cast) -> None:
    TOTP.activate(cast.people["dep_head"], generate_totp_secret())
    assert visit(rf, cast.people["dep_head"]).content == b"the desk"


@pytest.mark.parametrize("name", ["dep_registrar", "dep_executor", "administrator"])
def test_who_does_not_sign_is_not_asked(rf: RequestFactory, cast: Cast, name: str) -> None:
    assert visit(rf, cast.people[name]).content == b"the desk"


def test_logging_in_and_the_portal_stay_open(rf: RequestFactory, cast: Cast) -> None:
    for path in (reverse("mfa_activate_totp"), reverse("account_logout"), "/"):
        assert visit(rf, cast.people["dep_head"], path).content == b"the desk"


def test_the_middleware_is_in_place(client: Client, cast: Cast) -> None:
    client.force_login(cast.people["dep_head"], "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/desk/").headers["Location"] == reverse("mfa_activate_totp")
