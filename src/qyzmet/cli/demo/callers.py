"""Who writes to the bodies of the demo city: people, families, companies, groups of neighbours."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from qyzmet.cases.actions import Author
from qyzmet.text.names import full

from . import names, numbers

SEED, SHARE = 20270101, 0.7


class Callers:
    """Invented people without end; a language is spoken by those whose names go with it, Russian by anybody."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.words: dict[str, Any] = names.read("callers.toml")
        self._people = names.people(Random(SEED))  # noqa: S311 (invented people, no secret)
        self._waiting: list[names.Name] = []

    def of(self, topic: str, language: str) -> list[Author]:
        """The authors of an appeal on this matter."""
        who = self.words["who"]
        for sort in ("company", "group", "represented"):
            if topic in who[sort] and self.chance.random() < SHARE:
                made: list[Author] = getattr(self, sort)(language)
                return made
        woman = True if topic in who["woman"] else False if topic in who["man"] else None
        return [self.person(language, woman=woman)]

    def person(self, language: str, *, woman: bool | None = None) -> Author:
        """Somebody with an address and a right number."""
        name = self._next("kk" if language == "kk" else "", woman)
        woman = _is_woman(name)
        return Author(
            name=full(name.surname, name.given, name.patronymic),
            iin=numbers.iin(self.chance, woman=woman),
            address=(home := self._home(language)),
            residence=home,
            email=f"{name.login}@mail.example",
            phone=self._phone(),
        )

    def company(self, language: str) -> list[Author]:
        """A company and the person who signs for it."""
        title = self.chance.choice(self.words["company"])
        office = self._home(language, office=True)
        director = replace(self.person(language), role="representative")
        firm = Author(
            name=title.get(language, title["ru"]),
            is_company=True,
            bin=numbers.company(self.chance),
            address=office,
            residence=office,
            email=f"office@{title['mail']}.example",
            phone=self._phone(),
        )
        return [firm, director]

    def represented(self, language: str) -> list[Author]:
        """Somebody and a relative or lawyer who acts for them."""
        return [self.person(language), replace(self.person(language), role="representative")]

    def group(self, language: str) -> list[Author]:
        """One who writes, and neighbours who join."""
        others = self.chance.randrange(5, 12)
        return [self.person(language), *(replace(self.person(language), role="joined") for _ in range(others))]

    def _next(self, language: str, woman: bool | None) -> names.Name:
        for place, name in enumerate(self._waiting):
            if _suits(name, language, woman):
                return self._waiting.pop(place)
        while not _suits(name := next(self._people), language, woman):
            self._waiting.append(name)
        return name

    def _home(self, language: str, *, office: bool = False) -> str:
        words = self.words["address"].get(language, self.words["address"]["ru"])
        street, house, flat = self.chance.choice(words["streets"]), *self._numbers()
        return str(words["office" if office else "home"].format(street=street, house=house, flat=flat))

    def _numbers(self) -> tuple[int, int]:
        return self.chance.randrange(1, 140), self.chance.randrange(1, 90)

    def _phone(self) -> str:
        first, second = self.chance.randrange(100, 1000), self.chance.randrange(1000, 10_000)
        return f"+7 (000) {first}-{second // 100:02}-{second % 100:02}"


def _suits(name: names.Name, language: str, woman: bool | None) -> bool:
    return language in ("", name.language) and woman in (None, _is_woman(name))


def _is_woman(name: names.Name) -> bool:
    return name.patronymic.endswith(("қызы", "вна", "чна"))
