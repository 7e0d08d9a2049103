"""The day an arrival is registered: the same day, or the next working day (APPC 64(3))."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from importlib import resources
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from qyzmet.law.errors import NoRedaction
from qyzmet.law.facts import Fact
from qyzmet.law.statuses import RANK, STATUSES
from qyzmet.law.terms import Source, Unsure

if TYPE_CHECKING:
    from qyzmet.law.load import Law


@dataclass(frozen=True)
class Hour:
    """One redaction of the rule: until when on a working day an arrival still counts as that day's."""

    valid_from: date
    valid_to: date | None
    cutoff: time
    source: Source
    status_own_hour: str
    """The status where the body states its own hour."""
    unsure: Unsure | None


@dataclass(frozen=True)
class Rules:
    """The redactions of the rule, oldest first, and the time zone of the clock on the wall."""

    hours: tuple[Hour, ...]
    zone: tzinfo

    def on(self, day: date) -> Hour:
        """The redaction of the day. NoRedaction where none is known."""
        for hour in self.hours:
            if hour.valid_from <= day and (hour.valid_to is None or day <= hour.valid_to):
                return hour
        rule, last = self.hours[-1].source.cited, self.hours[-1].valid_to
        if last and day > last:
            raise NoRedaction("no_later_redaction", rule=rule, date=day, last=last)
        raise NoRedaction("no_earlier_redaction", rule=rule, date=day, first=self.hours[0].valid_from)

    def local(self, moment: datetime) -> datetime:
        """The moment on the clock on the wall; one without a zone is taken to be on it already."""
        try:
            return moment.astimezone(self.zone) if moment.tzinfo else moment.replace(tzinfo=self.zone)
        except OverflowError:  # the first or last hours of all years: outside every calendar, whatever the zone
            return moment.replace(tzinfo=self.zone)


@dataclass(frozen=True)
class Registration:
    """The day of registration, how it was found, and how sure that is ("verified" where nothing moved it)."""

    on: date
    facts: tuple[Fact, ...]
    status: str


def registration(law: "Law", received: date | datetime, *, cutoff: time | None = None) -> Registration:
    """The day on which what was `received` (aware, or naive = local) is registered. `cutoff`: the body's own hour.

    At the cut-off to the second or later, or on a day off: the next working day. A day without an hour is taken as
    within office hours, and the facts say so. OutOfCalendar outside the calendar.
    """
    if not isinstance(received, datetime):
        return _on_the_day(law, received, cutoff)
    moment = law.registration.local(received)
    day = moment.date()
    law.calendar.index(day)
    hour = law.registration.on(day)
    arrived: Fact = {"fact": "received", "at": moment.replace(tzinfo=None).isoformat(timespec="seconds")}
    late = moment.time() >= (cutoff or hour.cutoff)
    if law.calendar.is_working(day) and not late:
        return Registration(day, (arrived, {"fact": "registered", "date": day.isoformat()}), STATUSES[0])
    return _moved(law, day, arrived, hour, cutoff)


def _on_the_day(law: "Law", day: date, cutoff: time | None) -> Registration:
    """What is known without the hour: a working day is its own day of registration, any other the next one."""
    arrived: Fact = {"fact": "received_day", "date": day.isoformat()}
    if law.calendar.is_working(day):
        return Registration(day, (arrived, {"fact": "registered", "date": day.isoformat()}), STATUSES[0])
    return _moved(law, day, arrived, law.registration.on(day), cutoff)


def taken_at_once(law: "Law", received: datetime) -> Registration:
    """What can be told of an arrival whose next working day no calendar knows: registered on the day it came.

    Intake is never refused (APPC 64(1)), and a doubt is read for the person (APPC 12): the earlier day is theirs.
    """
    moment = law.registration.local(received)
    arrived: Fact = {"fact": "received", "at": moment.replace(tzinfo=None).isoformat(timespec="seconds")}
    taken: Fact = {"fact": "registered_at_once", "date": moment.date().isoformat(), "status": "inferred"}
    return Registration(moment.date(), (arrived, taken), "inferred")


def _moved(law: "Law", day: date, arrived: Fact, hour: Hour, cutoff: time | None) -> Registration:
    on = law.calendar.next_working(day + timedelta(days=1))
    between = law.calendar.marks(day, on)
    rank = law.calendar.rank(day, on)
    why: Fact = {
        "fact": "arrived_off",
        "rule": hour.source.rule,
        "act": hour.source.act,
        "article": hour.source.article,
    }
    if law.calendar.is_working(day):
        status = hour.status_own_hour if cutoff else hour.source.status
        if hour.unsure and hour.unsure.covers(day):
            status = max(status, hour.unsure.status, key=RANK.__getitem__)
        clock = (cutoff or hour.cutoff).isoformat(timespec="minutes")
        why |= {"fact": "late", "cutoff": clock, "status": status, "url": hour.source.url}
        rank = max(rank, RANK[status])
    registered: Fact = {"fact": "registered", "date": on.isoformat()}
    return Registration(on, (arrived, why, *between, registered), STATUSES[rank])


def zone_named(name: str) -> tzinfo:
    """The zone from the packaged data: a system's own may predate 1 March 2024, when Almaty moved to UTC+5."""
    try:
        folder = resources.files("tzdata.zoneinfo")
    except ModuleNotFoundError:
        return ZoneInfo(name)
    with folder.joinpath(*name.split("/")).open("rb") as packaged:
        return ZoneInfo.from_file(packaged, key=name)
