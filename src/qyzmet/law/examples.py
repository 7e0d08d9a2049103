"""Scenarios of a procedure as sentences (`examples.toml`): run as tests, shown to officials as "why this date"."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from qyzmet.law.answer import Answer, answer
from qyzmet.law.due import NOT_KNOWN
from qyzmet.law.errors import LawError, QuestionError
from qyzmet.law.procedure import Procedure
from qyzmet.law.statuses import STATUSES
from qyzmet.law.suspended import Interval, interval
from qyzmet.law.table import Table
from qyzmet.law.words import Words

if TYPE_CHECKING:
    from qyzmet.law.load import Law


@dataclass(frozen=True)
class Example:
    """What happened, and what the law makes of it: days and a status, or the code of an error.

    `registered_on` is left out where nothing is registered. `due_on` is left out while the clock stands.
    """

    procedure: str
    says: Words
    received: datetime
    term: str
    count: int | None
    cutoff: time | None
    registered_on: date | None
    due_on: date | None
    status: str
    error: str
    due_at: time | None = None
    """For a term in hours: the time of day on `due_on`."""
    suspended: tuple[Interval, ...] = ()
    switched_on: bool = False
    """Whether the scenario is that of a body that switched on what is `unverified`."""

    def answer(self, law: "Law") -> Answer:
        """What the law says now; QuestionError where it does not answer."""
        asked = {"term": self.term, "cutoff": self.cutoff, "count": self.count, "suspended": self.suspended}
        law = law.switched_on(self.procedure) if self.switched_on else law
        return answer(law, self.procedure, self.received, **asked)  # type: ignore[arg-type]

    def holds(self, law: "Law") -> bool:
        """Whether the law says what the scenario says."""
        try:
            found = self.answer(law)
        except QuestionError as error:
            return error.code == self.error
        hour = found.due.at.time().replace(tzinfo=None) if found.due.at else None
        said = (found.due.on, hour, found.due.status, "")
        registered = self.registered_on in (None, found.registration.on)
        return registered and said == (self.due_on or NOT_KNOWN, self.due_at, self.status, self.error)


@dataclass(frozen=True)
class Meeting:
    """Whether so many of everybody are enough: a scenario of a quota."""

    quota: str
    says: Words
    present: int
    everybody: int
    enough: bool


def meetings(procedure: Procedure) -> tuple[Meeting, ...]:
    """The scenarios of quotas in the procedure's own folder. LawError if the file is missing or wrong."""
    found = _file(procedure)
    if not found.has("meeting"):
        return ()
    rows = found.tables("meeting")
    return tuple(
        Meeting(row.text("quota"), row.words("says"), row.whole("present"), row.whole("everybody"), row.flag("enough"))
        for row in rows
    )


def examples(procedure: Procedure) -> tuple[Example, ...]:
    """The scenarios of the procedure's own folder. LawError if the file is missing or wrong."""
    table = _file(procedure)
    found = tuple(_example(one, procedure) for one in table.tables("example"))
    table.done(("meeting",))
    return found


def _file(procedure: Procedure) -> Table:
    for folder in procedure.folders:
        path = Path(folder, procedure.code, "examples.toml")
        if path.is_file():
            table = Table.of(path)
            if table.has("meeting"):
                table.tables("meeting")
            return table
    raise LawError(f"{procedure.code}/examples.toml", "file", "must be there")


def _example(table: Table, procedure: Procedure) -> Example:
    error = table.text("error") if table.has("error") else ""
    suspended = tuple(map(interval, table.names("suspended"))) if table.has("suspended") else ()
    still = any(one.last is None for one in suspended) and not table.has("due_on")
    filed = procedure.begins == "applicant"
    found = Example(
        procedure=procedure.code,
        says=table.words("says"),
        received=table.moment("received"),
        term=table.text("term") if table.has("term") else procedure.main_term,
        count=table.whole("count") if table.has("count") else None,
        cutoff=table.clock("cutoff") if table.has("cutoff") else None,
        registered_on=table.day("registered_on") if not error and (filed or table.has("registered_on")) else None,
        due_on=None if error or still else table.day("due_on"),
        status="" if error else table.choice("status", STATUSES),
        error=error,
        due_at=table.clock("due_at") if table.has("due_at") else None,
        suspended=suspended,
        switched_on=table.flag("switched_on") if table.has("switched_on") else False,
    )
    table.done(
        ("switched_on", "due_at", "suspended", "error", "term", "count", "cutoff", "registered_on", "due_on", "status")
    )
    return found
