"""The one statement that finds a body, its registrar and the registrar's post says what the three questions say."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qyzmet.bodies import actions, queries
from qyzmet.text.refusal import Missing
from tests.cast import NOW, SINCE, TODAY, Cast

from .random_city import DAYS, City, cities, day, store

YESTERDAY = TODAY - timedelta(days=1)
pytestmark = pytest.mark.django_db


def agrees(code: str, on: date = TODAY) -> queries.Counter:
    found = queries.counter_of(code, on)
    assert found.body == queries.body_by_code(code)
    person = queries.registrar_of(found.body, on)
    assert found.receiver.person == person
    assert found.receiver.post == (queries.post_in(person, found.body, on) if person else None)
    return found


def test_of_every_body(cast: Cast) -> None:
    found = {code: agrees(code).receiver.person for code in ("city", "dep", "centre", "water", "outside")}
    assert found["water"] == cast.water_registrar
    assert found["outside"] is None


def test_the_first_in_the_alphabet_of_several(cast: Cast) -> None:
    cast.role(cast.administrator, cast.water, "registrar")
    cast.role(cast.colleague, cast.water, "registrar")
    assert agrees("water").receiver.person == cast.colleague
    assert agrees("water").receiver.post == cast.posts["colleague"]


def test_a_post_in_the_body_before_one_elsewhere(cast: Cast) -> None:
    actions.end_role(person=cast.water_registrar, body=cast.water, role="registrar", until=YESTERDAY, at=NOW)
    cast.role(cast.centre_head, cast.water, "registrar")
    assert agrees("water").receiver == (cast.centre_head, cast.posts["centre_head"])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(city=cities(), today=st.integers(0, DAYS))
def test_in_any_city(city: City, today: int) -> None:
    with transaction.atomic():
        for body in store(city)[0]:
            agrees(body.code, day(today))
        transaction.set_rollback(True)


def test_whoever_stands_in_where_nobody_has_the_role_today(cast: Cast) -> None:
    cast.away("water_registrar", substitute="employee")
    assert agrees("water").receiver.person == cast.water_registrar


def test_an_unknown_body(cast: Cast) -> None:
    with pytest.raises(Missing):
        queries.counter_of("nowhere", SINCE)
