"""Another process on the test's database: says how it dates, or works on the run until it is killed.

python calendar_worker.py DATABASE ask           prints whether 22 April 2026 is worked, again for each line it reads
python calendar_worker.py DATABASE work N WHERE  dates batches of one case; kills itself in the N-th, `before` or
                                                 `after` its transaction is over (N = 0: never)
"""

import json
import os
import signal
import sys
from datetime import UTC, date, datetime
from typing import Any

import django
from django.conf import settings

import tests.settings  # noqa: F401

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

from qyzmet.cases import rules  # noqa: E402
from qyzmet.cases.actions import calendar  # noqa: E402

LATER = datetime(2026, 4, 15, 12, 0, tzinfo=UTC)


def ask() -> None:
    while True:
        rules.begin_anew()
        print(json.dumps(rules.rules().calendar.is_working(date(2026, 4, 22))), flush=True)
        if not sys.stdin.readline():
            return


def work(wanted: int, where: str) -> None:
    whole, done = calendar.redate_batch, 0

    def batch(**given: Any) -> Any:
        nonlocal done
        result = whole(**given, batch=1)
        done += 1
        if done == wanted and where == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    calendar.redate_batch = batch
    while calendar.redate_on(at=LATER, batches=1):
        if done == wanted and where == "after":
            os.kill(os.getpid(), signal.SIGKILL)


if sys.argv[2] == "ask":
    ask()
else:
    work(int(sys.argv[3]), sys.argv[4])
