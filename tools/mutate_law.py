"""Changes the law's data in one place at a time and says which change nobody notices: `make mutate-law`.

Every number of a term or quota by one, every unit for another, every source taken away, every first day of a redaction
by a day, every length for which a clock stands on taken away; the closing hour by a minute; every day of the calendar
that is not what the plain week would make it, and the sources of all its days. A change is noticed if the loader
refuses it, or if a review of a procedure it touches finds something.
Arguments: codes of folders; without them, all, the calendar and the closing hour too. Exit 1 if a change survives.
"""

import copy
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from qyzmet.law import KZ, Law, LawError, load
from qyzmet.law.calendar import DayRow
from qyzmet.law.inherit import join
from qyzmet.law.make_procedure import make_procedure
from qyzmet.law.read_calendar import registration_of
from qyzmet.law.read_procedure import Folder, folder_of, read_folder
from qyzmet.law.read_terms import read_terms, terms_of
from qyzmet.law.review import scenarios, shared, sources
from qyzmet.law.table import Table
from qyzmet.law.terms import UNITS

NUMBERS = ("count", "min", "max", "least", "of")
SOURCES = ("article", "act", "url")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class Mutant(NamedTuple):
    """One change: the file, the way to the key, and the new value."""

    file: str
    path: tuple[str | int, ...]
    value: Any

    def __str__(self) -> str:
        return f"{self.file}: {'.'.join(map(str, self.path))} = {self.value!r}"


class Read(NamedTuple):
    """The law as it ships, and what its folders said."""

    law: Law
    folders: dict[str, Folder]
    terms: dict[str, dict[str, dict[str, Any]]]
    chains: dict[str, tuple[str, ...]]


@cache
def shipped() -> Read:
    law = load(KZ)
    folders = {path.parent.name: read_folder(path) for path in sorted(KZ.glob("*/procedure.toml"))}
    terms = {path.parent.name: read_terms(path) for path in sorted(KZ.glob("*/terms.toml"))}
    return Read(law, folders, terms, {code: found.chain for code, found in law.procedures.items()})


def mutants(file: Path) -> Iterator[Mutant]:
    name = "/".join(file.parts[-2:])
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    for path, value in leaves(data):
        key = path[-1]
        dated = "values" in path or "suspensions" in path
        for other in others(str(key), value, dated):
            if not same_days(data, path, other):
                yield Mutant(name, path, other)


def same_days(data: Any, path: tuple[str | int, ...], other: Any) -> bool:
    """One calendar day that moves off a day off is one working day: no date can tell them apart."""
    for step in path[:-1]:
        data = data[step]
    days = {"working_days", "calendar_days"}
    return path[-1] == "unit" and {data["unit"], other} == days and data.get("count") == 1 and rolls(data)


def rolls(value: Any) -> bool:
    wanted = {"first_day": "next", "direction": "forward", "roll": "next_working_day"}
    return all(value.get(key) == form for key, form in wanted.items())


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list) and data and isinstance(data[0], dict):
        for number, value in enumerate(data):
            yield from leaves(value, (*path, number))
    else:
        yield path, data


def others(key: str, value: Any, dated: bool) -> list[Any]:
    """What is put in the place of a value."""
    if key in NUMBERS and isinstance(value, int):
        return [value + 1, value - 1]
    if key == "unit":
        return [unit for unit in UNITS if unit != value]
    if key in SOURCES and value:
        return [""]
    if key == "cutoff":
        moment = datetime.combine(date.min + DAY, value)
        return [(moment + MINUTE).time(), (moment - MINUTE).time()]
    if key == "longer_by":
        return [""]
    if key == "valid_from" and dated:
        return [value + DAY, value - DAY]
    return []


def survives(mutant: Mutant) -> bool:
    code, kind = mutant.file.split("/")
    read, table = shipped(), mutated(KZ / mutant.file, mutant)
    try:
        return not any(noticed(read, one) for one in changed(read, code, kind, table))
    except LawError:
        return False


def mutated(file: Path, mutant: Mutant) -> Table:
    data = copy.deepcopy(tomllib.loads(file.read_text(encoding="utf-8")))
    place: Any = data
    for step in mutant.path[:-1]:
        place = place[step]
    place[mutant.path[-1]] = mutant.value
    return Table(mutant.file, data)


def hours() -> tuple[int, list[str]]:
    """The closing hour, its sources and redactions: every arrival feels them."""
    file = KZ / "registration.toml"
    found = list(mutants(file))
    return len(found), [str(mutant) for mutant in found if not at_once(mutated(file, mutant))]


def at_once(table: Table) -> bool:
    try:
        return unlike(replace(shipped().law, registration=registration_of(table)))
    except LawError:
        return True


def days() -> tuple[int, list[str]]:
    """Each row of the calendar that makes a day other than the plain week would, gone; each source of a row, gone."""
    law, alive, count = shipped().law, [], 0
    for row in law.calendar.rows.values():
        orderless = [row._replace(order="")] if row.order else []
        gone = [plain(row)] if row.shifts else []
        for other in [row._replace(url=""), *orderless, *gone]:
            changed_law = law.with_days([other])
            count += 1
            if not unlike(changed_law):
                alive.append(f"calendar/{row.day.year}.toml: {row.day} = {other.kind} {other.url} {other.order}")
    return count, alive


def plain(row: DayRow) -> DayRow:
    """The day as the plain week makes it."""
    return row._replace(kind="worked" if row.kind == "off" else "off", reason="day_off", instead_of=None)


def unlike(law: Law) -> bool:
    """Whether a day has no source, or a scenario of any procedure no longer holds."""
    return bool(shared(law)) or any(scenarios(law, procedure) for procedure in law.procedures.values())


def changed(read: Read, code: str, kind: str, table: Table) -> Iterator[Any]:
    """The procedures that the changed file touches, made anew."""
    folders, terms = dict(read.folders), dict(read.terms)
    if kind == "terms.toml":
        terms[code] = terms_of(table)
    else:
        folders[code] = folder_of(table, code)
    for other, chain in read.chains.items():
        if code in chain:
            where = read.law.procedures[other].folders
            yield make_procedure(join(other, folders, terms), enable=(), folders=where)


def noticed(read: Read, procedure: Any) -> bool:
    if sources(read.law, procedure):
        return True
    law = replace(read.law, procedures=read.law.procedures | {procedure.code: procedure})
    return bool(scenarios(law, procedure))


def survivors(file: Path) -> tuple[int, list[str]]:
    found = list(mutants(file))
    return len(found), [str(mutant) for mutant in found if survives(mutant)]


def unclean() -> list[str]:
    """Procedures of which a review finds something as they ship: there every change would seem to be noticed."""
    read = shipped()
    found = [code for code, found in read.law.procedures.items() if noticed(read, found)]
    return found + ["calendar, registration"] * bool(shared(read.law))


def main(codes: list[str]) -> int:
    if wrong := unclean():
        print(f"qyzmet law check finds faults before anything is changed: {', '.join(wrong)}")
        return 1
    wanted = [path for name in ("terms", "procedure") for path in sorted(KZ.glob(f"*/{name}.toml"))]
    files = [path for path in wanted if not codes or path.parent.name in codes]
    with ProcessPoolExecutor() as pool:
        apart = [] if codes else [pool.submit(hours), pool.submit(days)]
        results = [*pool.map(survivors, files), *(one.result() for one in apart)]
    alive = [line for _count, lines in results for line in lines]
    print("\n".join([*alive, f"{sum(count for count, _lines in results)} changes, {len(alive)} survive"]))
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
