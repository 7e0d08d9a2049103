"""The forms of the login, where a field that was left empty is named: "fill this in", twice, helps nobody."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from django.utils.translation import gettext_lazy as _


class Login(LoginForm):  # type: ignore[misc]
    """Login and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].error_messages["required"] = _("Enter your login")
        self.fields["password"].error_messages["required"] = _("Enter your password")


class Code(AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].error_messages["required"] = _("Enter the six digits")
