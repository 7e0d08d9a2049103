"""Fills a database with a city of many cases: 85 bodies, about 400 people, cases as the actions write them.

python -m bench.cities --kind sqlite --cases 100k [--open 0.15] [--drop]

A few dozen cases are told by the real actions; the others are copies of them with numbers, applicants, bodies, people,
dates, deadlines and a chained journal of their own. It goes on where it was stopped.
"""

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from bench.places import DAY, KINDS, NOW, Place, size_of

CHUNK = 1000
MANY = 20_000
"""So many new cases are written into tables without indexes."""
SAY = 10_000
FIRST = date(2022, 1, 10)
"""No closed case is older."""
OPEN_WEEKS = 5
"""Open cases were filed within so many weeks, the more the later."""
OPEN = 0.15
SEED = 2026


class Office(NamedTuple):
    """A body with what its copies need."""

    pk: int
    code: str
    names_json: str


@dataclass
class Town:
    """Bodies that work cases, with their people, how busy they are, and who may not see accusations of their heads."""

    teams: dict[int, Any]
    offices: dict[int, Office]
    above: dict[int, int]
    posts: dict[int, int]
    barred: dict[int, frozenset[int]]
    busy: list[int]
    weights: list[float]


def town() -> Town:
    """Read the city that the demo has made."""
    from bench.stories import team
    from qyzmet.bodies import queries as bodies

    every = bodies.every_body()
    teams = {body.pk: found for body in every if (found := team(body, DAY))}
    above, posts, barred = {}, {}, {}
    for pk, one in teams.items():
        superior = bodies.superior_of(one.body)
        head = next((post for post in bodies.posts_held(one.head, DAY) if post.is_head and post.body_id == pk), None)
        decider = bodies.deciding_body(head, DAY) if head else None
        if superior and superior.pk in teams and decider and decider.pk == superior.pk and head:
            above[pk], posts[pk] = superior.pk, head.pk
            barred[pk] = bodies.below(one.head, DAY) | {one.head.pk}
    busy = sorted(above)
    Random(SEED).shuffle(busy)
    weights = list(accumulate(1 / (rank + 2) ** 0.8 for rank in range(len(busy))))
    offices = {pk: Office(pk, one.body.code, json.dumps(one.body.names)) for pk, one in teams.items()}
    return Town(teams, offices, above, posts, barred, busy, weights)


class Tale(NamedTuple):
    """A told case and by how many weeks its copies may be moved, the earliest first."""

    told: Any
    weeks: list[int]


def tell(where: Town) -> None:
    """Tell every story on three days of a week, in two languages, at the busiest body with two executors."""
    from bench.stories import MONDAY, STORIES, Scene

    home, above, other = _stage(where)
    for day, lang in ((0, "kk"), (2, "ru"), (4, "kk")):
        for story in STORIES:
            scene = Scene(home, above, other, MONDAY + timedelta(days=day, hours=day), lang)
            story.tell(scene)


def _stage(where: Town) -> tuple[Any, Any, Any]:
    """Three bodies that share nobody."""
    full = [pk for pk in where.busy if len({person.pk for _, person in where.teams[pk].people()}) == 5]
    for pk in full:
        above = where.above[pk]
        other = next((one for one in full if one not in (pk, above)), None)
        if above in where.teams and other:
            return where.teams[pk], where.teams[above], where.teams[other]
    raise SystemExit("no body of the demo city has the people to tell a story")


def tales(where: Town) -> list[list[Tale]]:
    """For each story its told cases."""
    from bench.copies import Told
    from bench.stories import STORIES
    from qyzmet.cases.models import Case

    cast = dict(zip(("home", "above", "other"), _stage(where), strict=True))
    people = {person.pk: f"{part}.{name}" for part, team in cast.items() for name, person in team.people()}
    bodies = {team.body.pk: part for part, team in cast.items()}
    codes = {team.body.code: part for part, team in cast.items()}
    told = [Told(case, people, bodies, codes) for case in Case.objects.order_by("id")[: 3 * len(STORIES)]]
    return [[_tale(one) for one in told[n :: len(STORIES)]] for n in range(len(STORIES))]


def _tale(told: Any) -> Tale:
    """Open cases are of the last weeks; no closed one is older than FIRST, or ends after DAY."""
    last = (DAY - told.last.date()).days // 7
    first = last - OPEN_WEEKS + 1 if told.case.is_open else -((told.case.registered_on - FIRST).days // 7)
    return Tale(told, [week for week in range(first, last + 1) if told.fits(week)])


class Maker:
    """Makes copies; copy number n of a city is always the same."""

    def __init__(self, where: Town, cases: int, share: float) -> None:
        from bench.people import Applicants
        from bench.stories import STORIES

        self.town, self.applicants = where, Applicants()
        self.closed, self.open = int(cases * (1 - share)), cases - int(cases * (1 - share))
        self.crowd = max(400, cases // 3)
        self.tales = tales(where)
        self.moved: dict[tuple[int, int], Any] = {}
        self.kinds = {
            True: [n for n, story in enumerate(STORIES) if story.open],
            False: [n for n, story in enumerate(STORIES) if not story.open],
        }
        self.shares = {
            known: list(accumulate(STORIES[n].share for n in numbers)) for known, numbers in self.kinds.items()
        }

    def copy(self, number: int) -> tuple[Any, Any]:
        """A moved case and what this copy has for itself."""
        chance = Random(SEED * 1_000_003 + number)
        known = number >= self.closed
        story = chance.choices(self.kinds[known], cum_weights=self.shares[known])[0]
        tale = chance.choice(self.tales[story])
        moved = self._moved(tale.told, tale.weeks[self._week(number, len(tale.weeks), chance)])
        return moved, self._own(number, chance, moved)

    def _week(self, number: int, weeks: int, chance: Random) -> int:
        """Cases stand in the order of time, as in a desk that was used; every year brings more than the one before."""
        if number < self.closed:
            place = (number / self.closed) ** 0.7 * weeks + chance.random() * 4 - 2
        else:
            place = (1 - (1 - (number - self.closed) / self.open) ** 1.5) * weeks
        return min(max(int(place), 0), weeks - 1)

    def _moved(self, told: Any, weeks: int) -> Any:
        from bench.copies import Moved

        key = (told.case.pk, weeks)
        if key not in self.moved:
            self.moved[key] = Moved(told, weeks)
        return self.moved[key]

    def _own(self, number: int, chance: Random, moved: Any) -> Any:
        from bench.changes import Own
        from qyzmet.text import codes

        town = self.town
        home = chance.choices(town.busy, cum_weights=town.weights)[0]
        places = {"home": home, "above": town.above[home], "other": chance.choice(town.busy)}
        people = {f"{part}.{name}": pk for part, body in places.items() for name, pk in self._cast(body, chance)}
        random = hashlib.sha256(f"copy {number}".encode()).digest()
        year = (moved.told.case.registered_on + moved.span).year
        accuses = moved.told.case.is_accusation
        return Own(
            number=codes.case_number(year, (number * 0x9E3779B97F % 2**40).to_bytes(5, "big")),
            code_hash=random.hex(),
            applicant=self.applicants.person(int(self.crowd * chance.random() ** 1.5)),
            people=people,
            bodies={part: town.offices[pk] for part, pk in places.items()},
            accused_post=town.posts[home],
            barred=town.barred[home] if accuses else frozenset(),
            random=random,
        )

    def _cast(self, body: int, chance: Random) -> list[tuple[str, int]]:
        """The people of a body; any of its executors may be the first."""
        team = self.town.teams[body]
        first, second = chance.sample(team.executors, 2)
        fixed = [("registrar", team.registrar.pk), ("approver", team.approver.pk), ("head", team.head.pk)]
        return [*fixed, ("executor0", first.pk), ("executor1", second.pk)]


def prepare() -> None:
    """Tables, and the city with the told cases, unless they are there."""
    from django.conf import settings
    from django.db import transaction

    from bench.writing import hurry
    from qyzmet.cases.models import Case
    from qyzmet.cli.demo import city
    from qyzmet.cli.migrate import migrate

    migrate(verbosity=0)
    hurry()
    city.fill(at=NOW, folder=settings.DATA)
    if not Case.objects.exists():
        with transaction.atomic():
            tell(town())


def fill(cases: int, share: float) -> None:
    """As many cases as asked for; those that are there are kept."""
    from bench.copies import rows_of
    from bench.writing import Writer, bare_tables, settle
    from qyzmet.cases.models import Case

    prepare()
    there, writer = Case.objects.count(), Writer()
    if there >= cases:
        settle(writer)
        return
    maker = Maker(town(), cases, share)
    if cases - there >= MANY:
        bare_tables(writer.models)
    begun = time.monotonic()
    for start in range(there, cases, CHUNK):
        rows: dict[Any, list[list[Any]]] = {model: [] for model in writer.models}
        for number in range(start, min(start + CHUNK, cases)):
            moved, own = maker.copy(number)
            own.ids = writer.ids(moved, len(own.barred))
            for model, row in rows_of(moved, own):
                rows[model].append(row)
        writer.write(rows)
        _say(start, cases, there, begun)
    settle(writer)


def _say(start: int, cases: int, there: int, begun: float) -> None:
    done = min(start + CHUNK, cases)
    if done // SAY > start // SAY or done == cases:
        rate = (done - there) / (time.monotonic() - begun)
        print(f"{done:>9,} of {cases:,} cases, {rate:,.0f} a second", file=sys.stderr, flush=True)


def census() -> dict[str, Any]:
    """What is in the database."""
    from bench.copies import ORDER
    from qyzmet.bodies import queries as bodies
    from qyzmet.bodies.models import Person
    from qyzmet.cases.models import Case

    states = Counter(dict(Case.objects.filter(is_open=True).values_list("state").annotate(n=_count())))
    return {
        "bodies": len(bodies.every_body()),
        "people": Person.objects.count(),
        "open": sum(states.values()),
        "overdue": Case.objects.filter(is_open=True, act_on__lt=DAY).count(),
        "accusations": Case.objects.filter(is_accusation=True).count(),
        "busiest body": max(Case.objects.values_list("body").annotate(n=_count()).values_list("n", flat=True)),
        "rows": {model.__name__: model._default_manager.count() for model in ORDER},
        "states": dict(states),
    }


def _count() -> Any:
    from django.db.models import Count

    return Count("id")


def main() -> None:
    """Fill, and say what is there."""
    parser = argparse.ArgumentParser(prog="python -m bench.cities", description=__doc__)
    parser.add_argument("--kind", choices=KINDS, default="sqlite")
    parser.add_argument("--cases", default="1k", help="1k, 100k, 1m")
    parser.add_argument("--open", type=float, default=OPEN, help="share of open cases")
    parser.add_argument("--tag", default="", help="name of the database after qyzmet_bench_; default: --cases")
    parser.add_argument("--drop", action="store_true", help="throw the database away instead")
    args = parser.parse_args()
    place = Place(args.kind, args.tag or args.cases)
    if args.drop:
        place.drop()
        return
    place.make()
    place.enter()
    fill(size_of(args.cases), args.open)
    print(json.dumps({"bytes": place.size(), **census()}, indent=1))


if __name__ == "__main__":
    main()
