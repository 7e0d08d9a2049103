"""Reading `procedure.toml`: what one folder says, which may be only what differs from the procedure it extends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qyzmet.law.procedure import BEGINS, CHAPTERS, OFFERED, ROLES, WHEN
from qyzmet.law.read_terms import Defaults, read_source
from qyzmet.law.statuses import STATUSES
from qyzmet.law.table import Table
from qyzmet.law.terms import Source
from qyzmet.law.words import Words

GROUNDS = (
    "defects",
    "return_grounds",
    "no_return_grounds",
    "termination_grounds",
    "withdrawal_grounds",
    "extension_grounds",
    "recusal_grounds",
    "restoration_grounds",
    "hearing_exemptions",
    "offences",
    "bars",
    "rights",
    "contents",
    "refusal_grounds",
    "duties",
)
SECTIONS = ("states", "steps", "outcomes", "decision", *GROUNDS, "suspensions", "quotas")
Entry = dict[str, Any]
Reader = Callable[[Table, str], Any]


def _who(table: Table, key: str) -> tuple[str, ...]:
    names = table.names(key)
    if not names or not set(names) <= set(ROLES):
        raise table.error(key, "a list of: " + ", ".join(ROLES))
    return names


def _status(table: Table, key: str) -> str:
    return table.choice(key, STATUSES)


_SOURCE: dict[str, Reader] = {"act": Table.text, "article": Table.text, "url": Table.text, "checked": Table.day}
_SOURCE |= {"status": _status}
FORMS: dict[str, dict[str, Reader]] = {
    "states": {
        "name": Table.words,
        "open": Table.flag,
        "waits": lambda table, key: table.choice(key, ("body", "applicant", "none")),
    },
    "steps": {
        "name": Table.words,
        "from": Table.names,
        "to": Table.text,
        "also": Table.names,
        "who": _who,
        "starts": Table.names,
        "ends": Table.names,
        "letter": Table.text,
        "public": Table.flag,
        "plain": Table.flag,
        "not_while": Table.names,
        **_SOURCE,
    },
    "outcomes": {
        "name": Table.words,
        "adverse": lambda table, key: table.choice(key, ("yes", "no", "depends")),
        **_SOURCE,
    },
    "suspensions": {
        "name": Table.words,
        "terms": Table.names,
        "begins": Table.names,
        "ends": Table.names,
        "same_as": Table.text,
        "longer_by": Table.text,
        "valid_from": Table.day,
        "valid_to": Table.day,
        "note": Table.words,
        **_SOURCE,
    },
    "quotas": {"name": Table.words, "least": Table.whole, "of": Table.whole, **_SOURCE},
    "decision": {
        "name": Table.words,
        "outcomes": Table.names,
        "when": lambda table, key: table.choice(key, WHEN),
        **_SOURCE,
    },
} | {section: {"name": Table.words, **_SOURCE} for section in GROUNDS}
"""Section -> key of an entry -> how it is read."""


@dataclass
class Folder:
    """What one folder says of its procedure, before it is joined with the one it extends."""

    file: str
    code: str
    extends: str | None
    abstract: bool
    offered: tuple[str, ...]
    chapter: str
    begins: str | None
    """None: as the procedure it extends, or an applicant."""
    name: Words
    definition: Words
    everyday: Words
    source: Source
    without: dict[str, tuple[str, ...]]
    """Section (or "terms") -> codes that are taken away from what is inherited."""
    sections: dict[str, dict[str, Entry]] = field(default_factory=dict)


def read_folder(path: Path) -> Folder:
    """One `procedure.toml`. LawError names the file, the key and what is allowed there."""
    return folder_of(Table.of(path), path.parent.name)


def folder_of(table: Table, name: str) -> Folder:
    """The same from the table of a file in a folder of this name."""
    code = table.text("code")
    if code != name:
        raise table.error("code", f'"{name}", as the folder is called')
    defaults = table.text("act"), table.text("url"), table.day("checked")
    folder = Folder(
        file=table.file,
        code=code,
        extends=table.text("extends") if table.has("extends") else None,
        abstract=table.flag("abstract") if table.has("abstract") else False,
        offered=_offered(table),
        chapter=table.choice("chapter", CHAPTERS),
        begins=table.choice("begins", BEGINS) if table.has("begins") else None,
        name=table.words("name"),
        definition=table.words("definition"),
        everyday=table.words("everyday") if table.has("everyday") else {},
        source=read_source(table, defaults),
        without=_without(table),
    )
    for section in SECTIONS:
        folder.sections[section] = _section(table, section, defaults)
    table.done(("extends", "abstract", "begins", "offered", "everyday", "without", *SECTIONS))
    return folder


def _offered(table: Table) -> tuple[str, ...]:
    """Where it may be chosen; everywhere, if the file does not say."""
    if not table.has("offered"):
        return OFFERED
    names = table.names("offered")
    if not set(names) <= set(OFFERED):
        raise table.error("offered", "a list of: " + ", ".join(OFFERED))
    return names


def _without(table: Table) -> dict[str, tuple[str, ...]]:
    if not table.has("without"):
        return {}
    inner = table.table("without")
    found = {section: inner.names(section) for section in (*SECTIONS, "terms") if inner.has(section)}
    inner.done((*SECTIONS, "terms"))
    return found


def _section(table: Table, section: str, defaults: Defaults) -> dict[str, Entry]:
    if not table.has(section):
        return {}
    inner = table.table(section)
    return {code: _entry(inner.table(code), FORMS[section], defaults) for code in inner.keys()}  # noqa: SIM118


def _entry(table: Table, form: dict[str, Reader], defaults: Defaults) -> Entry:
    """The keys that are there. Act, page and day of the file go with an article that this file names."""
    entry: Entry = {key: read(table, key) for key, read in form.items() if table.has(key)}
    table.done(tuple(form))
    if "article" in entry:
        entry = {"act": defaults[0], "url": defaults[1], "checked": defaults[2], **entry}
        if not Source(entry["act"], entry["article"], entry["url"], entry["checked"], "").whole:
            raise table.error("article", 'a source: act, article and https page; act = "house" for a rule of this desk')
    return entry
