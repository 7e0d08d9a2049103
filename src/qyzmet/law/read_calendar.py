"""Reading `calendar/<year>.toml` and `registration.toml`."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from qyzmet.law.calendar import Calendar, DayRow
from qyzmet.law.errors import LawError
from qyzmet.law.read_terms import read_redactions, read_source, read_unsure
from qyzmet.law.registration import Hour, Rules, zone_named
from qyzmet.law.statuses import STATUSES
from qyzmet.law.table import Table

REASONS = ("holiday", "carry_over", "moved", "day_off")
LAST_MONTH, LAST_DAY = 12, 31


def read_calendar(paths: Sequence[Path]) -> Calendar:
    """The calendar of all year files; they must follow each other without a gap."""
    years = sorted((_Year(path) for path in paths), key=lambda year: year.number)
    for before, after in pairwise(years):
        if after.number != before.number + 1 or after.first != date(after.number, 1, 1):
            raise LawError(after.file, "year", f"{before.number + 1}, the year after {before.file}, from 1 January")
    rows = [row for year in years for row in year.rows]
    statuses = {year.number: year.status for year in years}
    return Calendar(years[0].first, date(years[-1].number, LAST_MONTH, LAST_DAY), rows, statuses)


class _Year:
    """One file: the year, how sure its plain days are, its rows."""

    def __init__(self, path: Path) -> None:
        table = Table.of(path)
        self.file = table.file
        self.number = table.whole("year")
        if path.stem != str(self.number):
            raise table.error("year", f"{path.stem}, as the file is called")
        self.status = table.choice("status", STATUSES)
        self.first = table.day("from") if table.has("from") else date(self.number, 1, 1)
        self.rows = [_row(one, self.number) for one in table.tables("day")] if table.has("day") else []
        table.done(("from", "day"))
        days = [row.day for row in self.rows]
        for day in days:
            if days.count(day) > 1:
                raise table.error("day", f"one row a date, {day} has more")


def _row(table: Table, year: int) -> DayRow:
    day = table.day("date")
    if day.year != year:
        raise table.error("date", f"a day of {year}")
    row = DayRow(
        day=day,
        kind=table.choice("kind", ("off", "worked")),
        reason=table.choice("reason", REASONS),
        name=table.words("name"),
        status=table.choice("status", STATUSES[:-1]),
        instead_of=table.day("instead_of") if table.has("instead_of") else None,
        order=table.text("order") if table.has("order") else "",
        url=table.text("url") if table.has("url") else "",
    )
    if row.reason in ("carry_over", "moved") and row.kind == "off" and not row.instead_of:
        raise table.error("instead_of", "the day this one stands for, 2026-12-31")
    table.done(("instead_of", "order", "url"))
    return row


def read_registration(path: Path) -> Rules:
    """The rule on when an arrival is registered."""
    return registration_of(Table.of(path))


def registration_of(table: Table) -> Rules:
    """The same from the table of a file."""
    defaults = table.text("act"), table.text("url"), table.day("checked")
    name = table.text("zone")
    try:
        zone = zone_named(name)
    except (OSError, ValueError, KeyError) as error:
        raise table.error("zone", '"Asia/Almaty" or another zone of the tz database') from error
    hours = []
    for one in table.tables("values"):
        valid_from, valid_to = read_redactions(one)
        cutoff, own = one.clock("cutoff"), one.choice("status_own_hour", STATUSES[:-1])
        source, unsure = read_source(one, defaults), read_unsure(one)
        if one.has("note"):
            one.words("note")
        one.done(("note", "unsure", "act", "url", "checked", "valid_to"))
        hours.append(Hour(valid_from, valid_to, cutoff, source, own, unsure))
    table.done()
    return Rules(tuple(sorted(hours, key=lambda hour: hour.valid_from)), zone)


def read_acts(path: Path) -> dict[str, tuple[date, ...]]:
    """Act -> the days on which its redactions begin: the second hand that holds every `valid_from`."""
    table = Table.of(path)
    found = {act: table.days(act) for act in table.keys()}  # noqa: SIM118
    table.done()
    return found
