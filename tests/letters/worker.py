"""A run of the outbox in a process of its own: `python worker.py DATABASE FILE WHERE_TO_DIE`.

DATABASE is Django's description as JSON. Each letter that leaves is a line in FILE. WHERE_TO_DIE: 'before' or 'after'
it left the process is killed, 'never' it is not. Prints how many it sent.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

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

from qyzmet.letters import actions  # noqa: E402
from tests.letters.sample import AT  # noqa: E402


class Post(BaseEmailBackend):
    """Writes each letter down, slowly enough for two runs to meet."""

    def send_messages(self, email_messages) -> int:  # type: ignore[no-untyped-def]
        if WHERE_TO_DIE == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        with Path(FILE).open("a") as book:
            for mail in email_messages:
                book.write(mail.extra_headers["Message-ID"] + "\n")
        if WHERE_TO_DIE == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return len(email_messages)


print(actions.send_pending(at=AT + timedelta(minutes=1), connection=Post()))
