"""Fills the demo city: 85 bodies, about 400 people with dated posts and roles, absences and substitutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction

from qyzmet.bodies import actions, queries
from qyzmet.bodies.queries import Body, Person, Post, Unit
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing

from . import away, logins, names, seats

SEED = 20260415
FIRST, LAST = date(2019, 1, 14), date(2024, 9, 30)
"""Between these days the people of today were appointed; the cases of the demo are younger."""
VACANT = ("zher-basqarmasy-maman-2", "adilet-maman-2", "policiya-2-maman-2", "tksh-basqarmasy-2-maman-1")
GOVERNED = "local"
"""The administrator serves the local bodies; the state has its own."""


@dataclass
class City:
    """What has been made so far, and chance, which is the same in every demo."""

    at: datetime
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 (an invented city, no secret)
    bodies: dict[str, Body] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    units: dict[str, list[Unit]] = field(default_factory=dict)
    held: dict[str, tuple[Person, date]] = field(default_factory=dict)
    turns: set[date] = field(default_factory=set)
    """Days on which somebody goes away or comes back: between two of them nobody's rights change."""

    @property
    def today(self) -> date:
        return local(self.at).date()

    def some_day(self) -> date:
        """A weekday on which somebody was appointed."""
        day = FIRST + timedelta(days=self.chance.randrange((LAST - FIRST).days))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def act(self, day: date) -> str:
        return f"{day:%d.%m.%Y} № {self.chance.randrange(3, 320)}-ж/қ"


def fill(*, at: datetime, folder: Path) -> City | None:
    """The city in the database and the logins in `folder`. A city that is there is kept; None says so."""
    doors = names.read("staff.toml")["login"]
    new = None if _exists() else City(at)
    if new:
        with transaction.atomic():
            _make(new, doors)
    logins.write(doors, folder=folder, on=local(at).date())
    return new


def _exists() -> bool:
    try:
        queries.body_by_code("qala-akimdigi")
    except Missing:
        return False
    return True


def _make(city: City, doors: list[dict[str, Any]]) -> None:
    staff = names.read("staff.toml")
    named = {door["post"]: door["login"] for door in doors}
    people = names.people(city.chance)
    for body in names.read("city.toml")["body"]:
        _found(city, body)
        for place in seats.places(body, staff):
            _seat(city, body, place)
            if place.code not in VACANT:
                _appoint(city, body["code"], place, next(people), named.get(place.code))
    _administer(city)
    away.earlier_holders(city)
    away.absences(city)
    logins.open_doors(doors, at=city.at)


def _found(city: City, body: dict[str, Any]) -> None:
    made = actions.found_body(
        code=body["code"],
        kind=body["kind"],
        names=body["name"],
        duties=body["duties"],
        address=body["address"],
        email=f"{body['code']}@qala.example",
        phone=body["phone"],
        superior=city.bodies.get(body.get("superior", "")),
        outside=body.get("outside", False),
        at=city.at,
    )
    city.bodies[made.code] = made
    city.units[made.code] = [actions.found_unit(body=made, names=words, at=city.at) for words in body.get("units", [])]


def _seat(city: City, body: dict[str, Any], place: seats.Place) -> None:
    city.posts[place.code] = actions.found_post(
        body=city.bodies[body["code"]],
        code=place.code,
        names=place.names,
        is_head=place.is_head,
        unit=city.units[body["code"]][place.unit - 1] if place.unit else None,
        superior=city.posts[place.superior] if place.superior else None,
        at=city.at,
    )


def _appoint(city: City, body: str, place: seats.Place, name: names.Name, login: str | None) -> None:
    login = login or name.login
    person = actions.add_person(
        login=login,
        surname=name.surname,
        given=name.given,
        patronymic=name.patronymic,
        email=f"{login}@qala.example",
        language=name.language,
        at=city.at,
    )
    since = city.some_day()
    act = city.act(since)
    actions.appoint(post=city.posts[place.code], person=person, since=since, act=act, at=city.at)
    for role in place.roles:
        actions.grant_role(person=person, body=city.bodies[body], role=role, since=since, act=act, at=city.at)
    city.held[place.code] = (person, since)


def _administer(city: City) -> None:
    person, since = city.held["cifrlandyru-basqarmasy-akimshi"]
    for body in city.bodies.values():
        if body.kind == GOVERNED:
            actions.grant_role(person=person, body=body, role="administrator", since=since, at=city.at)
