"""The demo city: as many bodies and people as promised, each body able to work, the six doors open."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import date, datetime
from importlib import resources
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from qyzmet.bodies import queries
from qyzmet.bodies.models import Absence, Appointment, Body, Person, Post, Role, Substitution
from qyzmet.cli.demo import city, seats
from qyzmet.text.fold import fold
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_the_city_as_promised(tmp_path: Path) -> None:
    assert city.fill(at=NOW, folder=tmp_path)
    kinds = Counter(Body.objects.values_list("kind", flat=True))
    assert kinds == {"state": 55, "local": 30}
    assert 380 <= Person.objects.count() <= 430
    assert Body.objects.get(code="zhastar-ortalygy").superior == Body.objects.get(code="ishki-sayasat-zhastar")
    assert Absence.objects.filter(since__lte=TODAY, until__gte=TODAY).count() > 15
    assert all(one.substitute_id for one in Substitution.objects.all())
    _every_body_can_work()
    _history_is_kept()
    _doors_are_open(tmp_path)
    _a_second_start_changes_nothing(tmp_path)


def _every_body_can_work() -> None:
    for body in Body.objects.all():
        assert queries.head_of(body, TODAY), body.code
        for role in ("head", "registrar", "executor", "approver"):
            assert queries.persons_with_role(body, role, TODAY), (body.code, role)
            assert queries.persons_with_role(body, role, date(2025, 1, 1)), (body.code, role)
    assert Post.objects.filter(appointments=None).exists()


def _history_is_kept() -> None:
    assert Appointment.objects.filter(until__isnull=False).count() > 10
    assert not Role.objects.filter(until__isnull=False).exists()


def _doors_are_open(folder: Path) -> None:
    logins = json.loads((folder / "demo-logins.json").read_text(encoding="utf-8"))
    assert [one["login"] for one in logins] == [
        "registrar",
        "executor",
        "approver",
        "head",
        "superior",
        "administrator",
    ]
    able = {person.login for person in Person.objects.all() if person.has_usable_password()}
    assert able == {one["login"] for one in logins}
    for one in logins:
        person = Person.objects.get(login=one["login"])
        assert person.check_password(one["password"])
        assert set(one["words"]) == {"kk", "ru", "en"}
        second = Authenticator.objects.filter(user=person).first()
        assert (second is None) == (one["totp_secret"] is None)
        if second:
            code = format_hotp_value(hotp_value(one["totp_secret"], next(iter(yield_hotp_counters_from_time()))))
            assert TOTP(second).validate_code(code)
    signers = {one["login"] for one in logins if one["totp_secret"]}
    assert signers == {"approver", "head", "superior"}
    _roles_as_told()


def _roles_as_told() -> None:
    dep = queries.body_by_code("ishki-sayasat-zhastar")
    for login in ("registrar", "executor", "approver", "head"):
        person = queries.person_by_login(login)
        assert person
        assert queries.roles_at(person, TODAY) == {(dep.pk, login)}
    superior = queries.person_by_login("superior")
    assert superior == queries.head_of(queries.body_by_code("qala-akimdigi"), TODAY)
    accused = queries.head_of(queries.body_by_code("zhastar-ortalygy"), TODAY)
    assert accused
    assert queries.deciding_body(accused, TODAY) == dep
    assert superior
    assert queries.deciding_body(superior, TODAY) == queries.body_by_code("ortalyq-baqylau")


def _a_second_start_changes_nothing(folder: Path) -> None:
    before = (Person.objects.count(), (folder / "demo-logins.json").read_text(encoding="utf-8"))
    assert not city.fill(at=NOW, folder=folder)
    assert before == (Person.objects.count(), (folder / "demo-logins.json").read_text(encoding="utf-8"))


def test_people_find_their_body(tmp_path: Path) -> None:
    city.fill(at=NOW, folder=tmp_path)
    wanted = {
        "балабақша": "bilim-basqarmasy",
        "садик": "bilim-basqarmasy",
        "автобус": "kolik-basqarmasy",
        "buses": "kolik-basqarmasy",
        "су құбыры": "tksh-basqarmasy",
        "уличные фонари": "tksh-basqarmasy",
        "street lamps": "tksh-basqarmasy",
        "жер": "zher-basqarmasy",
        "спорт": "sport-basqarmasy",
        "социальные выплаты": "zeynetaqy",
        "әлеуметтік көмек": "zhumyspen-qamtu-basqarmasy",
        "жастар орталығы": "zhastar-ortalygy",
        "собаки": "veterinariya-basqarmasy",
    }
    for text, code in wanted.items():
        assert code in [body.code for body in queries.find_bodies(text, "kk", 3)], text


def test_the_data_says_everything_in_three_languages() -> None:
    data = tomllib.loads(resources.files("qyzmet.cli.demo").joinpath("city.toml").read_text(encoding="utf-8"))["body"]
    assert len({body["code"] for body in data}) == 85
    for words in ("name", "duties", "address"):
        for lang in ("kk", "ru", "en"):
            texts = [body[words][lang] for body in data]
            assert all(texts)
            assert words == "address" or len(set(texts)) == 85
    kazakh, russian = ({fold(body["duties"][lang]) for body in data} for lang in ("kk", "ru"))
    assert not kazakh & russian


def test_the_same_city_each_time() -> None:
    def people(at: datetime) -> list[str]:
        chance = city.City(at).chance
        made = city.names.people(chance)
        return [next(made).login for _ in range(400)]

    assert people(NOW) == people(NOW)
    assert len(set(people(NOW))) == 400


def test_a_place_answers_to_one_founded_before() -> None:
    staff, data = city.names.read("staff.toml"), city.names.read("city.toml")["body"]
    for body in data:
        known: set[str] = set()
        for place in seats.places(body, staff):
            assert place.superior in known or place.is_head
            known.add(place.code)
