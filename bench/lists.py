"""How long the desk's lists take in cities of different size, in one run: p50, p95, and the ratio to the smallest.

python -m bench.lists --kind sqlite --tags 1k,100k [--rounds 3] [--samples 40]

The cities take turns within a round. Every sample asks with another reader, name or number; what is measured is the
query function as a face calls it, with Django's own work, without HTTP. Also: no statement of a list reads a whole
table of cases (EXPLAIN).
"""

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any, NamedTuple

from bench.places import DAY, KINDS, Place, switch

WARM = 3
"""Unmeasured samples of each question at the beginning of a round."""
SMALL = 5000
"""A table of fewer rows may be read whole."""


@dataclass
class Asker:
    """Somebody who uses the desk of this city, with the cases and names asked for."""

    reader: Any
    body: int
    number: str
    name: str
    case: Any


@dataclass
class Cast:
    """Who asks: people who see one whole body, executors, and an administrator of the thirty local bodies."""

    whole: list[Asker]
    executors: list[Asker]
    many: list[Asker]
    spent: list[float] = field(default_factory=list)


def cast(samples: int, seed: int) -> Cast:
    """Busy bodies ask more often, as in life."""
    from bench.cities import town
    from qyzmet.bodies.models import Role
    from qyzmet.cases.models import Case

    chance, where = Random(seed), town()
    homes = _homes(where, chance, samples)
    last = Case.objects.order_by("-id").values_list("id", flat=True)[0]
    whole = [_asker(where.teams[body].registrar, body, last, chance) for body in homes]
    executors = [_asker(chance.choice(where.teams[body].executors), body, last, chance) for body in homes]
    role = Role.objects.filter(role="administrator").select_related("person").first()
    many = [_asker(role.person, body, last, chance) for body in homes[: samples // 2]] if role else []
    return Cast(whole, executors, many)


def _homes(where: Any, chance: Random, samples: int) -> list[int]:
    """Bodies that ask: of the busy ones those with a case to ask for, which in a small city are not all."""
    from qyzmet.cases.models import Case

    filled = set(Case.objects.filter(is_accusation=False).values_list("body", flat=True).distinct())
    weights = [later - sooner for sooner, later in pairwise([0.0, *where.weights])]
    known = [(body, weight) for body, weight in zip(where.busy, weights, strict=True) if body in filled]
    return chance.choices([body for body, _ in known], [weight for _, weight in known], k=samples)


def _asker(person: Any, body: int, last: int, chance: Random) -> Asker:
    """Half of the cases asked for are open, half are any; the name is one that occurs in the body."""
    from qyzmet.cases import queries
    from qyzmet.cases.models import Case

    rows = Case.objects.filter(body=body, is_accusation=False)
    any_one = rows.filter(id__gte=chance.randrange(last)).order_by("id").first() or rows.order_by("id").first()
    open_one = rows.filter(is_open=True).order_by("-id").first()
    assert any_one, body
    asked = open_one if open_one and chance.random() < 0.5 else any_one
    return Asker(queries.reader(person, DAY), body, asked.number, any_one.applicant_fold, asked)


Ask = Callable[[Asker], Any]


def questions() -> dict[str, tuple[str, Ask]]:
    """Question -> who asks it (an attribute of Cast), how."""
    from qyzmet.cases import queries
    from qyzmet.cases.queries import Filter
    from qyzmet.cases.queries.nearest import nearest

    def page(asker: Asker) -> Any:
        return queries.body_queue(asker.reader, limit=50)

    def next_page(asker: Asker) -> Any:
        first = queries.body_queue(asker.reader, limit=50)
        return queries.body_queue(asker.reader, after=first.after, limit=50)

    def days(asker: Asker) -> Any:
        return nearest(asker.reader, queries.body_queue(asker.reader, limit=50).rows)

    return {
        "rights of a reader": ("whole", lambda asker: queries.reader(asker.reader.person, DAY)),
        "body queue, first page": ("whole", page),
        "body queue, two pages": ("whole", next_page),
        "body queue and the term behind each day": ("whole", days),
        "body queue of 30 bodies": ("many", page),
        "overdue": ("whole", lambda asker: queries.body_queue(asker.reader, Filter(overdue=True))),
        "unassigned": ("whole", lambda asker: queries.body_queue(asker.reader, Filter(unassigned=True))),
        "one procedure": ("whole", lambda asker: queries.body_queue(asker.reader, Filter(procedure="suggestion"))),
        "one procedure of 30 bodies": (
            "many",
            lambda asker: queries.body_queue(asker.reader, Filter(procedure="suggestion")),
        ),
        "one state": ("whole", lambda asker: queries.body_queue(asker.reader, Filter(state="curing"))),
        "closed, the newest first": ("whole", lambda asker: queries.body_queue(asker.reader, Filter(closed=True))),
        "closed, still to do": ("whole", lambda asker: queries.body_queue(asker.reader, Filter(after_closing=True))),
        "closed, still to do, of 30 bodies": (
            "many",
            lambda asker: queries.body_queue(asker.reader, Filter(after_closing=True)),
        ),
        "my closed ones, still to do": (
            "executors",
            lambda asker: queries.my_queue(asker.reader, Filter(after_closing=True)),
        ),
        "my queue": ("executors", lambda asker: queries.my_queue(asker.reader)),
        "what I help with": ("executors", lambda asker: queries.helping(asker.reader)),
        "by number": ("whole", lambda asker: queries.look_up(asker.reader, asker.number)),
        "by name, 2 letters": ("whole", lambda asker: queries.look_up(asker.reader, asker.name[:2])),
        "by name, 4 letters": ("whole", lambda asker: queries.look_up(asker.reader, asker.name[:4])),
        "by name, 2 letters, 30 bodies": ("many", lambda asker: queries.look_up(asker.reader, asker.name[:2])),
        "counts": ("whole", lambda asker: queries.counts(asker.reader)),
        "counts of 30 bodies": ("many", lambda asker: queries.counts(asker.reader)),
        "earlier appeals of the person": ("whole", lambda asker: queries.earlier_of(asker.reader, asker.case)),
        "case page": ("whole", lambda asker: queries.case_view(asker.reader, asker.number)),
    }


class Spent(NamedTuple):
    """Milliseconds of one sample on the clock, and of this process's own work (SQLite's is in it, PostgreSQL's not).

    On a machine that others use too, work is what says how a list grows.
    """

    clock: float
    work: float


def measure(ask: Ask, askers: list[Asker]) -> list[Spent]:
    """Of each asker."""
    spent = []
    for asker in askers:
        start, work = time.perf_counter(), time.process_time()
        ask(asker)
        spent.append(Spent((time.perf_counter() - start) * 1000, (time.process_time() - work) * 1000))
    return spent


def run(places: list[Place], rounds: int, samples: int, only: str) -> dict[str, dict[str, list[Spent]]]:
    """Question -> tag -> milliseconds of all samples; the cities take turns."""
    found: dict[str, dict[str, list[Spent]]] = {}
    for number in range(rounds):
        for place in places:
            switch(place)
            people = cast(samples + WARM, seed=number)
            for name, (who, ask) in questions().items():
                if only not in name:
                    continue
                askers = getattr(people, who)
                measure(ask, askers[:WARM])
                found.setdefault(name, {}).setdefault(place.tag, []).extend(measure(ask, askers[WARM:]))
    return found


def scans(place: Place) -> dict[str, list[str]]:
    """Question -> big tables that a statement of it reads whole."""
    switch(place)
    people = cast(2, seed=99)
    big = _big_tables()
    found: dict[str, list[str]] = {}
    for name, (who, ask) in questions().items():
        for asker in getattr(people, who):
            for statement, values in _statements(ask, asker):
                found.setdefault(name, [])
                found[name] += [table for table in _read_whole(statement, values) if table in big]
    return {name: sorted(set(tables)) for name, tables in found.items()}


def _statements(ask: Ask, asker: Asker) -> list[tuple[str, Any]]:
    from django.db import connection

    met: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        met.append((sql, params))
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(note))
        ask(asker)
    return [one for one in met if one[0].lstrip("( ").startswith(("SELECT", "WITH"))]


def _big_tables() -> set[str]:
    from bench.copies import ORDER

    return {model._meta.db_table for model in ORDER if model._default_manager.count() > SMALL}


def _read_whole(statement: str, values: Any) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            return [table for row in cursor.fetchall() if (table := _scanned(row[3], statement))]
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        return list(_seq_scans(cursor.fetchone()[0][0]["Plan"]))


def _scanned(line: str, statement: str) -> str:
    """SQLite names a table by its alias."""
    match = re.match(r"SCAN (\w+)", line)
    if not match:
        return ""
    name = re.search(rf'"(\w+)" {match[1]}\b', statement)
    return name[1] if name else match[1]


def _seq_scans(plan: dict[str, Any]) -> Any:
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for inner in plan.get("Plans", []):
        yield from _seq_scans(inner)


def summary(found: dict[str, dict[str, list[Spent]]], tags: list[str]) -> list[dict[str, Any]]:
    """A row a question and city; ratios are to the smallest city."""
    rows = []
    for name, by_tag in found.items():
        first = by_tag.get(tags[0]) or [Spent(0, 0)]
        for tag in tags:
            if spent := by_tag.get(tag, []):
                clock, work = sorted(one.clock for one in spent), statistics.median(one.work for one in spent)
                p50, p95 = statistics.median(clock), clock[int(len(clock) * 0.95)]
                base, base_work = (statistics.median(kind) or 1 for kind in zip(*first, strict=True))
                rows.append({
                    "question": name, "cases": tag, "p50": p50, "p95": p95, "ratio": p50 / base,
                    "work": work, "work ratio": work / base_work, "n": len(spent),
                })  # fmt: skip
    return rows


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description=__doc__)
    parser.add_argument("--kind", choices=KINDS, default="sqlite")
    parser.add_argument("--tags", default="1k,100k", help="cities, the smallest first; bench.cities fills them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument("--only", default="", help="questions whose name holds this")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    tags = args.tags.split(",")
    places = [Place(args.kind, tag) for tag in tags]
    places[0].enter()
    rows = summary(run(places, args.rounds, args.samples, args.only), tags)
    whole = scans(places[-1])
    if args.json:
        print(json.dumps({"lists": rows, "scans": whole}))
        return
    for row in rows:
        spent = f"p50 {row['p50']:7.1f} ms  p95 {row['p95']:7.1f} ms  x{row['ratio']:.2f}"
        print(f"{row['question']:<40} {row['cases']:>5} {spent}  work {row['work']:6.1f} ms  x{row['work ratio']:.2f}")
    for name, tables in whole.items():
        if tables:
            print(f"reads whole: {name}: {', '.join(tables)}")


if __name__ == "__main__":
    main()
