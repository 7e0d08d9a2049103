"""Counts that end when they said they would.

Kept in the cache, which every process shares. Its own way to count (`incr`) is not for this: with the table of the
database behind it each count begins the cache's default time anew, so that an hour becomes five minutes and a minute
five.
"""

import time

from django.core.cache import cache


def so_far(key: str) -> int:
    """How many were counted in the time that runs; 0 where none does."""
    return _kept(key)[0]


def count(key: str, seconds: int) -> None:
    """One more; the first one begins the time."""
    found, ends = _kept(key)
    ends = ends or time.time() + seconds
    cache.set(key, (found + 1, ends), max(1, round(ends - time.time())))


def _kept(key: str) -> tuple[int, float]:
    found, ends = cache.get(key) or (0, 0.0)
    return (found, ends) if ends > time.time() else (0, 0.0)
