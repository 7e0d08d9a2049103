"""Loading the law: the shipped folder, over it those of a city. A file of a later folder takes the place of one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from qyzmet.law.calendar import Calendar, DayRow
from qyzmet.law.errors import LawError, UnknownProcedure
from qyzmet.law.inherit import join
from qyzmet.law.make_procedure import make_procedure
from qyzmet.law.procedure import CHAPTERS, Procedure
from qyzmet.law.read_calendar import read_acts, read_calendar, read_registration
from qyzmet.law.read_procedure import Folder, read_folder
from qyzmet.law.read_terms import read_terms
from qyzmet.law.registration import Rules

KZ = Path(__file__).parent / "kz"
"""The shipped folder."""


@dataclass(frozen=True)
class Law:
    """The calendar, the rule of registration and the procedures people can use (abstract ones are left out)."""

    calendar: Calendar
    registration: Rules
    acts: dict[str, tuple[date, ...]]
    """The days on which redactions of an act begin, as far as `acts.toml` knows."""
    procedures: dict[str, Procedure]
    """By code; ordinary, complaint, simplified, then by code."""

    def switched_on(self, code: str) -> "Law":
        """The same law where this procedure's unverified terms and causes decide."""
        found = self.procedure(code)
        terms = {key: replace(term, enabled=True) for key, term in found.terms.items()}
        stops = {key: replace(cause, enabled=True) for key, cause in found.suspensions.items()}
        return replace(self, procedures=self.procedures | {code: replace(found, terms=terms, suspensions=stops)})

    def procedure(self, code: str) -> Procedure:
        """The procedure. UnknownProcedure if there is none."""
        try:
            return self.procedures[code]
        except KeyError:
            known = ", ".join(self.procedures)
            raise UnknownProcedure("unknown_procedure", code=code, known=known) from None

    def with_days(self, rows: Iterable[DayRow]) -> "Law":
        """The same law where these rows lie over the calendar: what an order moved after the files were written."""
        return replace(self, calendar=self.calendar.laid_over(rows))


def load(*folders: Path | str, enable: Collection[str] = ()) -> Law:
    """The law in these folders; a file of a later folder replaces the one of the same relative path.

    `enable`: keys of terms ("key" or "procedure.key") whose `unverified` values may decide here, and of causes that
    may stop a term ("suspensions.key").
    LawError names the file, the key and the allowed form of the first thing that is wrong.
    """
    files = _files([Path(folder) for folder in folders])
    years = [path for name, path in files.items() if name.startswith("calendar/") and name.endswith(".toml")]
    if not years or "registration.toml" not in files:
        raise LawError(str(folders[-1]) if folders else "", "calendar/, registration.toml", "both must be there")
    acts = read_acts(files["acts.toml"]) if "acts.toml" in files else {}
    made = _procedures(files, folders, enable)
    return Law(read_calendar(years), read_registration(files["registration.toml"]), acts, made)


def _files(folders: list[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise LawError(str(folder), "folder", "a folder of law files")
        paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
        files |= {path.relative_to(folder).as_posix(): path for path in paths}
    return files


def _read(files: dict[str, Path]) -> tuple[dict[str, Folder], dict[str, dict[str, dict[str, Any]]]]:
    """What each folder says of its procedure and of its terms."""
    codes = [name.split("/")[0] for name in files if name.endswith("/procedure.toml")]
    read = {code: read_folder(files[f"{code}/procedure.toml"]) for code in codes}
    return read, {code: read_terms(files[f"{code}/terms.toml"]) for code in codes if f"{code}/terms.toml" in files}


def _procedures(
    files: dict[str, Path], folders: tuple[Path | str, ...], enable: Collection[str]
) -> dict[str, Procedure]:
    read, terms = _read(files)
    where = tuple(str(folder) for folder in reversed(folders))
    made = [make_procedure(join(code, read, terms), enable=enable, folders=where) for code in read]
    concrete = [procedure for procedure in made if not procedure.abstract]
    concrete.sort(key=lambda procedure: (CHAPTERS.index(procedure.chapter), procedure.code))
    return {procedure.code: procedure for procedure in concrete}


@lru_cache
def kz(*folders: Path | str) -> Law:
    """The shipped law, under the folders of a city. Read once a process."""
    return load(KZ, *folders)
