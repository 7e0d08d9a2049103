"""A run of the outbox in a process of its own: `python worker.py DATABASE FILE WHERE_TO_DIE`.

DATABASE is Django's description as JSON. Each letter that leaves is a line in FILE. WHERE_TO_DIE: 'before' or 'after'
it left the process is killed, 'never' it is not. Says 'ready', begins when a line comes in, prints how many it sent.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
DATABASE, FILE, WHERE_TO_DIE = sys.argv[1:]
settings.configure(
    SECRET_KEY="a key for tests only",
    INSTALLED_APPS=["qyzmet.letters"],
    DATABASES={"default": json.loads(DATABASE)},
    USE_TZ=True,
    DEFAULT_FROM_EMAIL="qyzmet@localhost",
)
django.setup()

from qyzmet.letters import actions, pdf  # noqa: E402
from tests.letters.sample import AT  # noqa: E402


class Post(BaseEmailBackend):
    """Writes each letter down."""

    def send_messages(self, email_messages) -> int:  # type: ignore[no-untyped-def]
        if WHERE_TO_DIE == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        with Path(FILE).open("a") as book:
            for mail in email_messages:
                book.write(mail.extra_headers["Message-ID"] + "\n")
        if WHERE_TO_DIE == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return len(email_messages)


def press(letter: object) -> bytes:
    """No time is lost on paper: runs shall meet at the claim as often as they can."""
    return b"%PDF-"


pdf.render = press  # type: ignore[assignment]
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
print(actions.send_pending(at=AT + timedelta(minutes=1), connection=Post()))
