"""`qyzmet tick`: do once what is due now, or again and again beside a server."""

import argparse
import logging
import os
import time

import django

from qyzmet.cli.calendar_end import calendar_warning

SWEEP_SECONDS = 3600
log = logging.getLogger(__name__)


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=float, metavar="SECONDS", help="go on until the process that started it ends")


def run(args: argparse.Namespace) -> None:
    django.setup()
    if args.every:
        go_on(args.every)
    else:
        while True:
            done = once()
            print(said(done))
            if not done.get("redated"):
                break
        _warn()


def once() -> dict[str, int]:
    """One tick, now. The counts of what was done, by name."""
    from django.utils import timezone

    from qyzmet.cases.actions import clock

    return clock.tick(at=timezone.now()).done


def said(counts: dict[str, int]) -> str:
    """The counts in a line."""
    return ", ".join(f"{name}: {count}" for name, count in counts.items() if count) or "nothing was due"


def go_on(seconds: float) -> None:
    """Tick until the parent process is gone. A failed tick is logged; the next one tries again."""
    from django.db import close_old_connections

    parent, swept = os.getppid(), 0.0
    while os.getppid() == parent:
        close_old_connections()
        more = 0
        try:
            more = once().get("redated", 0)
            if time.monotonic() - swept > SWEEP_SECONDS:
                _sweep()
                _warn()
                swept = time.monotonic()
        except Exception:
            log.exception("tick failed")
        if not more:  # cases wait to be dated again: go on with them at once
            time.sleep(seconds)


def _warn() -> None:
    """Say in the log that the calendar ends soon."""
    from django.utils import timezone

    from qyzmet.text.dates import local

    for line in calendar_warning(local(timezone.now()).date()):
        log.warning(line)


def _sweep() -> None:
    """Forget logins that are over."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()
