from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.text.dates import UNITS, count_words, local, long_date, long_moment
from qyzmet.text.languages import LANGS


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_almaty_moved_its_clocks_back_on_1_march_2024() -> None:
    assert local(utc(2024, 2, 29, 17, 59)).utcoffset() == timedelta(hours=6)
    assert local(utc(2024, 2, 29, 18, 0)).utcoffset() == timedelta(hours=5)
    assert local(utc(2026, 7, 1)).utcoffset() == timedelta(hours=5)


def test_the_local_day_begins_five_hours_before_utc() -> None:
    assert local(utc(2026, 4, 14, 18, 59)).date() == date(2026, 4, 14)
    assert local(utc(2026, 4, 14, 19, 0)).date() == date(2026, 4, 15)


def test_a_moment_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local(utc(2026, 4, 15).replace(tzinfo=None))


def test_long_dates() -> None:
    day = date(2026, 4, 15)
    assert long_date(day, "kk") == "2026 жылғы 15 сәуір"
    assert long_date(day, "ru") == "15 апреля 2026 г."
    assert long_date(day, "en") == "15 April 2026"
    assert long_moment(utc(2026, 4, 15, 13, 5), "kk") == "2026 жылғы 15 сәуір, 18:05"


@pytest.mark.parametrize("lang", LANGS)
def test_every_month_has_its_own_name(lang: str) -> None:
    assert len({long_date(date(2026, month, 1), lang) for month in range(1, 13)}) == 12  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 рабочих дней"),
        (1, "1 рабочий день"),
        (2, "2 рабочих дня"),
        (5, "5 рабочих дней"),
        (11, "11 рабочих дней"),
        (12, "12 рабочих дней"),
        (21, "21 рабочий день"),
        (22, "22 рабочих дня"),
        (111, "111 рабочих дней"),
        (-3, "-3 рабочих дня"),
    ],
)
def test_russian_has_three_forms(count: int, words: str) -> None:
    assert count_words(count, "working_days", "ru") == words


def test_kazakh_has_one_form_and_english_two() -> None:
    assert count_words(1, "working_days", "kk") == "1 жұмыс күні"
    assert count_words(2, "working_days", "kk") == "2 жұмыс күні"
    assert count_words(1, "months", "en") == "1 month"
    assert count_words(0, "months", "en") == "0 months"


@given(st.integers(-1000, 1000), st.sampled_from(UNITS), st.sampled_from(LANGS))
def test_every_unit_is_named_in_every_language(count: int, unit: str, lang: str) -> None:
    assert count_words(count, unit, lang).startswith(f"{count} ")  # type: ignore[arg-type]
