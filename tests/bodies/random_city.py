"""Random small cities as plain data, the same city in the database, and slow answers computed from the data alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from qyzmet.bodies.models import Absence, Appointment, Body, Person, Post, Role, Substitution

FIRST = date(2026, 3, 1)
DAYS = 4
AT = datetime(2026, 3, 1, tzinfo=UTC)
ROLES = ("registrar", "executor", "approver", "head", "administrator")
Span = tuple[int, int | None]


@dataclass
class City:
    """Everything by number; a span is (first day, last day or None)."""

    bodies: list[int | None]
    posts: list[tuple[int, bool, int | None]]
    people: int
    held: list[tuple[int, int, Span]] = field(default_factory=list)
    roles: list[tuple[int, int, str, Span]] = field(default_factory=list)
    away: list[tuple[int, Span]] = field(default_factory=list)
    standing: list[tuple[int, int, Span]] = field(default_factory=list)


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Trees and no trees: cycles, missing heads, superiors in other bodies, vacant posts, people without posts."""
    bodies, people = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    superiors = [draw(st.none() | st.integers(0, bodies - 1).filter(lambda s, b=b: s != b)) for b in range(bodies)]
    posts: list[tuple[int, bool, int | None]] = []
    headed: set[int] = set()
    count = draw(st.integers(0, 9))
    for number in range(count):
        body = draw(st.integers(0, bodies - 1))
        is_head = body not in headed and draw(st.booleans())
        headed |= {body} if is_head else set()
        above = draw(st.none() | st.integers(0, count - 1).filter(lambda s, n=number: s != n))
        posts.append((body, is_head, above))
    city = City(superiors, posts, people)
    person = st.integers(0, people - 1)
    for post in range(count):
        city.held += [(post, draw(person), span) for span in draw(apart())]
        city.standing += [(post, draw(person), span) for span in draw(apart())]
    role = st.tuples(person, st.integers(0, bodies - 1), st.sampled_from(ROLES), spans)
    city.roles = draw(st.lists(role, max_size=6, unique_by=lambda row: row[:3]))
    city.away = draw(st.lists(st.tuples(person, spans), max_size=6))
    return city


spans = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(
    lambda pair: (min(pair), max(pair) if max(pair) < DAYS else None)
)


def apart() -> st.SearchStrategy[list[Span]]:
    """No span, one, or two that share no day."""
    return st.sampled_from([[], [(0, None)], [(0, None)], [(0, 1), (2, None)], [(1, 2)], [(0, 0), (3, 3)], [(2, None)]])


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def dates(span: Span) -> dict[str, date | None]:
    return {"since": day(span[0]), "until": None if span[1] is None else day(span[1])}


def store(city: City) -> tuple[list[Body], list[Post], list[Person]]:
    """The city in the database, cycles and all (the actions would refuse some of it)."""
    named = {"name_kk": "а", "name_ru": "а", "name_en": "a", "added_at": AT}
    bodies = Body.objects.bulk_create(Body(code=f"b{n}", kind="local", **named) for n in range(len(city.bodies)))
    people = Person.objects.bulk_create(
        Person(login=f"p{n}", surname="А", given="Б", added_at=AT) for n in range(city.people)
    )
    posts = Post.objects.bulk_create(
        Post(code=f"t{n}", body=bodies[body], is_head=head, **named) for n, (body, head, _) in enumerate(city.posts)
    )
    for n, body_above in enumerate(city.bodies):
        bodies[n].superior = None if body_above is None else bodies[body_above]
    for n, (_, _, post_above) in enumerate(city.posts):
        posts[n].superior = None if post_above is None else posts[post_above]
    Body.objects.bulk_update(bodies, ["superior"])
    Post.objects.bulk_update(posts, ["superior"])
    Appointment.objects.bulk_create(
        Appointment(post=posts[post], person=people[person], noted_at=AT, **dates(span))
        for post, person, span in city.held
    )
    Role.objects.bulk_create(
        Role(person=people[person], body=bodies[body], role=role, noted_at=AT, **dates(span))
        for person, body, role, span in city.roles
    )
    Absence.objects.bulk_create(
        Absence(person=people[person], kind="leave", noted_at=AT, **dates(span)) for person, span in city.away
    )
    Substitution.objects.bulk_create(
        Substitution(post=posts[post], substitute=people[person], noted_at=AT, **dates(span))
        for post, person, span in city.standing
    )
    return bodies, posts, people


class Slow:
    """What should be answered on one day, by the words of the rule and with nothing but loops."""

    def __init__(self, city: City, today: int) -> None:
        def true(span: Span) -> bool:
            return today in range(span[0], DAYS + 1 if span[1] is None else span[1] + 1)

        self.city = city
        self.held = {(post, person) for post, person, span in city.held if true(span)}
        self.roles = {(person, body, role) for person, body, role, span in city.roles if true(span)}
        self.away = {person for person, span in city.away if true(span)}
        self.named = {(post, person) for post, person, span in city.standing if true(span)}

    def holders(self, post: int) -> set[int]:
        return {person for held, person in self.held if held == post}

    def acting(self, post: int) -> set[int]:
        found = set()
        for named, person in self.named:
            others = self.holders(post) - {person}
            if named == post and (others & self.away or not self.holders(post)):
                found.add(person)
        return found

    def roles_at(self, person: int) -> set[tuple[int, str]]:
        found = {(body, role) for who, body, role in self.roles if who == person}
        for post, substitute in self.named:
            if substitute == person:
                body = self.city.posts[post][0]
                lenders = (self.holders(post) & self.away) - {person}
                found |= {(body, role) for who, where, role in self.roles if who in lenders and where == body}
        return found

    def answers_to(self, person: int) -> set[int]:
        own = {post for post, holder in self.held if holder == person}
        starts = {("post", post) for post in own}
        starts |= {("post", post) for post, _ in self.named if person in self.acting(post)}
        starts |= {("body", body) for who, body, _ in self.roles if who == person}
        found: set[int] = set()
        for kind, number in self._reached(starts):
            if kind == "post" and number not in own:
                found |= self.holders(number) | self.acting(number)
        return found - {person}

    def _reached(self, starts: set[tuple[str, int]]) -> set[tuple[str, int]]:
        reached: set[tuple[str, int]] = set()
        todo = list(starts)
        while todo:
            for step in self._steps(*todo.pop()):
                if step not in reached:
                    reached.add(step)
                    todo.append(step)
        return reached

    def _steps(self, kind: str, number: int) -> list[tuple[str, int]]:
        if kind == "post":
            body, _, superior = self.city.posts[number]
            return [("body", body)] + ([] if superior is None else [("post", superior)])
        superior = self.city.bodies[number]
        heads = [("post", post) for post, (body, head, _) in enumerate(self.city.posts) if head and body == number]
        return heads + ([] if superior is None else [("body", superior)])
