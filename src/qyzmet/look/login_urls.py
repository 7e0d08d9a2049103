"""Of allauth only these pages exist: login, logout, a second factor, its activation, and confirming who one is."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from qyzmet.look import accounts

urlpatterns = [
    path("", account.login, name="account_login"),
    path("out/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("code/", mfa.authenticate, name="mfa_authenticate"),
    path("code/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("code/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("code/off/", accounts.stays_on, name="mfa_deactivate_totp"),
    # where allauth goes after activation
    path("code/done/", RedirectView.as_view(url="/desk/"), name="mfa_index"),
]
