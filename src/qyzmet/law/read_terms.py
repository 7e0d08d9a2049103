"""Reading `terms.toml`: each term with its dated values."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from qyzmet.law.errors import LawError
from qyzmet.law.sentences import sentences
from qyzmet.law.statuses import RANK, STATUSES
from qyzmet.law.table import Table
from qyzmet.law.terms import UNITS, Source, Term, Unsure, Value
from qyzmet.law.words import Words

Defaults = tuple[str, str, date]
"""Act, page and the day of the check that hold for a whole file."""

ROLLS = ("next_working_day", "none")
OPTIONAL = ("valid_to", "from", "start_roll", "skip", "roll_status", "note", "unsure", "act", "url", "checked")


def read_terms(path: Path) -> dict[str, dict[str, Any]]:
    """What one file says of each term. A child may say only part of it: `name`, `from`, `whose`, or new `values`."""
    return terms_of(Table.of(path))


def terms_of(table: Table) -> dict[str, dict[str, Any]]:
    """The same from the table of a file."""
    defaults = table.text("act"), table.text("url"), table.day("checked")
    terms = table.table("terms")
    found = {key: _entry(terms.table(key), defaults) for key in terms.keys()}  # noqa: SIM118
    table.done()
    return found


def _entry(table: Table, defaults: Defaults) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": table.file}
    if table.has("name"):
        entry["name"] = table.words("name")
    if table.has("from"):
        entry["from"] = _event(table)
    if table.has("whose"):
        entry["whose"] = table.choice("whose", ("body", "applicant", "act"))
    if table.has("values"):
        entry["values"] = _values(table, defaults)
    table.done(("name", "from", "whose", "values"))
    return entry


def _event(table: Table) -> str:
    return table.choice("from", tuple(sentences()["event"]))


def make_term(key: str, entry: dict[str, Any], *, enabled: bool) -> Term:
    """The term of a complete entry; its redactions become facts with its name."""
    for part in ("name", "from", "whose", "values"):
        if part not in entry:
            raise LawError(entry["file"], f"terms.{key}.{part}", "must be there")
    values = tuple(make(entry["name"], entry["from"]) for make in entry["values"])
    return Term(key, entry["name"], entry["from"], entry["whose"], values, enabled)


class _Draft:
    """A value as read; it becomes a `Value` when the name of its term is known."""

    def __init__(self, table: Table, defaults: Defaults) -> None:
        self.valid_from, self.valid_to = read_redactions(table)
        self.unit = table.choice("unit", UNITS)
        self.count, self.least, self.most, self.most_unit = _count(table, self.unit)
        self.first_day = table.choice("first_day", ("next", "same"))
        self.direction = table.choice("direction", ("forward", "backward"))
        self.roll = table.choice("roll", ROLLS)
        self.start_roll = table.choice("start_roll", ROLLS) if table.has("start_roll") else "none"
        self.roll_status = table.choice("roll_status", STATUSES[:-1]) if table.has("roll_status") else STATUSES[0]
        self.from_ = _event(table) if table.has("from") else ""
        self.skip = table.choice("skip", ("holidays",)) if table.has("skip") else ""
        if self.skip and self.unit != "calendar_days":
            raise table.error("skip", 'only with unit = "calendar_days"')
        self.source, self.unsure = read_source(table, defaults), read_unsure(table)
        self.note: Words = table.words("note") if table.has("note") else {}
        table.done(OPTIONAL)

    def __call__(self, name: Words, event: str) -> Value:
        """The value, for a term of this name that runs from `event` where the value names no other."""
        source, redaction = self.source, self.valid_from.isoformat()
        fact = {"fact": "rule", "name": dict(name), "count": self.count, "unit": self.unit, "rule": source.rule}
        fact |= {"act": source.act, "article": source.article, "url": source.url, "redaction": redaction}
        fact |= {"status": source.status} | ({"note": dict(self.note)} if self.note else {})
        own = vars(self) | {"from_": self.from_ or event}
        return Value(**own, fact=fact, rule=source.rule, redaction=redaction, rank=RANK[source.status])


def _values(table: Table, defaults: Defaults) -> list[_Draft]:
    drafts = [_Draft(one, defaults) for one in table.tables("values")]
    drafts.sort(key=lambda draft: draft.valid_from)
    for before, after in pairwise(drafts):
        eve = after.valid_from - timedelta(days=1)
        if before.valid_to != eve:
            raise table.error("values", f"redactions without overlap or gap: the one before must end on {eve}")
    if not drafts:
        raise table.error("values", "at least one redaction")
    return drafts


def _count(table: Table, unit: str) -> tuple[int | None, int, int, str]:
    """The number of the law, or the bounds of the number that the body chooses."""
    if table.has("count"):
        number = table.whole("count")
        return number, number, number, unit
    table.choice("count_from", ("chosen",))
    units = (unit, "months") if unit in ("working_days", "calendar_days") else (unit,)
    least = table.whole("min")
    if not table.has("max"):  # the law names no ceiling
        return None, least, 0, unit
    most = table.whole("max")
    return None, least, most, table.choice("max_unit", units)


def read_redactions(table: Table) -> tuple[date, date | None]:
    """From when until when a value holds; both days included."""
    valid_from = table.day("valid_from")
    valid_to = table.day("valid_to") if table.has("valid_to") else None
    if valid_to and valid_to < valid_from:
        raise table.error("valid_to", f"a day not before {valid_from}")
    return valid_from, valid_to


def read_unsure(table: Table) -> Unsure | None:
    """The days on which it is not certain that the redaction is in force."""
    if not table.has("unsure"):
        return None
    inner = table.table("unsure")
    unsure = Unsure(inner.day("from"), inner.day("to"), inner.choice("status", STATUSES[:-1]))
    inner.done()
    if unsure.until - unsure.since < timedelta():
        raise inner.error("to", f"a day not before {unsure.since}")
    return unsure


def read_source(table: Table, defaults: Defaults) -> Source:
    """Article and status; act, page and day of the check may hold for the whole file."""
    act, url, checked = defaults
    found = Source(
        act=table.text("act") if table.has("act") else act,
        article=table.text("article"),
        url=table.text("url") if table.has("url") else url,
        checked=table.day("checked") if table.has("checked") else checked,
        status=table.choice("status", STATUSES),
    )
    if not found.whole:
        raise table.error("article", 'a source: act, article and https page; act = "house" for a rule of this desk')
    return found
