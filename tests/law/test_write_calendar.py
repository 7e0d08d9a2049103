"""A calendar written as files is read back as the same calendar."""

from datetime import date
from pathlib import Path

import pytest

from qyzmet.law import KZ, Calendar, DayRow, calendar_text, kz
from qyzmet.law.read_calendar import read_calendar

ORDER = DayRow(
    day=date(2026, 4, 22),
    kind="off",
    reason="moved",
    name={"kk": 'Ауыстырылған "күн"', "ru": "Перенос \\ день", "en": "Moved\tday"},
    status="verified",
    instead_of=date(2026, 4, 25),
    order="36-НҚ, 10.04.2026",
    url="https://adilet.example/36",
)
HOLIDAY_WORKED = ORDER._replace(day=date(2026, 5, 1), kind="worked", reason="day_off", instead_of=None)


def read_back(calendar: Calendar, folder: Path) -> Calendar:
    paths = []
    for year in range(calendar.first.year, calendar.last.year + 1):
        paths.append(folder / f"{year}.toml")
        paths[-1].write_text(calendar_text(calendar, year), encoding="utf-8")
    return read_calendar(paths)


def same(one: Calendar, other: Calendar) -> bool:
    days = (one.first, one.last) == (other.first, other.last)
    years = all(one.year_status(year) == other.year_status(year) for year in range(one.first.year, one.last.year + 1))
    return days and years and one.rows == other.rows


def test_the_shipped_calendar(tmp_path: Path) -> None:
    shipped = kz().calendar
    assert same(read_back(shipped, tmp_path), shipped)
    assert len(list((KZ / "calendar").glob("*.toml"))) == len(list(tmp_path.iterdir()))


def test_rows_laid_over_it(tmp_path: Path) -> None:
    shipped = kz().calendar
    laid = shipped.laid_over([ORDER, HOLIDAY_WORKED])
    assert shipped.is_working(ORDER.day) and not shipped.is_working(HOLIDAY_WORKED.day)
    back = read_back(laid, tmp_path)
    assert same(back, laid) and not same(back, shipped)
    assert (back.is_working(ORDER.day), back.is_working(HOLIDAY_WORKED.day)) == (False, True)


def test_a_year_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        calendar_text(kz().calendar, 1999)
