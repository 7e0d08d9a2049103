"""The two questions asked on each request, over random cities, against slow answers; and what must never happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.bodies import queries

from .random_city import DAYS, ROLES, City, Slow, cities, day, store

pytestmark = pytest.mark.django_db
many = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
days = st.integers(0, DAYS)


@contextmanager
def forgotten() -> Iterator[None]:
    """Each random city disappears after its example."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@many
@given(city=cities(), today=days)
def test_answers_to_and_below_are_what_the_rule_says_and_mirror_each_other(city: City, today: int) -> None:
    with forgotten():
        _, _, people = store(city)
        slow, number = Slow(city, today), {person.pk: n for n, person in enumerate(people)}
        above = {n: {number[pk] for pk in queries.answers_to(person, day(today))} for n, person in enumerate(people)}
        under = {n: {number[pk] for pk in queries.below(person, day(today))} for n, person in enumerate(people)}
    assert above == {n: slow.answers_to(n) for n in above}
    assert under == {n: {other for other in above if n in above[other]} for n in above}
    assert all(n not in chiefs for n, chiefs in above.items())


@many
@given(city=cities(), today=days)
def test_roles_are_own_ones_and_those_of_absent_holders(city: City, today: int) -> None:
    with forgotten():
        bodies, _, people = store(city)
        slow, number = Slow(city, today), {body.pk: n for n, body in enumerate(bodies)}
        roles = {
            n: {(number[body], role) for body, role in queries.roles_at(person, day(today))}
            for n, person in enumerate(people)
        }
        listed = {
            (n, body, role)
            for body in range(len(bodies))
            for role in ROLES
            for person in queries.persons_with_role(bodies[body], role, day(today))
            for n in [people.index(person)]
        }
    assert roles == {n: slow.roles_at(n) for n in roles}
    assert listed == {(n, body, role) for n, pairs in roles.items() for body, role in pairs}


@many
@given(city=cities(), today=days)
def test_standing_in_gives_nothing_without_an_absence_and_never_more_than_the_holder_has(
    city: City, today: int
) -> None:
    with forgotten():
        bodies, _, people = store(city)
        roles = {n: queries.roles_at(person, day(today)) for n, person in enumerate(people)}
        plain = City(city.bodies, city.posts, city.people, roles=city.roles)
    own = {n: {(bodies[body].pk, role) for body, role in Slow(plain, today).roles_at(n)} for n in roles}
    slow = Slow(city, today)
    for n, pairs in roles.items():
        lenders = {holder for post, name in slow.named if name == n for holder in slow.holders(post)} & slow.away
        assert pairs - own[n] <= set().union(*(own[lender] for lender in lenders))
        if not slow.away:
            assert pairs == own[n]


@settings(many, max_examples=30)
@given(city=cities(), today=days)
def test_few_queries_whatever_the_city(city: City, today: int) -> None:
    with forgotten():
        _, _, people = store(city)
        for person in people:
            for ask, most in ((queries.roles_at, 2), (queries.answers_to, 3)):
                with CaptureQueriesContext(connection) as asked:
                    ask(person, day(today))
                assert len(asked) <= most
