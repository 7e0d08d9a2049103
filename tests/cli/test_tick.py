"""`qyzmet tick` goes on while cases wait to be dated again, and rests only when none does."""

import argparse
import os
from collections.abc import Iterator
from typing import Any

import pytest

from qyzmet.cli import tick


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, int]]]:
    """What the ticks find, one after another; an error when there are more ticks."""
    found = [{"redated": 500}, {"redated": 20}, {"letters": 1}]
    monkeypatch.setattr(tick, "once", lambda: found.pop(0))
    monkeypatch.setattr(tick, "_warn", lambda: None)
    monkeypatch.setattr(tick, "_sweep", lambda: None)
    yield found


def test_once_means_until_every_case_is_dated(counts: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    tick.run(argparse.Namespace(every=None))
    assert counts == []
    assert capsys.readouterr().out.splitlines() == ["redated: 500", "redated: 20", "letters: 1"]


def test_beside_a_server_it_rests_only_when_nothing_waits(counts: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    rested: list[float] = []
    left = iter([1, 1, 1, 1, 2])
    monkeypatch.setattr(os, "getppid", lambda: next(left))
    monkeypatch.setattr(tick.time, "sleep", rested.append)
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)
    tick.go_on(5.0)
    assert (counts, rested) == ([], [5.0])
