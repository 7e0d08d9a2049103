"""The small city of cast.py with a clock that a test can turn, a mailbox, and people at their screens."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from playwright.sync_api import Browser

from qyzmet.bodies import actions as bodies
from qyzmet.cli import tick
from tests.cast import NOW, Cast
from tests.journal.books import Log, take_in
from tests.tour_pages import DESK, PHONE, Visitor

PASSWORD = "a long password of nobody"


@dataclass
class City:
    """The cast with a clock, a mailbox and browsers."""

    cast: Cast
    browser: Browser
    address: str
    log: Log
    now: datetime = NOW
    secrets: dict[str, str] = field(default_factory=dict)
    visitors: list[Visitor] = field(default_factory=list)

    def wait(self, **span: int) -> None:
        """Let time pass; the clock of the city ticks at the end of it, and the log is published."""
        self.until(self.now + timedelta(**span))

    def until(self, moment: datetime) -> None:
        """Let time pass until a moment; the clock of the city ticks then, and the log takes in what was done."""
        self.now = moment
        tick.once()
        take_in(self.log)

    def person(self, kind: type[Visitor] = Visitor, width: int = PHONE, **options: Any) -> Any:
        """Somebody with a phone."""
        return self._came(kind(self.browser, self.address, width, **options))

    def official(self, name: str, *, factor: bool = False, width: int = DESK) -> Visitor:
        """The person of the cast called `name`, logged in at the desk, with a second factor if they have one."""
        here = self._came(Visitor(self.browser, self.address, width))
        person = self.cast.people[name]
        bodies.set_password(person=person, password=PASSWORD, at=self.now)
        if factor:
            self.secrets[name] = generate_totp_secret()
            TOTP.activate(person, self.secrets[name])
        here.go("/desk/")
        here.write("login", person.login)
        here.write("password", PASSWORD)
        here.press("Log in")
        if factor:
            here.write("code", one_time(self.secrets[name]))
            here.press("Continue")
        return here

    def _came(self, visitor: Visitor) -> Visitor:
        self.visitors.append(visitor)
        return visitor

    def mail_to(self, address: str) -> str:
        """The newest mail to an address."""
        return next(str(one.body) for one in reversed(mail.outbox) if address in one.to)


def one_time(secret: str, *, later: int = 0) -> str:
    """What an authenticator app shows now, or `later` codes after. No test turns the clock of the second factor."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))
