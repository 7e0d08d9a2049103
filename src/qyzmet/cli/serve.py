"""`qyzmet serve`: web workers, and one process beside them that does what is due."""

import argparse
import subprocess
import sys
from collections.abc import Sequence

import django
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

BESIDE = {
    "signer": ("signer", "--with-parent"),
    "sequence": ("sequence", "--every", "0.1"),
    "tick": ("tick", "--every", "5"),
}
"""What runs beside the web processes, and how it is started; seconds."""


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default: %(default)s)")
    parser.add_argument("--no-tick", action="store_true", help="another process runs `qyzmet tick`")
    parser.add_argument("--no-sequence", action="store_true", help="another process runs `qyzmet sequence`")
    parser.add_argument("--with-signer", action="store_true", help="run `qyzmet signer` too, as the same user")


def run(args: argparse.Namespace) -> None:
    django.setup()
    wanted = {"tick": not args.no_tick, "sequence": not args.no_sequence, "signer": args.with_signer}
    serve(host=args.host, port=args.port, workers=args.workers, beside=[name for name, on in wanted.items() if on])


def serve(*, host: str, port: int, workers: int, beside: Sequence[str] = ("tick", "sequence")) -> None:
    """Answer until interrupted. Static files are gathered first; the processes `beside` end with the server."""
    call_command("collectstatic", interactive=False, verbosity=0)
    started = [_start(BESIDE[name]) for name in beside]
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
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=30)


def _start(words: Sequence[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "qyzmet.cli.main", *words], stdout=subprocess.DEVNULL)
