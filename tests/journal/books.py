"""A log for the tests: a signer without a socket, a folder, and rows to take in."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

from qyzmet.journal import actions, log
from qyzmet.journal.models import Entry
from qyzmet.journal.sequence import sequence
from qyzmet.journal.signer.book import Book, open_book
from qyzmet.journal.signer.wire import answer
from qyzmet.journal.store import Folder
from qyzmet.ledger.keys import VerifierKey
from qyzmet.ledger.strict import base64_of

AT = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)
ORIGIN = "qala.example/log"
T = TypeVar("T")


@dataclass
class Direct:
    """The signer, asked without a socket, in the words of the wire."""

    book: Book

    def state(self) -> dict[str, Any]:
        """What it signed last."""
        return answer(self.book, {"ask": "state"}, at=AT)

    def checkpoint(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """A signed head."""
        asked = {"ask": "checkpoint", "size": size, "root": base64_of(root), "proof": [base64_of(one) for one in proof]}
        return str(answer(self.book, asked, at=AT)["note"])

    def promise(self, leaf_hash: bytes, *, time: int, by: int) -> str:
        """A signed promise."""
        return self.book.promise(leaf_hash, time=time, by=by)


@dataclass
class Log:
    """A signer and a folder in a temporary place."""

    signer: Direct
    store: Folder

    @property
    def key(self) -> VerifierKey:
        """The key that signs."""
        return self.signer.book.keys[0].public


def own_log(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Log:
    """An empty log that the whole installation writes to."""
    own = new_log(tmp_path)
    settings.LOG_FOLDER = own.store.root
    monkeypatch.setattr("qyzmet.journal.log.signer", lambda timeout=0.0: own.signer)
    return own


def take_in(own: Log) -> int:
    """Run the sequencer once; the size of the log."""
    size = sequence(at=AT, signer=own.signer, store=own.store).size
    log.begin_policy(own.store, [str(own.key)])
    return size


def new_log(tmp_path: Path) -> Log:
    """An empty log."""
    return Log(Direct(open_book(tmp_path / "signer", origin=ORIGIN)), Folder(tmp_path / "log"))


def write(count: int, *, first: int = 0) -> list[Entry]:
    """That many pending rows of a case each."""
    rows = [actions.Row({"case": f"2026-{n:04}", "event": "register", "n": 1}) for n in range(first, first + count)]
    with transaction.atomic():
        return [actions.record(at=AT + timedelta(seconds=first + number), row=row) for number, row in enumerate(rows)]


def elsewhere(do: Callable[[], T]) -> T:
    """Do this on a connection of its own, as another process would."""

    def done() -> T:
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(done).result()
