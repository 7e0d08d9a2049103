"""Write a first draft of `law/kz/calendar/<year>.toml` from the `holidays` library; then edit it by hand.

    python tools/seed_calendar.py 2028 [--into FOLDER]

The library gives dates, carry-overs and the moved days it knows; names in three languages and sources stand below.
A file that is there already is never overwritten: the rows that ship were read and corrected by people.
"""

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

import holidays

FOLDER = Path(__file__).parent.parent / "src/qyzmet/law/kz/calendar"
FIRST_DAY = date(2021, 7, 1)  # the Code's first day: no question before it
RULES = "https://adilet.zan.kz/rus/docs/Z010000267_"
LABOR = "https://zan.gov.kz/client/#!/doc/95666/rus"
ORDERS = {
    2021: ("P2000000930", "https://adilet.zan.kz/kaz/docs/P2000000930"),
    2022: ("P2200000796", "https://adilet.zan.kz/kaz/docs/P2200000796"),
    2023: ("P2300000326", "https://adilet.zan.kz/kaz/docs/P2300000326"),
    2024: ("G24G0000109", "https://adilet.zan.kz/kaz/docs/G24G0000109"),
    2025: ("G24G0000436", "https://adilet.zan.kz/kaz/docs/G24G0000436"),
}

NAMES = {
    (1, 1): ("Жаңа жыл", "Новый год", "New Year"),
    (1, 2): ("Жаңа жыл", "Новый год", "New Year"),
    (1, 7): ("Православиелік Рождество", "Православное Рождество", "Orthodox Christmas"),
    (3, 8): ("Халықаралық әйелдер күні", "Международный женский день", "International Women's Day"),
    (3, 15): (
        "Қазақстан Республикасының Конституциясы күні",
        "День Конституции Республики Казахстан",
        "Constitution Day",
    ),
    (3, 21): ("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz"),
    (3, 22): ("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz"),
    (3, 23): ("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz"),
    (5, 1): (
        "Қазақстан халқының бірлігі мерекесі",
        "Праздник единства народа Казахстана",
        "Day of Unity of the People of Kazakhstan",
    ),
    (5, 7): ("Отан қорғаушы күні", "День защитника Отечества", "Defender of the Fatherland Day"),
    (5, 9): ("Жеңіс күні", "День Победы", "Victory Day"),
    (7, 6): ("Астана күні", "День Столицы", "Capital Day"),
    (8, 30): (
        "Қазақстан Республикасының Конституциясы күні",
        "День Конституции Республики Казахстан",
        "Constitution Day",
    ),
    (10, 25): ("Республика күні", "День Республики", "Republic Day"),
    (12, 1): (
        "Қазақстан Республикасының Тұңғыш Президенті күні",
        "День Первого Президента Республики Казахстан",
        "First President Day",
    ),
    (12, 16): ("Тәуелсіздік күні", "День Независимости", "Independence Day"),
    (12, 17): ("Тәуелсіздік күні", "День Независимости", "Independence Day"),
}
AIT = ("Құрбан айттың бірінші күні", "Первый день Курбан айта", "First day of Kurban ait")
MOVED = ("Ауыстырылған демалыс күні", "Перенесённый выходной день", "Moved day off")
WORKED = (
    "Демалыс күні басқа күнге ауыстырылған жұмыс күні",
    "Рабочий день вместо перенесённого выходного",
    "Working day in place of a moved day off",
)


class Row(NamedTuple):
    """One row of the file. `instead_of`: the day this one stands for."""

    day: date
    kind: str
    reason: str
    name: tuple[str, str, str]
    status: str
    instead_of: date | None = None
    order: str = ""
    url: str = ""


def rows_of(year: int) -> list[Row]:
    """Every row the library knows for `year`, oldest first."""
    known = holidays.country_holidays("KZ", years=year, language="en_US")
    rows = [_row(day, known[day], year) for day in sorted(known)]
    rows += [_worked(row) for row in rows if row.reason == "moved"]
    return sorted(_with_origins(rows))


def _row(day: date, english: str, year: int) -> Row:
    order, url = ORDERS.get(year, ("", ""))
    if moved := re.search(r"substituted from (\d+)/(\d+)/(\d+)", english):
        month, of_month, from_year = map(int, moved.groups())
        return Row(day, "off", "moved", MOVED, "secondary", date(from_year, month, of_month), order, url)
    if "observed" in english:
        return Row(day, "off", "carry_over", ("", "", ""), "secondary", url=RULES)
    if "Eid" in english:
        # The library computes the days of coming years; those are our own reading, not a published date.
        return Row(day, "off", "day_off", AIT, "inferred" if "estimated" in english else "secondary", url=LABOR)
    if (day.month, day.day) == (1, 7):
        return Row(day, "off", "day_off", NAMES[1, 7], "verified" if year >= 2024 else "secondary", url=LABOR)
    verified = (day.month, day.day) == (3, 15)
    return Row(day, "off", "holiday", NAMES[day.month, day.day], "verified" if verified else "secondary", url=RULES)


def _worked(off: Row) -> Row:
    assert off.instead_of
    return Row(off.instead_of, "worked", "moved", WORKED, off.status, off.day, off.order, off.url)


def _with_origins(rows: list[Row]) -> list[Row]:
    """Give each carry-over the holiday it stands for: holidays on a weekend are carried in their order."""
    waiting: list[Row] = []
    done = []
    for row in sorted(rows):
        if row.reason == "holiday" and row.day.weekday() >= 5:
            waiting.append(row)
        if row.reason == "carry_over":
            origin = waiting.pop(0)
            row = row._replace(name=origin.name, instead_of=origin.day)
        done.append(row)
    return done


def as_toml(year: int, rows: list[Row]) -> str:
    """The file of `year`. Days without a row follow the week; `status` says how sure that is."""
    sure = "verified" if 2024 <= year <= 2026 else "secondary"
    lines = [f"year = {year}", f'status = "{sure}"']
    if year == FIRST_DAY.year:
        lines.append(f"from = {FIRST_DAY}")
    for row in rows:
        if row.day >= FIRST_DAY:
            lines += ["", *_lines(row)]
    return "\n".join(lines) + "\n"


def _lines(row: Row) -> list[str]:
    lines = ["[[day]]", f"date = {row.day}", f'kind = "{row.kind}"', f'reason = "{row.reason}"']
    lines += [f'name.{lang} = "{word}"' for lang, word in zip(("kk", "ru", "en"), row.name, strict=True)]
    lines += [f"instead_of = {row.instead_of}"] * (row.instead_of is not None)
    lines += [f'order = "{row.order}"'] * bool(row.order) + [f'url = "{row.url}"'] * bool(row.url)
    return [*lines, f'status = "{row.status}"']


def main() -> int:
    """Write the files of the years given; say which were there already."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("years", type=int, nargs="+")
    parser.add_argument("--into", type=Path, default=FOLDER)
    args = parser.parse_args()
    for year in args.years:
        path = args.into / f"{year}.toml"
        if path.exists():
            print(f"{path} is there already", file=sys.stderr)
            continue
        path.write_text(as_toml(year, rows_of(year)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
