"""`qyzmet signer`: the process that alone holds the log's key."""

import argparse
import fcntl
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from qyzmet.journal.signer.book import Book, open_book
from qyzmet.journal.signer.wire import Server
from qyzmet.ledger.invalid import Invalid

WATCH_SECONDS = 1.0
PATIENCE_SECONDS = 5.0
"""A signer whose server was killed ends by itself within this time."""


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--folder", type=Path, help="folder of the key and of what was signed (default: data/signer)")
    parser.add_argument("--socket", type=Path, help="socket to answer on (default: QYZMET_SIGNER)")
    parser.add_argument("--group", help="group whose members may ask it too: that of the web processes")
    parser.add_argument("--with-parent", action="store_true", help="end when the process that started it ends")


def run(args: argparse.Namespace) -> int:
    """Answer until interrupted."""
    from django.conf import settings

    folder = args.folder or settings.DATA / "signer"
    path = args.socket or settings.SIGNER_SOCKET
    try:
        book = open_book(folder, origin=settings.LOG_NAME)
        answer(path, book, with_parent=args.with_parent, group=args.group)
    except (Invalid, OSError, LookupError) as wrong:
        print(f"qyzmet signer: {wrong}", file=sys.stderr)
        return 1
    return 0


def answer(path: Path, book: Book, *, with_parent: bool = False, group: str | None = None) -> None:
    """Serve the book on this socket; with `with_parent`, as long as the parent lives.

    `signer_running`, LookupError where there is no such group, OSError where it may not be given the socket.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with only_one(book.folder), Server(path, book, now=lambda: datetime.now(UTC), group=group) as server:
        print(f"the log's key: {book.keys[0].public}", flush=True)
        if with_parent:
            threading.Thread(target=_watch, args=(server, os.getppid()), daemon=True).start()
        try:
            server.serve_forever(poll_interval=WATCH_SECONDS)
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def only_one(folder: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the signer's folder; `signer_running` if another still does after `patience` seconds."""
    until = time.monotonic() + patience
    with (folder / "lock").open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Invalid("signer_running", folder=str(folder)) from None
                time.sleep(0.1)
        yield


def _watch(server: Server, parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    server.shutdown()
