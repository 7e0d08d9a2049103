"""A year on one small drawing: every day, and what the calendar's rows make of it."""

from calendar import monthrange
from datetime import date

from qyzmet.law.calendar import SATURDAY, Calendar
from qyzmet.law.draw import INK, PAPER, QUIET, text, wrapped
from qyzmet.law.sentences import sentences

MONTHS, WEEK, WEEKS, COLUMNS = 12, 7, 6, 2
"""A month touches at most six weeks; two months stand side by side."""
CELL, GAP, TOP = 19, 14, 20
"""Pixels: a day, the space between months, the name of a month."""
MONTH_WIDTH, MONTH_HEIGHT = WEEK * CELL, TOP + WEEKS * CELL + GAP
WIDTH = COLUMNS * MONTH_WIDTH + GAP
HEIGHT = MONTHS // COLUMNS * MONTH_HEIGHT
FILLS = {"weekend": "#e3e8eb", "off": "#f6d5b8", "worked": "#cfe8d6"}
"""Off and worked by a row of the calendar; a plain working day is white. A worked day off is also underlined."""


def year_svg(calendar: Calendar, year: int, lang: str, *, title: str, description: str) -> str:
    """The year as SVG; days before the first of the calendar are left out."""
    parts = []
    for month in range(1, MONTHS + 1):
        row, column = divmod(month - 1, COLUMNS)
        parts.append(_month(calendar, year, month, lang, column * (MONTH_WIDTH + GAP), row * MONTH_HEIGHT))
    return wrapped(parts, WIDTH, HEIGHT, title=title, description=description, name="year")


def _month(calendar: Calendar, year: int, month: int, lang: str, x: int, y: int) -> str:
    name = text(x, y + TOP - 6, sentences()["months"][lang][month - 1], bold=True, anchor="start")
    first, days = date(year, month, 1).weekday(), monthrange(year, month)[1]
    cells = []
    for number in range(1, days + 1):
        row, column = divmod(first + number - 1, WEEK)
        day = date(year, month, number)
        if day >= calendar.first:
            cells.append(_day(calendar, day, x + column * CELL, y + TOP + row * CELL))
    return name + "".join(cells)


def kind_of(calendar: Calendar, day: date) -> str:
    """What a day is drawn as: off or worked where the calendar has a row for it, else weekend, or nothing."""
    row = calendar.rows.get(day)
    if row:
        return row.kind
    return "weekend" if day.weekday() >= SATURDAY else ""


def _day(calendar: Calendar, day: date, x: int, y: int) -> str:
    kind = kind_of(calendar, day)
    ink, thick = (INK, 1) if kind in ("off", "worked") else (QUIET, 0.3)
    box = (
        f'<rect x="{x}" y="{y}" width="{CELL - 1}" height="{CELL - 1}" rx="2" fill="{FILLS.get(kind, PAPER)}" '
        f'stroke="{ink}" stroke-width="{thick}"/>'
    )
    under = f'<path d="M{x + 4} {y + CELL - 5}h{CELL - 9}" stroke="{INK}"/>' if kind == "worked" else ""
    return box + text(x + CELL // 2, y + CELL - 6, str(day.day), size=11, bold=kind == "off") + under
