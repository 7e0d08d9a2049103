"""`qyzmet demo`: the invented city on this machine."""

import argparse
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEFAULT = Path("var/demo")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: %(default)s)")
    parser.add_argument("--data", type=Path, default=DEFAULT, help="folder of the demo's data (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default: %(default)s)")
    parser.add_argument("--reset", action="store_true", help="throw the data away and start anew")
    parser.add_argument("--only-fill", action="store_true", help="fill the city and stop")


def run(args: argparse.Namespace) -> None:
    if args.reset:
        _throw_away(args.data)
    _environment(args)
    _fill()
    address = f"http://127.0.0.1:{args.port}/"
    print(_logins(args.data, address), flush=True)
    if not args.only_fill:
        from qyzmet.cli.serve import serve

        serve(host="127.0.0.1", port=args.port, workers=args.workers)


def _environment(args: argparse.Namespace) -> None:
    """A demo is a demo whatever the environment says: own data, own database, no mail to anybody."""
    for name in ("QYZMET_EMAIL", "QYZMET_PROXY", "QYZMET_DATABASE"):
        os.environ.pop(name, None)
    os.environ.update(
        QYZMET_DEMO="1",
        QYZMET_DATA=str(args.data),
        QYZMET_ADDRESS=f"http://127.0.0.1:{args.port}",
        QYZMET_HOSTS="127.0.0.1,localhost,[::1]",
    )


def _fill() -> None:
    """Tables and the city; a city that is already there is kept as it is."""
    import django
    from django.utils import timezone

    django.setup()
    from qyzmet.cli.demo import fill
    from qyzmet.cli.migrate import migrate

    migrate(verbosity=0)
    with _unhurried_disk():
        fill.fill(at=timezone.now())


@contextmanager
def _unhurried_disk() -> Iterator[None]:
    """While an invented city is filled, a power cut costs nothing: the disk is not waited for."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")


def _throw_away(folder: Path) -> None:
    """Removes a demo's folder, and only one that a demo has made."""
    if (folder / "demo-logins.json").exists():
        shutil.rmtree(folder)
    elif folder.exists():
        raise SystemExit(f"{folder} was not made by a demo, so it is left alone.")


def _logins(folder: Path, address: str) -> str:
    logins = json.loads((folder / "demo-logins.json").read_text(encoding="utf-8"))
    rows = [f"  {one['login']:<15} {one['password']:<25} {one['role']}" for one in logins]
    return "\n".join(
        [
            f"Qyzmet, the demo city: {address}   desk: {address}desk/",
            "Logins (the login page shows the code of the second factor; only a demo does):",
            *rows,
        ]
    )
