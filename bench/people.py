"""Applicants without end, each a function of a number: names as they occur, and their keys."""

from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from qyzmet.cli.demo import names
from qyzmet.text.fold import fold, sort_key


class Applicant(NamedTuple):
    """What a case and its party hold of a person."""

    name: str
    key: str
    fold: str
    iin: str
    address: str
    email: str
    phone: str


class Part(NamedTuple):
    """A part of a name with its two keys, so that a name's keys are put together and not computed anew."""

    name: str
    key: str
    fold: str


def part(name: str) -> Part:
    """A surname, a given name or a patronymic."""
    return Part(name, sort_key(name), fold(name))


class Applicants:
    """Person number n is the same in every database."""

    def __init__(self) -> None:
        groups = names.read("people.toml")["people"]
        self.shares = [group["share"] for group in groups]
        self.groups: list[dict[str, Any]] = [
            {
                "surnames": [[part(form) for form in pair] for pair in group["surnames"]],
                "patronymics": [[part(form) for form in pair] for pair in group["patronymics"]],
                "given": [[part(name) for name in group["men"]], [part(name) for name in group["women"]]],
            }
            for group in groups
        ]

    @lru_cache(maxsize=50_000)  # noqa: B019 (one object a run)
    def person(self, number: int) -> Applicant:
        """The person of that number."""
        chance = Random(number)
        group = chance.choices(self.groups, self.shares)[0]
        woman = chance.random() < 0.55
        parts = (
            chance.choice(group["surnames"])[woman],
            chance.choice(group["given"][woman]),
            chance.choice(group["patronymics"])[woman],
        )
        name, key, folded = (" ".join(kinds) for kinds in zip(*parts, strict=True))
        return Applicant(
            name,
            key,
            folded,
            f"{chance.randrange(10**12):012d}",
            f"Сарыарқа көшесі, {chance.randrange(1, 300)}-үй, {chance.randrange(1, 120)}-пәтер",
            f"p{number}@mail.example",
            f"+7 700 {chance.randrange(10**7):07d}",
        )
