"""The six digits sent by e-mail to confirm who signs: kept as a hash, for a quarter of an hour, five tries."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from qyzmet.cases import actions
from qyzmet.text.hashes import sha as hash_of

LIVES = timedelta(minutes=15)
MOST_TRIES = 5
MOST_SENT = 3
State = dict[str, Any]


def mailbox(given: str) -> str:
    """The address a code can be sent to; '' for what cannot be one."""
    try:
        validate_email(given.strip())
    except ValidationError:
        return ""
    return given.strip()


def may_send(state: Mapping[str, Any]) -> bool:
    """Whether another code may be sent."""
    return int(state.get("sent", 0)) < MOST_SENT


def send(state: Mapping[str, Any], *, email: str, at: datetime, newsroom: bool = False) -> State:
    """Send a new code to `email` and return what to keep; the code before it stops working."""
    code = f"{secrets.randbelow(10**6):06d}"
    lines = [
        (
            _("The code that confirms your newsroom: %(code)s")
            if newsroom
            else _("The code that confirms your appeal: %(code)s")
        )
        % {"code": code},
        _("It works for 15 minutes. Enter it on the page that asked for it, and tell it to nobody."),
        _("If you did not ask for a code, do nothing: somebody mistyped an address.")
        if newsroom
        else _("If you did not write an appeal, do nothing: somebody mistyped an address."),
    ]
    subject = _("Code for your newsroom") if newsroom else _("Code for your appeal")
    send_mail(subject, "\n\n".join(lines), settings.DEFAULT_FROM_EMAIL, [email])
    return {
        "email": email,
        "hash": _hash(code, email),
        "at": at.isoformat(),
        "sent": int(state.get("sent", 0)) + 1,
        "confirmed": "",
        "demo": code if settings.DEMO else "",
    }


def shown(state: Mapping[str, Any]) -> str:
    """The code that was sent, in a demo, whose mail nobody gets; '' everywhere else."""
    return str(state.get("demo", "")) if settings.DEMO and state.get("hash") else ""


def _hash(code: str, email: str) -> str:
    return salted_hmac("qyzmet.portal.one_time", f"{code}:{email}").hexdigest()


def check(state: Mapping[str, Any], typed: str, *, at: datetime) -> tuple[State, str]:
    """What to keep, and why the code was not taken: '' (it was), none, old, tries or wrong.

    The tries are counted in the database: two requests at once hold the same state.
    """
    kept = dict(state)
    if not kept.get("hash"):
        return kept, "none"
    if at - datetime.fromisoformat(kept["at"]) > LIVES:
        return kept, "old"
    key = hash_of(f"{kept['at']}:{kept['hash']}")
    if not actions.claim_try(key, most=MOST_TRIES, at=at):
        return kept, "tries"
    digits = "".join(char for char in typed if char.isdigit())
    if not constant_time_compare(_hash(digits, kept["email"]), kept["hash"]):
        return kept, "wrong" if actions.tries_left(key, most=MOST_TRIES) else "tries"
    return kept | {"hash": "", "confirmed": kept["email"]}, ""


def entered(session: SessionBase, key: str, form: forms.Form, *, at: datetime) -> str:
    """The address that the digits in the form confirm, or '' with what is wrong beside them; kept in the session."""
    session[key], why = check(session.get(key) or {}, form.cleaned_data["code"], at=at)
    if why:
        form.add_error("code", words(why))
        return ""
    return str(session[key]["confirmed"])


def words(why: str) -> str:
    """What a person is told when the code was not taken."""
    return {
        "none": _("No code was sent, or it was used already. Ask for a new one."),
        "old": _("The code is older than 15 minutes. Ask for a new one."),
        "tries": _("The code was entered wrongly five times. Ask for a new one."),
        "wrong": _("This is not the code that was sent. Look at the newest e-mail and try again."),
    }[why]
