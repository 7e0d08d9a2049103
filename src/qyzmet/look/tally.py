"""Counts that end when they said they would.

Kept in the cache, which every process shares. Its own way to count (`incr`) is not for this: with the table of the
database behind it each count begins the cache's default time anew, so that an hour becomes five minutes and a minute
five; and of those who count at once it forgets all but one.
"""

import time
from typing import NamedTuple

from django.core.cache import cache

SLACK = 2
"""Seconds for which the cache keeps a count longer: its own clock goes by whole ones."""
AT_ONCE = 50
"""Who counts at the same moment takes the next number, so often: a cache that cannot write takes none at all."""


class Run(NamedTuple):
    """What was counted, and till when. Values of the cache are plain tuples."""

    found: int
    ends: float
    seconds: int


def so_far(key: str) -> int:
    """How many were counted in the time that runs; 0 where none does."""
    run = _running(key)
    return run.found if run else 0


def count(key: str, seconds: int) -> None:
    """One more; the first one begins the time."""
    run = _running(key) or _begin(key, seconds)
    left = round(run.ends - time.time()) + SLACK
    for n in range(run.found, run.found + AT_ONCE):  # the first number that nobody else has taken
        if cache.add(f"{key}:{run.ends}:{n}", True, left):
            break
    cache.set(f"{key}:run", (n + 1, run.ends, run.seconds), left)


def _running(key: str) -> Run | None:
    """The time that runs. One that would take longer than it is: the clock went back, and nobody waits for it."""
    kept = cache.get(f"{key}:run")
    run = Run(*kept) if kept else None
    return run if run and 0 < run.ends - time.time() <= run.seconds else None


def _begin(key: str, seconds: int) -> Run:
    run = Run(0, time.time() + seconds, seconds)
    if not cache.add(f"{key}:run", tuple(run), seconds + SLACK):
        if other := _running(key):  # somebody began it at the same moment
            return other
        cache.set(f"{key}:run", tuple(run), seconds + SLACK)
    return run
