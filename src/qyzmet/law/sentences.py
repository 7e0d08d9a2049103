"""The texts of `kz/sentences.toml`: dates, counts and sentences in three languages."""

import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "kz" / "sentences.toml"


@cache
def sentences() -> dict[str, Any]:
    """The file as it stands: section -> key -> language -> text."""
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def say(section: str, key: str, lang: str, /, **values: object) -> str:
    """The text of one entry with its {placeholders} filled; a full stop is never doubled ("г.")."""
    text: str = sentences()[section][key][lang]
    return text.format(**values).replace("г..", "г.")


@lru_cache(maxsize=4096)
def long_date(day: date, lang: str) -> str:
    """'2026 жылғы 15 сәуір', '15 апреля 2026 г.', '15 April 2026'."""
    month = sentences()["months"][lang][day.month - 1]
    form: str = sentences()["date"][lang]
    return form.format(year=day.year, day=day.day, month=month)


@lru_cache(maxsize=4096)
def short_date(day: date, lang: str) -> str:
    """The day and the month: '15 сәуір', '15 апреля', '15 April'."""
    return f"{day.day} {sentences()['months'][lang][day.month - 1]}"


def count_words(count: int, unit: str, lang: str) -> str:
    """A count with its noun: '2 рабочих дня', '2 жұмыс күні'. `unit`: working_days, calendar_days, months, hours."""
    return f"{count} {sentences()['unit'][unit][lang][_form(count, lang)]}"


def _form(count: int, lang: str) -> int:
    if lang != "ru":
        return 0 if count == 1 else 2
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else 2


def rule_words(act: str, article: str, lang: str) -> str:
    """Act and article: 'ӘРПК 76(3)', 'АППК 76(3)', 'APPC 76(3)'. An act without words of its own stays as it is."""
    name: str = sentences()["act"].get(act, {}).get(lang, act)
    return f"{name} {article}".strip()


def unit_words(unit: str, lang: str) -> str:
    """The noun of a unit in the plural: 'рабочих дней'."""
    noun: str = sentences()["unit"][unit][lang][2]
    return noun
