"""What people write and what bodies answer: the texts of the demo city."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from random import Random
from typing import Any

from . import names

FILES = ("texts.toml", "texts_story.toml", "texts_laws.toml")
TOLD = {"ishki-sayasat-zhastar": "department", "zhastar-ortalygy": "centre", "qala-akimdigi": "akimat"}
"""The bodies of the demo's own people; whatever belongs elsewhere is `city`."""
SATISFYING = frozenset({"act_cancelled", "act_replaced", "action_done"})
"""Outcomes that give a complaint all it asks."""
ADVERSE = frozenset({"act_adopted_adverse", "dismissed", "left_without_consideration"})
"""Outcomes against the person, before which the person is heard."""


@dataclass(frozen=True)
class Appeal:
    """An appeal, the questions it asks, and an official's answer. Of an English one the answer is in Kazakh."""

    kind: str
    language: str
    topic: str
    body: str
    """Where it belongs; of a complaint the body complained of, of an accusation the one that decides."""
    text: str
    questions: tuple[str, ...]
    answer_facts: str = ""
    answer_ground: str = ""
    answer_text: str = ""
    outcome: str = ""
    accused: str = ""
    """Code of the accused's post."""
    about: str = ""
    """Whom an accusation means, in the person's own words, where no post was chosen."""
    means: str = ""
    """Code of the post which those words mean."""
    use: str = ""
    """The story for which it is kept (`accusation` for all that name an accused); empty: for any."""
    part_body: str = ""
    part_text: str = ""
    """The body to which a part belongs, and that part."""
    bodies: tuple[str, ...] = ()
    """Of a newsroom's inquiry, those that are asked the same beside `body`."""

    @property
    def adverse(self) -> bool:
        """Whether the answer goes against the person."""
        return self.outcome in ADVERSE

    def ends(self, how: str) -> bool:
        """Whether the answer is of that sort: against | not_against | satisfies; empty: any."""
        return {
            "": True,
            "against": self.adverse,
            "not_against": not self.adverse,
            "satisfies": self.outcome in SATISFYING,
        }[how]

    @property
    def law_outcome(self) -> str:
        """The outcome as the procedure knows it."""
        return self.outcome.removesuffix("_favourable").removesuffix("_adverse")

    @property
    def place(self) -> str:
        """department | centre | akimat | city."""
        return TOLD.get(self.body, "city")


class Library:
    """All appeals; each shelf is used up before any of it is used again."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.all = [_appeal(row) for file in FILES for row in names.read(file)["appeal"]]
        self._shelves: dict[tuple[Any, ...], list[Appeal]] = defaultdict(list)

    def take(self, *, kind: str, language: str, place: str = "", use: str = "", outcome: str = "") -> Appeal:
        """The next appeal of this sort. LookupError where none is written."""
        shelf = self._shelves[kind, language, place, use, outcome]
        if not shelf:
            shelf += [one for one in self.all if _fits(one, kind, language, place, use, outcome)]
            self.chance.shuffle(shelf)
        if not shelf:
            raise LookupError(f"no {kind} in {language} for {place or 'any'} {use} is written")
        return shelf.pop()


def _appeal(row: dict[str, Any]) -> Appeal:
    known = {field.name for field in fields(Appeal)}
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in row.items() if name in known
    }
    use = row.get("use") or ("accusation" if row.get("accused") or row.get("about") else "")
    lists = {name: tuple(row.get(name, ())) for name in ("questions", "bodies")}
    return Appeal(**{**values, "use": use, **lists})


def _fits(one: Appeal, kind: str, language: str, place: str, use: str, outcome: str) -> bool:
    return (
        (one.kind, one.language) == (kind, language)
        and one.use == use
        and (not place or one.place == place)
        and one.ends(outcome)
    )
