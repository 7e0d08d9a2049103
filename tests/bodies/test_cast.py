"""The cast itself, and the small facts every other test leans on."""

from __future__ import annotations

from qyzmet.bodies import actions, queries
from tests.cast import NOW, SINCE, TODAY, Cast


def names(made: Cast, ids: frozenset[int]) -> set[str]:
    shorts = {"registrar", "executor", "approver", "head"}
    return {name for name, person in made.people.items() if person.pk in ids and name not in shorts}


def test_everybody_answers_to_the_chain_of_heads(cast: Cast) -> None:
    assert names(cast, queries.answers_to(cast.employee, TODAY)) == {"centre_head", "dep_head", "city_head"}
    assert names(cast, queries.answers_to(cast.registrar, TODAY)) == {"dep_head", "city_head"}
    assert names(cast, queries.answers_to(cast.city_head, TODAY)) == set()


def test_below_the_head_of_the_centre_are_its_people_and_the_administrator(cast: Cast) -> None:
    below = names(cast, queries.below(cast.centre_head, TODAY))
    assert below == {"centre_registrar", "centre_executor", "centre_approver", "employee", "administrator"}


def test_an_administrator_of_every_body_answers_to_every_head(cast: Cast) -> None:
    above = names(cast, queries.answers_to(cast.administrator, TODAY))
    assert above == {"centre_head", "dep_head", "city_head", "water_head", "outside_head"}


def test_an_acting_chief_is_above_and_still_below_the_absent_one(cast: Cast) -> None:
    cast.away("centre_head", substitute="centre_executor")
    assert cast.centre_executor.pk in queries.answers_to(cast.employee, TODAY)
    assert cast.centre_head.pk in queries.answers_to(cast.employee, TODAY)
    assert cast.centre_head.pk in queries.answers_to(cast.centre_executor, TODAY)
    assert cast.centre_executor.pk not in queries.answers_to(cast.centre_head, TODAY)


def test_a_vacant_chief_is_passed_over(cast_no_outside: Cast) -> None:
    cast = cast_no_outside
    actions.release(post=cast.posts["centre_head"], person=cast.centre_head, until=SINCE, at=NOW)
    assert names(cast, queries.answers_to(cast.employee, TODAY)) == {"dep_head", "city_head"}
