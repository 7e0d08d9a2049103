"""Who writes next: one thread of a process waits at a file, the others behind it."""

import fcntl
import os
import time
from collections import defaultdict
from threading import Lock

STEP = 0.0005
"""Seconds between two looks at the file. A write takes some milliseconds."""
_own: defaultdict[str, Lock] = defaultdict(Lock)
"""By file: of the threads of this process one looks at it, the others sleep until it has written."""


class Queue:
    """The place of one connection. The system frees the file of a process that ends, however it ends."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file: int | None = None
        self._held = False

    def __del__(self) -> None:
        """A thread that ends within a transaction takes its connection along, and must not keep everybody's turn."""
        self.close()

    def enter(self, seconds: float) -> bool:
        """Whether it became this connection's turn within so many seconds."""
        end = time.monotonic() + seconds
        if not _own[self.path].acquire(timeout=seconds):
            return False
        try:
            self._held = self._take(end)
        finally:
            if not self._held:
                _own[self.path].release()
        return self._held

    def leave(self) -> None:
        """Let the next one in; nothing happens where it was not this connection's turn."""
        if self._held and self._file is not None:
            self._held = False
            fcntl.flock(self._file, fcntl.LOCK_UN)
            _own[self.path].release()

    def close(self) -> None:
        """Leave, and give the file back."""
        self.leave()
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _take(self, end: float) -> bool:
        if self._file is None:
            self._file = os.open(self.path, os.O_CREAT | os.O_RDONLY, 0o644)
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= end:
                    return False
                time.sleep(STEP)
            else:
                return True
