"""One event as an iCalendar file (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from unicodedata import category

PRODUCT = "-//Qyzmet//Date calculator//EN"
LIMIT = 75
"""Octets in a line, its end not counted (3.1)."""
END = "\r\n"


@dataclass(frozen=True)
class Event:
    """A day to remember. `uid` stays the same for the same question; `made` is when the file was made (aware).

    `at`: the moment (aware), where the hour matters; then `on` is its day.
    """

    uid: str
    on: date
    at: datetime | None
    made: datetime
    lang: str
    summary: str
    description: str
    url: str


def file_of(event: Event) -> str:
    """The whole file: a calendar with one event, which takes up nobody's time."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{_moment(event.made)}",
        *_when(event),
        f"SUMMARY;LANGUAGE={event.lang}:{escaped(event.summary)}",
        f"DESCRIPTION;LANGUAGE={event.lang}:{escaped(event.description)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(folded(line) for line in lines)


def _when(event: Event) -> list[str]:
    """The whole day (its end is the day after, 3.6.1), or the moment."""
    if event.at:
        return [f"DTSTART:{_moment(event.at)}"]
    after = event.on + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A value of the type TEXT (3.3.11): no control characters, line breaks as \\n."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(char for char in lines if char in "\n\t" or not category(char).startswith("C"))
    for char in ("\\", ";", ","):
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most `LIMIT` octets, each but the first after a blank; no letter is cut in two."""
    pieces, piece = [], b""
    for char in line:
        octets = char.encode()
        if len(piece) + len(octets) > LIMIT:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return "".join(one.decode() + END for one in [*pieces, piece])
