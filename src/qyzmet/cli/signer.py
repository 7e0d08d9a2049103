"""`qyzmet signer`: the process that alone holds the log's key."""

import argparse
import os
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from qyzmet.journal.signer.book import Book, open_book
from qyzmet.journal.signer.wire import Server
from qyzmet.ledger.invalid import Invalid

WATCH_SECONDS = 1.0


def add(parser: argparse.ArgumentParser) -> None:
    """The options."""
    parser.add_argument("--folder", type=Path, help="folder of the key and of what was signed (default: data/signer)")
    parser.add_argument("--socket", type=Path, help="socket to answer on (default: QYZMET_SIGNER)")
    parser.add_argument("--with-parent", action="store_true", help="end when the process that started it ends")


def run(args: argparse.Namespace) -> int:
    """Answer until interrupted."""
    from django.conf import settings

    folder = args.folder or settings.DATA / "signer"
    path = args.socket or settings.SIGNER_SOCKET
    try:
        book = open_book(folder, origin=settings.LOG_NAME)
    except Invalid as wrong:
        print(f"qyzmet signer: {wrong}", file=sys.stderr)
        return 1
    print(f"the log's key: {book.keys[0].public}", flush=True)
    answer(path, book, with_parent=args.with_parent)
    return 0


def answer(path: Path, book: Book, *, with_parent: bool = False) -> None:
    """Serve the book on this socket; with `with_parent`, as long as the parent lives."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Server(path, book, now=lambda: datetime.now(UTC)) as server:
        if with_parent:
            threading.Thread(target=_watch, args=(server, os.getppid()), daemon=True).start()
        try:
            server.serve_forever(poll_interval=WATCH_SECONDS)
        finally:
            path.unlink(missing_ok=True)


def _watch(server: Server, parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    server.shutdown()
