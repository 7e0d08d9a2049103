"""`qyzmet sequence`: take pending rows into the log and publish its head, once or for ever; change its key."""

import argparse
import logging
import os
import sys
import threading
import time
from collections.abc import Callable

import django

from qyzmet.ledger.invalid import Invalid

WITNESS_SECONDS = 2.0
QUIET_SECONDS = 30.0
"""How often a problem that lasts is logged again."""
log = logging.getLogger(__name__)


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument(
        "--every", type=float, metavar="SECONDS", help="go on until the process that started it ends; 0.1 is usual"
    )

    parser.add_argument("--change-key", action="store_true", help="let the signer make a new key, and enter it")
    parser.add_argument("--retire-key", action="store_true", help="let the signer forget the key before the new one")


def run(args: argparse.Namespace) -> int:
    """One run, or one after the other."""
    from qyzmet.journal.signer.wire import Down

    django.setup()
    if args.every:
        go_on(args.every)
        return 0
    try:
        sweep()
        if args.change_key or args.retire_key:
            print("\n".join(change_key(retire=args.retire_key)))
        print(f"{once()}, {witnesses()}")
    except (Down, Invalid, OSError) as error:
        print(f"qyzmet sequence: {error}", file=sys.stderr)
        return 1
    return 0


def change_key(*, retire: bool) -> list[str]:
    """Change the log's key, or end a change; the keys that sign from now on, which the policy names now too."""
    from qyzmet.journal import actions
    from qyzmet.journal import log as journal_log
    from qyzmet.journal.store import folder

    signer = journal_log.signer()
    if retire:
        signer.retire()
    else:
        actions.note_key_change(signer.change_key())
    keys = list(signer.state()["keys"])
    journal_log.name_keys(folder(), keys)
    return keys


def sweep() -> bool:
    """Remove what killed runs left half written; False while another sequencer is at work."""
    from qyzmet.journal import sequence
    from qyzmet.journal.store import folder

    return sequence.sweep(folder())


def swept(do: Callable[[], int]) -> Callable[[], int]:
    """`do`, each time after a sweep until one has got through: once in the life of a sequencer that goes on."""
    done = False

    def run() -> int:
        nonlocal done
        done = done or sweep()
        return do()

    return run


def once() -> int:
    """Take what is pending; the size of the published log."""
    from django.utils import timezone

    from qyzmet.journal import log as journal_log
    from qyzmet.journal.sequence import sequence
    from qyzmet.journal.store import folder

    client, store = journal_log.signer(), folder()
    done = sequence(at=timezone.now(), signer=client, store=store)
    if done.size and journal_log.has_no_policy(store):
        journal_log.begin_policy(store, client.state()["keys"])
    return done.size


def witnesses() -> int:
    """Ask the witnesses for their cosignatures; how many gave one."""
    from django.utils import timezone

    from qyzmet.journal import log as journal_log
    from qyzmet.journal.cosign import cosign
    from qyzmet.journal.store import folder

    policy = journal_log.own_policy(folder())
    return cosign(at=timezone.now(), policy=policy, store=folder()) if policy else 0


def go_on(seconds: float) -> None:
    """Sequence until the parent process is gone; witnesses are asked beside it, so that a slow one holds up nobody."""
    parent = os.getppid()
    threading.Thread(target=_loop, args=(parent, witnesses, WITNESS_SECONDS), daemon=True).start()
    _loop(parent, swept(once), seconds)


def _loop(parent: int, do: Callable[[], int], seconds: float) -> None:
    from django.db import close_old_connections

    said: dict[str, float] = {}
    while os.getppid() == parent:
        close_old_connections()
        try:
            do()
        except Exception as error:
            _complain(error, said)
        time.sleep(seconds)


def _complain(error: Exception, said: dict[str, float]) -> None:
    """Log a problem when it is new, and now and then while it lasts."""
    key, now = f"{type(error).__name__}: {error}", time.monotonic()
    if now - said.get(key, -QUIET_SECONDS) >= QUIET_SECONDS:
        said[key] = now
        log.error("the log does not go on: %s", key)
