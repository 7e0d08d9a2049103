"""Days and counts as documents write them, and the time of Almaty."""

from datetime import UTC, date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

from qyzmet.text.languages import Lang

_NAME = "Asia/Almaty"
_AFTER_THE_CHANGE = datetime(2024, 6, 1, tzinfo=UTC)


def _almaty() -> ZoneInfo:
    """UTC+6 until 1 March 2024, UTC+5 since. Older systems do not know it; the packaged zone does."""
    zone = ZoneInfo(_NAME)
    if _AFTER_THE_CHANGE.astimezone(zone).utcoffset() == timedelta(hours=5):
        return zone
    with resources.files("tzdata.zoneinfo.Asia").joinpath("Almaty").open("rb") as packaged:
        return ZoneInfo.from_file(packaged, key=_NAME)


ALMATY = _almaty()

_MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}

# One, two to four, five and more: Russian needs all three, English two, Kazakh one.
_UNITS: dict[str, dict[str, tuple[str, str, str]]] = {
    "working_days": {
        "kk": ("жұмыс күні",) * 3,
        "ru": ("рабочий день", "рабочих дня", "рабочих дней"),
        "en": ("working day", "working days", "working days"),
    },
    "calendar_days": {
        "kk": ("күнтізбелік күн",) * 3,
        "ru": ("календарный день", "календарных дня", "календарных дней"),
        "en": ("calendar day", "calendar days", "calendar days"),
    },
    "days": {"kk": ("күн",) * 3, "ru": ("день", "дня", "дней"), "en": ("day", "days", "days")},
    "months": {"kk": ("ай",) * 3, "ru": ("месяц", "месяца", "месяцев"), "en": ("month", "months", "months")},
    "years": {"kk": ("жыл",) * 3, "ru": ("год", "года", "лет"), "en": ("year", "years", "years")},
    "hours": {"kk": ("сағат",) * 3, "ru": ("час", "часа", "часов"), "en": ("hour", "hours", "hours")},
    "minutes": {"kk": ("минут",) * 3, "ru": ("минута", "минуты", "минут"), "en": ("minute", "minutes", "minutes")},
}
UNITS = tuple(_UNITS)


def local(at: datetime) -> datetime:
    """The moment `at` (aware, else ValueError) on the clock of Almaty."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(ALMATY)


def long_date(day: date, lang: Lang) -> str:
    """'2026 жылғы 15 сәуір', '15 апреля 2026 г.', '15 April 2026'."""
    month = _MONTHS[lang].split()[day.month - 1]
    if lang == "kk":
        return f"{day.year} жылғы {day.day} {month}"
    return f"{day.day} {month} {day.year}" + (" г." if lang == "ru" else "")


def long_moment(at: datetime, lang: Lang) -> str:
    """Date and local time: '2026 жылғы 15 сәуір, 18:05'."""
    here = local(at)
    return f"{long_date(here.date(), lang)}, {here:%H:%M}"


def count_words(count: int, unit: str, lang: Lang) -> str:
    """A count with its noun in the right form: '2 рабочих дня', '2 жұмыс күні'. `unit`: one of UNITS, else KeyError."""
    return f"{count} {_UNITS[unit][lang][_form(abs(count), lang)]}"


def _form(count: int, lang: Lang) -> int:
    if lang != "ru":
        return 0 if count == 1 else 2
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else 2
