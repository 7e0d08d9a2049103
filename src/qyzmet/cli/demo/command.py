"""`qyzmet demo`: the invented city on this machine."""

import argparse
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

from qyzmet.cli.demo import folder

DEFAULT = Path("var/demo")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=DEFAULT, help="folder of the demo's data (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default: %(default)s)")
    parser.add_argument("--reset", action="store_true", help="throw the data away and start anew")
    parser.add_argument("--only-fill", action="store_true", help="fill the city and stop")


def run(args: argparse.Namespace) -> None:
    if args.reset:
        folder.throw_away(args.data)
    _environment(args)
    if folder.is_filled(args.data):
        _set_up()
        _migrate()
    else:
        with folder.filling(args.data):
            _apart(_fill)
        _set_up()
    print(folder.welcome(args.data, f"http://127.0.0.1:{args.port}/"), flush=True)
    if not args.only_fill:
        from qyzmet.cli.serve import serve

        serve(host="127.0.0.1", port=args.port, workers=args.workers, beside=("signer", "sequence", "tick"))


def _environment(args: argparse.Namespace) -> None:
    """A demo is a demo whatever the environment says: own data, own database, own log, no mail to anybody."""
    for name in ("QYZMET_EMAIL", "QYZMET_PROXY", "QYZMET_DATABASE", "QYZMET_SIGNER", "QYZMET_LOG_FOLDER"):
        os.environ.pop(name, None)
    os.environ.update(
        QYZMET_DEMO="1",
        QYZMET_DATA=str(args.data),
        QYZMET_ADDRESS=f"http://127.0.0.1:{args.port}",
        QYZMET_HOSTS="127.0.0.1,localhost,[::1]",
        QYZMET_LOG_NAME="qala.example/log",
    )


def _apart(work: Callable[[], None]) -> None:
    """In a process of its own, which ends with its threads.

    Filling makes PDFs. Web processes are forked from this one: had it made any, they would wait for ever for threads of
    the typesetter that no fork takes along.
    """
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def _set_up() -> None:
    import django

    django.setup()


def _migrate() -> None:
    from qyzmet.cli.migrate import migrate

    migrate(verbosity=0)


def _fill() -> None:
    """Tables, the city and its cases."""
    print("Filling the demo city: 85 bodies, 400 people, 230 cases of the last two months.", flush=True)
    _set_up()
    from django.utils import timezone

    from qyzmet.cli.demo import fill

    with fill.unhurried():
        _migrate()
        fill.fill(at=timezone.now(), say=_progress())


def _progress() -> Callable[[int], None]:
    """Tells how many cases are there, at every fiftieth."""
    told = 0

    def say(made: int) -> None:
        nonlocal told
        if made // 50 > told:
            told = made // 50
            print(f"  {told * 50} cases", flush=True)

    return say
