"""A year of a calendar as the file it would be read from: for whoever checks a date with a calendar of the day."""

import json
from datetime import date

from qyzmet.law.calendar import Calendar, DayRow


def calendar_text(calendar: Calendar, year: int) -> str:
    """The text of `calendar/<year>.toml`, with every row that lies over the files. KeyError for a year not there."""
    head = [f"year = {year}", f"status = {_quoted(calendar.year_status(year))}"]
    if calendar.first > date(year, 1, 1):
        head.append(f"from = {calendar.first}")
    rows = [_row(row) for day, row in sorted(calendar.rows.items()) if day.year == year]
    return "\n\n".join(["\n".join(head), *rows]) + "\n"


def _row(row: DayRow) -> str:
    lines = ["[[day]]", f"date = {row.day}", f"kind = {_quoted(row.kind)}", f"reason = {_quoted(row.reason)}"]
    lines += [f"name.{lang} = {_quoted(said)}" for lang, said in row.name.items()]
    lines += [f"instead_of = {row.instead_of}"] if row.instead_of else []
    given = (("order", row.order), ("url", row.url), ("status", row.status))
    return "\n".join([*lines, *(f"{key} = {_quoted(value)}" for key, value in given if value)])


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON writes the same escapes but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
