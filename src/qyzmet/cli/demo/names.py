"""Invented people: names as they occur in Kazakhstan, put together from a seed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from random import Random
from typing import Any, NamedTuple

_CYRILLIC = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_LATIN = "a a b v g g d e e zh z i i k q l m n n o o p r s t u u u f h h ts ch sh sh  y i  e iu ia"
_LETTERS = {ord(letter): latin for letter, latin in zip(_CYRILLIC, _LATIN.split(" "), strict=True)}


class Name(NamedTuple):
    """A person to be: the login is made of the name in Latin letters."""

    login: str
    surname: str
    given: str
    patronymic: str
    language: str


def read(file: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    return tomllib.loads(resources.files("qyzmet.cli.demo").joinpath(file).read_text(encoding="utf-8"))


def people(chance: Random) -> Iterator[Name]:
    """People without end, no full name twice."""
    groups = read("people.toml")["people"]
    shares = [group["share"] for group in groups]
    met: set[str] = set()
    logins: dict[str, int] = {}
    while True:
        group = chance.choices(groups, shares)[0]
        woman = chance.random() < 0.54
        surname, patronymic = (chance.choice(group[part])[woman] for part in ("surnames", "patronymics"))
        given = chance.choice(group["women" if woman else "men"])
        if f"{surname} {given}" in met:
            continue
        met.add(f"{surname} {given}")
        plain = f"{surname}.{given[0]}".lower().translate(_LETTERS)
        logins[plain] = logins.get(plain, 0) + 1
        login = plain if logins[plain] == 1 else f"{plain}{logins[plain]}"
        yield Name(login, surname, given, patronymic, group["language"])
