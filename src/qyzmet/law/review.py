"""What a lawyer's second look finds: sources, days of redactions, examples and letters of a procedure. Pure."""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from qyzmet.law.errors import LawError
from qyzmet.law.examples import Example, examples, meetings
from qyzmet.law.letters import letter_text
from qyzmet.law.load import Law
from qyzmet.law.procedure import Procedure
from qyzmet.law.read_procedure import GROUNDS
from qyzmet.law.sentences import say
from qyzmet.law.terms import Source
from qyzmet.law.words import LANGS

AT_LEAST = 12
"""Examples a procedure is to have."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: in which file, under which key, and what."""

    file: str
    key: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def said(self, lang: str) -> str:
        """The finding in words; files and keys stay as they are."""
        return f"{self.file}: {self.key} - {say('finding', self.code, lang, **self.values)}"


def review(law: Law, procedure: Procedure) -> list[Finding]:
    """Everything found in one procedure, what it inherits included. The loader has checked states and paths already."""
    return [*sources(law, procedure), *scenarios(law, procedure), *letters(procedure)]


def shared(law: Law) -> list[Finding]:
    """What every procedure counts with: days that nobody can look up, redactions of the hour from a wrong day on."""
    found = []
    for row in law.calendar.rows.values():
        if not row.url.startswith("https://") or (row.reason == "moved" and not row.order):
            found.append(Finding(f"calendar/{row.day.year}.toml", f"day {row.day}", "day_source"))
    for number, hour in enumerate(law.registration.hours, 1):
        found += _begins(law, "registration.toml", f"values[{number}]", hour.source.act, hour)
    return found


def sources(law: Law, procedure: Procedure) -> list[Finding]:
    """Terms and parts without a source; redactions that begin on a day on which no redaction of their act does."""
    file, found = f"{procedure.code}/terms.toml", []
    for term in procedure.terms.values():
        for number, value in enumerate(term.values, 1):
            key = f"terms.{term.key}.values[{number}]"
            if not value.source.whole:
                found.append(Finding(file, key, "no_source"))
            found += _begins(law, file, key, value.source.act, value)
    parts = f"{procedure.code}/procedure.toml"
    for key, source in _parts(procedure):
        if not source.whole:
            found.append(Finding(parts, key, "step_source"))
    for cause in procedure.suspensions.values():
        found += _begins(law, parts, f"suspensions.{cause.code}", cause.source.act, cause)
    return found


def _begins(law: Law, file: str, key: str, act: str, dated: Any) -> list[Finding]:
    days = law.acts.get(act)
    if days is None or dated.valid_from in days:
        return []
    known = ", ".join(day.isoformat() for day in days)
    return [Finding(file, key, "act_day", {"act": act, "day": dated.valid_from.isoformat(), "known": known})]


def _parts(procedure: Procedure) -> list[tuple[str, Source]]:
    sections = ("steps", "outcomes", "suspensions", "quotas", *GROUNDS)
    return [("article", procedure.source)] + [
        (f"{section}.{code}", part.source) for section in sections for code, part in getattr(procedure, section).items()
    ]


def scenarios(law: Law, procedure: Procedure) -> list[Finding]:
    """Examples that do not hold, and too few of them."""
    file = f"{procedure.code}/examples.toml"
    try:
        ours = examples(procedure)
    except LawError as error:
        return [Finding(error.file, error.key, "few_examples", {"count": 0, "least": AT_LEAST})]
    found = [_failing(law, file, number, example) for number, example in enumerate(ours, 1) if not example.holds(law)]
    for number, one in enumerate(meetings(procedure), 1):
        quota = procedure.quotas.get(one.quota)
        if quota is None or quota.met(one.present, one.everybody) != one.enough:
            values = {"says": one.says["kk"], "wanted": one.enough, "found": not one.enough}
            found.append(Finding(file, f"meeting[{number}]", "example_fails", values))
    if len(ours) < AT_LEAST:
        found.append(Finding(file, "example", "few_examples", {"count": len(ours), "least": AT_LEAST}))
    return found


def _failing(law: Law, file: str, number: int, example: Example) -> Finding:
    wanted = example.error or " ".join(
        str(part) for part in (example.due_on, example.due_at, example.status) if part is not None
    )
    try:
        answer = example.answer(law)
        said = f"{answer.due.at or answer.due.on} {answer.due.status} ({answer.registration.on})"
    except LawError as error:
        said = getattr(error, "code", str(error))
    values = {"says": example.says["kk"], "wanted": wanted, "found": said}
    return Finding(file, f"example[{number}]", "example_fails", values)


def letters(procedure: Procedure) -> list[Finding]:
    """Letters of steps that lack a language, or a placeholder, or use one nobody fills."""
    known = catalogue(procedure.folders)
    every = frozenset(name for entry in known.values() for name in entry)
    found = []
    for code in sorted({step.letter for step in procedure.steps.values() if step.letter}):
        for lang in LANGS:
            file = f"{procedure.code}/letters/{code}.{lang}.txt"
            try:
                used = letter_text(procedure, code, lang).placeholders
            except LawError as error:
                found.append(Finding(error.file, error.key, "letter_missing", {"lang": lang}))
                continue
            if unknown := used - known.get(code, every):
                found.append(Finding(file, "{}", "unknown_placeholder", {"names": ", ".join(sorted(unknown))}))
            if missing := known.get(code, frozenset()) - used:
                found.append(Finding(file, "{}", "missing_placeholder", {"names": ", ".join(sorted(missing))}))
    return found


@lru_cache(maxsize=16)
def catalogue(folders: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Letter -> the placeholders it uses, from the `letters.toml` of the folders; the folder that wins is first."""
    found: dict[str, frozenset[str]] = {}
    for folder in reversed(folders):
        path = Path(folder, "letters.toml")
        if path.is_file():
            entries = tomllib.loads(path.read_text(encoding="utf-8"))
            found |= {code: frozenset(entry.get("placeholders", ())) for code, entry in entries.items()}
    return found
