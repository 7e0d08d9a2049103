"""What the room's actions refuse, and what they write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from qyzmet.bodies import actions, queries
from qyzmet.bodies.models import Appointment, Body, Person, Role
from qyzmet.text.refusal import Refused
from tests.cast import NOW, SINCE, TODAY, Cast

WORDS = {"kk": "Сын", "ru": "Проба", "en": "Trial"}
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
REFUSED: list[tuple[str, Callable[[Cast], Any]]] = [
    ("code_taken", lambda c: found(c, code="dep")),
    ("body_kind_unknown", lambda c: found(c, kind="private")),
    ("name_missing", lambda c: found(c, names={**WORDS, "ru": "  "})),
    ("outside_exists", lambda c: found(c, outside=True)),
    ("head_exists", lambda c: post(c, is_head=True)),
    ("code_taken", lambda c: post(c, code="dep-head")),
    ("name_missing", lambda c: post(c, names={"kk": "Маман"})),
    ("unit_of_another_body", lambda c: post(c, unit=unit(c, c.city))),
    ("unit_of_another_body", lambda c: unit(c, c.dep, parent=unit(c, c.city))),
    ("unit_exists", lambda c: (unit(c, c.dep), unit(c, c.dep))),
    ("post_held", lambda c: appoint(c, "dep_head", c.employee)),
    ("post_held", lambda c: appoint(c, "dep_head", c.employee, since=date(2025, 1, 1), until=SINCE)),
    ("ends_before_it_begins", lambda c: appoint(c, "dep_head", c.employee, until=YESTERDAY)),
    ("not_appointed", lambda c: actions.release(post=c.posts["dep_head"], person=c.employee, until=TODAY, at=NOW)),
    ("post_held", lambda c: actions.close_post(post=c.posts["dep_head"], on=TODAY, at=NOW)),
    ("role_unknown", lambda c: grant(c, role="auditor")),
    ("role_held", lambda c: (grant(c), grant(c))),
    ("right_for_oneself", lambda c: grant(c, person=c.administrator, by=c.administrator)),
    ("not_administrator", lambda c: grant(c, by=c.head)),
    ("role_not_held", lambda c: end(c, until=TODAY)),
    ("ends_before_it_begins", lambda c: (grant(c), end(c, until=YESTERDAY))),
    ("not_administrator", lambda c: (grant(c), end(c, until=TODAY, by=c.head))),
    ("absence_kind_unknown", lambda c: actions.note_absence(person=c.head, kind="nap", since=TODAY, at=NOW)),
    ("own_substitute", lambda c: stand_in(c, c.head)),
    ("substitute_named", lambda c: (stand_in(c, c.executor), stand_in(c, c.colleague))),
    ("right_for_oneself", lambda c: stand_in(c, c.administrator, by=c.administrator)),
    ("not_administrator", lambda c: stand_in(c, c.executor, by=c.registrar)),
    ("login_taken", lambda c: add(login="DEP.head ")),
    ("login_missing", lambda c: add(login=" ")),
    ("person_name_missing", lambda c: add(surname="")),
    ("person_language_unknown", lambda c: add(language="la")),
    ("password_weak", lambda c: actions.set_password(person=c.head, password="short", at=NOW)),
    ("password_wrong", lambda c: actions.change_password(person=c.head, old="?", new="x" * 20, at=NOW)),
    ("scopes_missing", lambda c: actions.issue_token(person=c.head, name="x", scopes=[], at=NOW)),
]


def found(_: Cast, **other: Any) -> Body:
    return actions.found_body(**{"code": "new", "kind": "local", "names": WORDS, "at": NOW, **other})


def post(c: Cast, **other: Any) -> Any:
    return actions.found_post(**{"body": c.dep, "code": "new", "names": WORDS, "at": NOW, **other})


def unit(_: Cast, body: Body, **other: Any) -> Any:
    return actions.found_unit(body=body, names=WORDS, at=NOW, **other)


def appoint(c: Cast, place: str, person: Person, **other: Any) -> Appointment:
    return actions.appoint(**{"post": c.posts[place], "person": person, "since": TODAY, "at": NOW, **other})


def grant(c: Cast, **other: Any) -> Role:
    given = {"person": c.employee, "body": c.dep, "role": "executor", "since": TODAY, "at": NOW, **other}
    return actions.grant_role(**given)


def end(c: Cast, **other: Any) -> Role:
    return actions.end_role(**{"person": c.employee, "body": c.dep, "role": "executor", "at": NOW, **other})


def stand_in(c: Cast, substitute: Person, **other: Any) -> Any:
    given = {"post": c.posts["dep_head"], "substitute": substitute, "since": TODAY, "at": NOW, **other}
    return actions.name_substitute(**given)


def add(**other: Any) -> Person:
    return actions.add_person(**{"login": "new", "surname": "Сынова", "given": "Сәуле", "at": NOW, **other})


@pytest.mark.parametrize(("code", "ask"), REFUSED, ids=[f"{code}-{n}" for n, (code, _) in enumerate(REFUSED)])
def test_refused(cast: Cast, code: str, ask: Callable[[Cast], Any]) -> None:
    with pytest.raises(Refused) as no:
        ask(cast)
    assert no.value.code == code


def test_a_post_passes_from_hand_to_hand_and_the_past_stays(cast: Cast) -> None:
    place = cast.posts["dep_head"]
    actions.release(post=place, person=cast.head, until=YESTERDAY, at=NOW)
    appoint(cast, "dep_head", cast.colleague, act="15.04.2026 № 7-ж/қ")
    assert queries.holder(place, YESTERDAY) == cast.head
    assert queries.holder(place, TODAY) == cast.colleague
    assert queries.holder(place, SINCE - timedelta(days=1)) is None


def test_the_last_day_of_a_role_counts(cast: Cast) -> None:
    grant(cast, by=cast.administrator)
    end(cast, until=TOMORROW, by=cast.administrator)
    assert (cast.dep.pk, "executor") in queries.roles_at(cast.employee, TOMORROW)
    assert (cast.dep.pk, "executor") not in queries.roles_at(cast.employee, TOMORROW + timedelta(days=1))
    assert (cast.dep.pk, "executor") not in queries.roles_at(cast.employee, YESTERDAY)


def test_a_closed_post_leaves_the_list_and_takes_nobody(cast: Cast) -> None:
    place = cast.posts["colleague"]
    actions.release(post=place, person=cast.colleague, until=YESTERDAY, at=NOW)
    actions.close_post(post=place, on=TODAY, at=NOW)
    assert place in [seat.post for seat in queries.posts_of(cast.dep, YESTERDAY)]
    assert place not in [seat.post for seat in queries.posts_of(cast.dep, TODAY)]
    for ask in (
        lambda: appoint(cast, "colleague", cast.employee),
        lambda: actions.close_post(post=place, on=TODAY, at=NOW),
    ):
        with pytest.raises(Refused, match="post_closed"):
            ask()


def test_back_early_from_leave_and_no_longer_standing_in(cast: Cast) -> None:
    absence = actions.note_absence(person=cast.head, kind="leave", since=YESTERDAY, until=TOMORROW, at=NOW)
    standing = stand_in(cast, cast.executor, by=cast.administrator)
    assert queries.head_of(cast.dep, TODAY) == cast.executor
    actions.end_absence(absence=absence, until=YESTERDAY, at=NOW)
    assert queries.head_of(cast.dep, TODAY) == cast.head
    with pytest.raises(Refused, match="ends_before_it_begins"):
        actions.end_substitution(substitution=standing, until=YESTERDAY, at=NOW)
    assert actions.end_substitution(substitution=standing, until=TODAY, at=NOW).until == TODAY


def test_a_password_is_set_and_changed(cast: Cast) -> None:
    assert not cast.head.has_usable_password()
    person = actions.set_password(person=cast.head, password="жеті қат көк 7", at=NOW)
    person = actions.change_password(person=person, old="жеті қат көк 7", new="жеті қабат жер 9", at=NOW)
    assert Person.objects.get(pk=person.pk).check_password("жеті қабат жер 9")


def test_the_database_itself_refuses_what_an_action_would(cast: Cast) -> None:
    broken: list[Callable[[], Any]] = [
        lambda: Appointment.objects.create(
            post=cast.posts["dep_head"], person=cast.employee, since=TODAY, noted_at=NOW
        ),
        lambda: Appointment.objects.create(
            post=cast.posts["dep_head"], person=cast.employee, since=TODAY, until=YESTERDAY, noted_at=NOW
        ),
        lambda: Role.objects.create(person=cast.employee, body=cast.dep, role="king", since=TODAY, noted_at=NOW),
        lambda: Body.objects.filter(pk=cast.dep.pk).update(superior=cast.dep.pk),
        lambda: Body.objects.filter(pk=cast.dep.pk).update(outside=True),
        lambda: cast.dep.posts.update(is_head=True),
        lambda: Person.objects.filter(pk=cast.head.pk).update(language="xx"),
    ]
    for ask in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            ask()
