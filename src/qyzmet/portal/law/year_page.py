"""The calendar of a year as a page: the drawing, the days that an order or a law changes, working days a month."""

from datetime import date, timedelta
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qyzmet.law import Calendar, DayRow
from qyzmet.law.draw_year import MONTHS, year_svg
from qyzmet.law.sentences import long_date, say, sentences
from qyzmet.portal.forms.fields import lang
from qyzmet.portal.law import said


def context(calendar: Calendar, year: int) -> dict[str, Any]:
    """Everything the page shows; the year must be one of `years`."""
    about = _(
        "Days off are tinted and bold, worked days off are green and underlined. The list after it says the same."
    )
    title = _("Calendar of %(year)s") % {"year": year}
    return {
        "year": year,
        "drawing": SafeString(year_svg(calendar, year, lang(), title=title, description=about)),  # escaped there
        "status": calendar.year_status(year),
        "status_words": say("status", calendar.year_status(year), lang()),
        "since": long_date(calendar.first, lang()) if calendar.first > date(year, 1, 1) else "",
        "rows": [_row(row) for row in sorted(calendar.rows.values()) if row.day.year == year],
        "months": list(_months(calendar, year)),
        "before": year - 1 if year - 1 in years(calendar) else None,
        "after": year + 1 if year + 1 in years(calendar) else None,
    }


def years(calendar: Calendar) -> range:
    """The years of which something is known."""
    return range(calendar.first.year, calendar.last.year + 1)


def _row(row: DayRow) -> dict[str, Any]:
    return {
        "day": long_date(row.day, lang()),
        "weekday": weekday(row.day),
        "off": row.kind == "off",
        "words": words_of(row.reason if row.kind == "off" else "worked", row.name[lang()]),
        "instead_of": long_date(row.instead_of, lang()) if row.instead_of else "",
        "order": row.order,
        "url": row.url if row.url.startswith("https://") else "",
        "status": row.status,
    }


def words_of(kind: str, name: str = "") -> str:
    """What a day is: 'holiday: New Year'. Days moved by an order are called in the calendar what they are."""
    said_so = name and kind in ("moved", "worked")
    return name if said_so else ": ".join(filter(None, (str(said.KINDS[kind]), name)))


def weekday(day: date) -> str:
    """The day of the week in words."""
    return str(sentences()["weekday"][lang()][day.weekday()])


def _months(calendar: Calendar, year: int) -> list[tuple[str, int]]:
    """Month and how many of its days are worked; months before the calendar are left out."""
    worked = dict.fromkeys(range(1, MONTHS + 1), 0)
    known = set()
    day = max(calendar.first, date(year, 1, 1))
    while day.year == year:
        known.add(day.month)
        worked[day.month] += calendar.is_working(day)
        day += timedelta(days=1)
    return [(sentences()["months"][lang()][month - 1], count) for month, count in worked.items() if month in known]
