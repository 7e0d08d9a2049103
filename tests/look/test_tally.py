"""A count ends when its time is over, whatever the cache would do by itself."""

from typing import Any

import pytest
from django.core.cache.backends.db import BaseDatabaseCache

from qyzmet.look import tally


class Kept:
    """A cache that notes for how long it was told to keep, and never forgets by itself."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}
        self.told: list[int] = []

    def get(self, key: str) -> Any:
        return self.rows.get(key)

    def add(self, key: str, value: Any, seconds: int) -> bool:
        if key in self.rows:
            return False
        self.set(key, value, seconds)
        return True

    def set(self, key: str, value: Any, seconds: int) -> None:
        self.rows[key] = value
        self.told.append(seconds)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [1000.0]
    monkeypatch.setattr("qyzmet.look.tally.time.time", lambda: moment[0])
    return moment


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    cache = Kept()
    monkeypatch.setattr(tally, "cache", cache)
    return cache


def test_an_hour_stays_an_hour_however_often_it_counts(kept: Kept, now: list[float]) -> None:
    for passed in (0, 600, 3000):
        now[0] = 1000.0 + passed
        tally.count("a", 3600)
        assert kept.told[-1] == 3600 - passed + tally.SLACK
    assert (tally.so_far("a"), tally.so_far("b")) == (3, 0)
    now[0] = 1000.0 + 3601
    assert tally.so_far("a") == 0
    tally.count("a", 3600)
    assert tally.so_far("a") == 1


def test_a_clock_that_is_put_back_makes_nobody_wait_for_it(kept: Kept, now: list[float]) -> None:
    now[0] = 1_000_000.0  # a machine that started with a wrong clock
    tally.count("a", 60)
    assert tally.so_far("a") == 1
    now[0] = 1000.0
    assert tally.so_far("a") == 0
    tally.count("a", 60)
    now[0] = 1059.0
    assert tally.so_far("a") == 1
    now[0] = 1061.0
    assert tally.so_far("a") == 0


def test_who_counts_at_the_same_moment_is_counted_too(kept: Kept, now: list[float]) -> None:
    """Both have read the same figure before either wrote: the slower one must not write it over."""
    tally.count("a", 60)
    before = dict(kept.rows)["a:run"]
    tally.count("a", 60)
    kept.rows["a:run"] = before  # what the slower one has read
    tally.count("a", 60)
    assert tally.so_far("a") == 3


def test_why_the_cache_does_not_count_by_itself() -> None:
    """The day Django's cache in the database counts without a new time, `tally` may go."""
    assert "incr" not in vars(BaseDatabaseCache)
