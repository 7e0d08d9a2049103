"""Seats, heads, bodies that decide, search, keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.bodies import actions, queries
from qyzmet.bodies.models import Body, Person
from qyzmet.text.fold import sort_key
from qyzmet.text.refusal import Missing
from tests.cast import NOW, TODAY, Cast

TOMORROW = TODAY + timedelta(days=1)


def test_seats_of_a_body_in_three_queries(cast: Cast) -> None:
    cast.away("dep_head", substitute="executor")
    with CaptureQueriesContext(connection) as asked:
        seats = queries.posts_of(cast.dep, TODAY)
    assert len(asked) == 3
    assert seats[0] == (cast.posts["dep_head"], cast.head, cast.executor)
    assert {seat.holder for seat in seats[1:]} == {cast.registrar, cast.executor, cast.approver, cast.colleague}
    assert queries.posts_held(cast.executor, TODAY) == [cast.posts["dep_executor"]]


def test_the_head_is_the_substitute_while_the_holder_is_away(cast: Cast) -> None:
    assert queries.head_of(cast.dep, TODAY) == cast.head
    cast.away("dep_head", substitute="approver", until=TODAY)
    assert queries.head_of(cast.dep, TODAY) == cast.approver
    assert queries.head_of(cast.dep, TOMORROW) == cast.head


def test_an_absent_head_without_a_substitute_stays_the_head(cast: Cast) -> None:
    cast.away("dep_head")
    assert queries.head_of(cast.dep, TODAY) == cast.head


def test_the_acting_head_of_a_vacant_post_heads_but_has_no_rights_from_it(cast: Cast) -> None:
    actions.release(post=cast.posts["dep_head"], person=cast.head, until=TODAY - timedelta(days=1), at=NOW)
    assert queries.head_of(cast.dep, TODAY) is None
    actions.name_substitute(post=cast.posts["dep_head"], substitute=cast.approver, since=TODAY, at=NOW)
    assert queries.head_of(cast.dep, TODAY) == cast.approver
    assert (cast.dep.pk, "head") not in queries.roles_at(cast.approver, TODAY)
    assert cast.approver.pk in queries.answers_to(cast.executor, TODAY)


def test_a_substitute_gets_only_what_the_holder_has_in_that_body(cast: Cast) -> None:
    cast.role(cast.head, cast.water, "approver")
    cast.away("dep_head", substitute="executor")
    assert queries.roles_at(cast.executor, TODAY) == {(cast.dep.pk, "executor"), (cast.dep.pk, "head")}
    assert queries.persons_with_role(cast.dep, "head", TODAY) == sorted(
        [cast.head, cast.executor], key=lambda person: person.name_key
    )


def test_the_body_above_decides_and_never_one_headed_by_the_accused(cast: Cast) -> None:
    assert queries.deciding_body(cast.centre_head, TODAY) == cast.dep
    assert queries.deciding_body(cast.posts["centre_head"], TODAY) == cast.dep
    assert queries.deciding_body(cast.employee, TODAY) == cast.dep
    assert queries.deciding_body(cast.dep_head, TODAY) == cast.city
    cast.away("city_head", substitute="dep_head", until=TODAY)
    assert queries.deciding_body(cast.dep_head, TODAY) == cast.outside
    assert queries.deciding_body(cast.dep_head, TOMORROW) == cast.city


def test_where_the_chain_ends_the_outside_body_decides_if_there_is_one(cast: Cast) -> None:
    assert queries.deciding_body(cast.city_head, TODAY) == cast.outside
    assert cast.outside is not None
    assert queries.deciding_body(cast.outside_head, TODAY) is None


def test_where_the_chain_ends_and_nobody_is_outside_no_body_decides(cast_no_outside: Cast) -> None:
    assert queries.deciding_body(cast_no_outside.city_head, TODAY) is None


def test_a_body_whose_head_answers_to_the_accused_does_not_decide(cast: Cast) -> None:
    words = {"kk": "Орынбасар", "ru": "Заместитель", "en": "Deputy"}
    deputy = actions.found_post(body=cast.city, code="deputy", names=words, at=NOW)
    actions.appoint(post=deputy, person=cast.centre_executor, since=TODAY, at=NOW)
    aide = actions.found_post(body=cast.city, code="aide", names=words, superior=deputy, at=NOW)
    actions.appoint(post=aide, person=cast.dep_head, since=TODAY, at=NOW)
    assert cast.centre_executor.pk in queries.answers_to(cast.dep_head, TODAY)
    assert queries.deciding_body(cast.centre_executor, TODAY) == cast.city


def test_the_chain_goes_up_and_a_cycle_ends(cast: Cast) -> None:
    assert queries.chain_up(cast.centre) == [cast.dep, cast.city]
    Body.objects.filter(pk=cast.city.pk).update(superior=cast.centre)
    assert queries.chain_up(Body.objects.get(pk=cast.centre.pk)) == [cast.dep, cast.city]
    assert queries.deciding_body(cast.centre_head, TODAY) == cast.outside  # everybody answers to everybody


@pytest.mark.parametrize(
    ("text", "lang", "first"),
    [
        ("су", "kk", "water"),
        ("молодежный", "ru", "centre"),
        ("ЖАСТАР саясаты", "kk", "dep"),
        ("жастар саясатын", "kk", "dep"),
        ("кружок", "ru", "centre"),
        ("не работает водопровод", "ru", "water"),
        ("youth clubs", "en", "centre"),
        ("мемлекеттік кызмет", "kk", "outside"),
        ("ауызсу жоқ", "kk", "water"),
    ],
)
def test_a_body_is_found_by_name_and_by_duty(cast: Cast, text: str, lang: str, first: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = queries.find_bodies(text, lang, 3)  # type: ignore[arg-type]
    assert found[0].code == first
    assert len(asked) <= 2


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "'; --", "зебра"])
def test_nothing_is_found_by_nothing(cast: Cast, text: str) -> None:
    assert queries.find_bodies(text, "kk") == []


def test_names_weigh_more_than_duties_and_the_list_is_limited(cast: Cast) -> None:
    assert [body.code for body in queries.find_bodies("жастар", "kk", 2)] == ["centre", "dep"]
    assert len(queries.find_bodies("город", "ru", 1)) == 1


def test_look_ups(cast: Cast) -> None:
    assert queries.body_by_code("dep") == cast.dep
    assert queries.post_by_code("dep-head") == cast.posts["dep_head"]
    assert queries.person_by_login(" DEP.Head") == cast.head
    assert queries.person_by_login("nobody") is None
    assert queries.bodies_by_id([cast.dep.pk, -1]) == {cast.dep.pk: cast.dep}
    for ask in (queries.body_by_code, queries.post_by_code):
        with pytest.raises(Missing):
            ask("nothing")
    kazakh = [sort_key(body.name_kk) for body in queries.every_body()]
    assert kazakh == sorted(kazakh)


def test_people_sort_as_the_kazakh_alphabet_does(cast: Cast) -> None:
    listed = list(Person.objects.order_by("name_key").values_list("surname", flat=True))
    assert listed.index("Ахметова") < listed.index("Әбдірахманова") < listed.index("Бекмұратов")
    assert listed.index("Ғабитов") < listed.index("Есенова") < listed.index("Ким") < listed.index("Қасымова")
    assert cast.head.full_name() == "Қасымова Айгүл Ермекқызы"
    assert cast.head.short_name() == "Қасымова А. Е."
    assert cast.water_approver.short_name() == "Сейітқали А."


def test_a_key_opens_until_it_ends_or_is_revoked(cast: Cast) -> None:
    token, text = actions.issue_token(
        person=cast.registrar, name="register", scopes=["queue", "register", "queue"], until=TOMORROW, at=NOW
    )
    holder = queries.token_holder(text, NOW)
    assert holder == (cast.registrar, {"queue", "register"})
    assert text not in str(vars(token))
    assert len(text) >= 43
    assert queries.token_holder(text + "x", NOW) is None
    assert queries.token_holder(text, NOW + timedelta(days=1)) == holder
    assert queries.token_holder(text, NOW + timedelta(days=2)) is None
    actions.revoke_token(token=token, at=NOW)
    assert queries.token_holder(text, NOW) is None


def test_a_key_of_somebody_who_left_opens_nothing(cast: Cast) -> None:
    _, text = actions.issue_token(person=cast.registrar, name="register", scopes=["queue"], at=NOW)
    Person.objects.filter(pk=cast.registrar.pk).update(is_active=False)
    assert queries.token_holder(text, NOW) is None


def test_no_body_refers_to_what_is_gone(cast: Cast) -> None:
    with pytest.raises(ObjectDoesNotExist):
        Body.objects.get(code="gone")
