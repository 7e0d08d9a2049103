"""Scenarios of a procedure as sentences (`examples.toml`): run as tests, shown to officials as "why this date"."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from qyzmet.law.answer import Answer, answer
from qyzmet.law.errors import LawError
from qyzmet.law.procedure import Procedure
from qyzmet.law.statuses import STATUSES
from qyzmet.law.table import Table
from qyzmet.law.words import Words

if TYPE_CHECKING:
    from qyzmet.law.load import Law


@dataclass(frozen=True)
class Example:
    """What happened, and what the law makes of it: two days and a status, or the code of an error."""

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

    def answer(self, law: "Law") -> Answer:
        """What the law says now; QuestionError where it does not answer."""
        asked = {"term": self.term, "cutoff": self.cutoff, "count": self.count}
        return answer(law, self.procedure, self.received, **asked)  # type: ignore[arg-type]


def examples(procedure: Procedure) -> tuple[Example, ...]:
    """The scenarios of the procedure's own folder. LawError if the file is missing or wrong."""
    for folder in procedure.folders:
        path = Path(folder, procedure.code, "examples.toml")
        if path.is_file():
            table = Table.of(path)
            found = tuple(_example(one, procedure.code) for one in table.tables("example"))
            table.done()
            return found
    raise LawError(f"{procedure.code}/examples.toml", "file", "must be there")


def _example(table: Table, code: str) -> Example:
    error = table.text("error") if table.has("error") else ""
    found = Example(
        procedure=code,
        says=table.words("says"),
        received=table.moment("received"),
        term=table.text("term") if table.has("term") else "decision",
        count=table.whole("count") if table.has("count") else None,
        cutoff=table.clock("cutoff") if table.has("cutoff") else None,
        registered_on=None if error else table.day("registered_on"),
        due_on=None if error else table.day("due_on"),
        status="" if error else table.choice("status", STATUSES),
        error=error,
    )
    table.done(("error", "term", "count", "cutoff", "registered_on", "due_on", "status"))
    return found
