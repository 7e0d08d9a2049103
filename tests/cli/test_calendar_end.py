"""Whoever runs the house hears in good time that the calendar ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from qyzmet.cases.rules import rules
from qyzmet.cli import check
from qyzmet.cli.calendar_end import calendar_warning

LAST = rules().calendar.last


def test_from_the_day_the_setting_says(settings: Any) -> None:
    settings.CALENDAR_DAYS = 90
    assert calendar_warning(LAST - timedelta(days=90)) == []
    said = calendar_warning(LAST - timedelta(days=89))
    assert [str(LAST.year + 1) in line and "89" in line for line in said] == [True, True, True]
    assert len(calendar_warning(date(2030, 1, 1))) == 3


def test_check_fails_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    monkeypatch.setattr(check, "call_command", lambda *args, **options: None)
    settings.CALENDAR_DAYS = 0
    assert check.run(None) == 0  # type: ignore[arg-type]
    settings.CALENDAR_DAYS = 10**6
    assert check.run(None) == 1  # type: ignore[arg-type]
    assert str(LAST.year + 1) in capsys.readouterr().out
