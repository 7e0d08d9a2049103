"""A count ends when its time is over, whatever the cache would do by itself."""

from typing import Any

import pytest
from django.core.cache.backends.db import BaseDatabaseCache

from qyzmet.look import tally


class Kept:
    """A cache that notes for how long it was told to keep."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}
        self.told: list[int] = []

    def get(self, key: str) -> Any:
        return self.rows.get(key)

    def set(self, key: str, value: Any, seconds: int) -> None:
        self.rows[key] = value
        self.told.append(seconds)


def test_an_hour_stays_an_hour_however_often_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    cache, now = Kept(), [1000.0]
    monkeypatch.setattr(tally, "cache", cache)
    monkeypatch.setattr("qyzmet.look.tally.time.time", lambda: now[0])
    for passed in (0, 600, 3000):
        now[0] = 1000.0 + passed
        tally.count("a", 3600)
    assert cache.told == [3600, 3000, 600]
    assert (tally.so_far("a"), tally.so_far("b")) == (3, 0)
    now[0] = 1000.0 + 3601
    assert tally.so_far("a") == 0
    tally.count("a", 3600)
    assert tally.so_far("a") == 1


def test_why_the_cache_does_not_count_by_itself() -> None:
    """The day Django's cache in the database counts without a new time, `tally` may go."""
    assert "incr" not in vars(BaseDatabaseCache)
