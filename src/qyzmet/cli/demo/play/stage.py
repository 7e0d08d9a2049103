"""The city at work: who may take a step in a body on a day, and the words they find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.queries import Body, Person
from qyzmet.cases.actions import Opened
from qyzmet.cli.demo import names
from qyzmet.cli.demo.callers import Callers
from qyzmet.cli.demo.hours import Hours

FIRST_HAND = frozenset({"registrar", "executor", "approver", "head", "superior"})
"""Logins of the demo: whoever tries it finds the cases in their own hands."""
OWN_SHARE = 0.7
"""How often a case goes to the executor whom the reader can be, where the body has several."""


@dataclass
class Stage:
    """What every play needs besides itself."""

    hours: Hours
    chance: Random
    callers: Callers
    words: dict[str, Any]
    newsroom: Opened | None = None
    """The one newsroom of the demo, and its code."""

    @classmethod
    def open(cls, hours: Hours, chance: Random) -> Stage:
        """The stage of a replay."""
        return cls(hours, chance, Callers(chance), names.read("words.toml"))

    def say(self, what: str, language: str, **values: Any) -> str:
        """One of the sentences for this occasion; an official answers an English appeal in Kazakh."""
        kept = self.words[what]
        text: str = self.chance.choice(kept.get(language) or kept["kk"])
        return text.format(**values)

    def official(self, body: Body, role: str, on: date, *, but: frozenset[int] = frozenset()) -> Person:
        """Somebody who has the role there on that day, and is none of `but`; the demo's own people first."""
        found = [person for person in bodies.persons_with_role(body, role, on) if person.pk not in but]
        own = [person for person in found if person.login in FIRST_HAND]
        if own and (role != "executor" or self.chance.random() < OWN_SHARE):
            return own[0]
        return self.chance.choice(found) if role == "executor" else found[0]

    def body(self, code: str) -> Body:
        """The body of that code."""
        return bodies.body_by_code(code)
