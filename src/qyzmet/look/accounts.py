"""How allauth is bound to Qyzmet: nobody signs up, accounts are made by an administrator, secrets are encrypted."""

import base64
from time import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def display(person: Any) -> str:
    """How a logged-in person is named on the page."""
    return str(person.short_name())


def stays_on(request: HttpRequest) -> HttpResponse:
    """A second factor is not switched off by its holder; an administrator resets it."""
    return redirect("/desk/")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing up is closed, and no mail is sent about logins."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who has just logged in need not do it twice: else the password is asked again to set up a second factor."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        return None

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's greetings ("Successfully signed in") say nothing a page does not show."""


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secret of a second factor encrypted with a key that follows from the secret key."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        return str(user.login)


def _fernet() -> Fernet:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"qyzmet second factor")
    return Fernet(base64.urlsafe_b64encode(kdf.derive(settings.SECRET_KEY.encode())))
