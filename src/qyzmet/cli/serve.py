"""`qyzmet serve`: web workers, and one process beside them that does what is due."""

import argparse
import subprocess
import sys

import django
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

TICK_SECONDS = 5


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default: %(default)s)")
    parser.add_argument("--no-tick", action="store_true", help="another process runs `qyzmet tick`")


def run(args: argparse.Namespace) -> None:
    django.setup()
    serve(host=args.host, port=args.port, workers=args.workers, tick=not args.no_tick)


def serve(*, host: str, port: int, workers: int, tick: bool = True) -> None:
    """Answer until interrupted. Static files are gathered first; the loop ends with the server."""
    call_command("collectstatic", interactive=False, verbosity=0)
    beside = _loop() if tick else None
    try:
        Granian(
            "qyzmet.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        if beside:
            beside.terminate()
            beside.wait(timeout=30)


def _loop() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "qyzmet.cli.main", "tick", "--every", str(TICK_SECONDS)])
