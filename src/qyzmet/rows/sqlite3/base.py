"""Transactions on SQLite wait for each other in a queue of ours.

SQLite itself lets a second writer sleep for 1, 2, 5, 10 … 100 ms between two tries, however soon the first is done:
with eight clients that file at once half of the time nobody wrote (docs/bench.md). What keeps two writers apart is
SQLite's own lock as before; whoever writes without the queue is only slower.
"""

from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from qyzmet.rows.sqlite3.queue import Queue


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection, which takes its turn before a transaction and gives it up after it."""

    _queue: Queue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_in_memory_db():
            self._queue = self._queue or Queue(f"{self.settings_dict['NAME']}-queue")
            if not self._queue.enter(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
                raise OperationalError("database is locked")  # what SQLite says after the same time
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            if self._queue:
                self._queue.close()

    def _leave(self) -> None:
        if self._queue:
            self._queue.leave()
