"""Which stories the demo tells, of which matters, and when: two hundred cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from . import names
from .appeals import Appeal, Library
from .play.intake import spoil
from .play.play import Play
from .play.stage import Stage
from .play.tales import TALES
from .play.timetable import Timed, Timetable

CHANNELS = {"portal": 78, "paper": 8, "visit": 7, "phone": 7}
ANSWERS = {"page": 80, "email": 3, "post": 10, "hand": 7}
SIGNATURES = {"confirmed": 62, "signed": 30, "unsigned": 8}


@dataclass
class Part:
    """A play and its timetable."""

    play: Play
    timed: list[Timed]
    story: str

    @property
    def cases(self) -> int:
        """How many cases it makes."""
        return sum(bool(one.beat.opens) for one in self.timed)


class Plan:
    """All plays of a demo, as many as make `cases` cases."""

    def __init__(self, stage: Stage, timetable: Timetable, rows: dict[str, Any] | None = None) -> None:
        self.stage, self.timetable, self.appeals = stage, timetable, Library(stage.chance)
        self.rows = rows or _rows()

    def parts(self) -> list[Part]:
        """The rows first; then fillers up to the number wanted."""
        made = [part for row in self.rows["row"] for part in self._of(row) if part.timed]
        wanted = self.rows["cases"]
        for part in self._fillers():
            if sum(one.cases for one in made) >= wanted:
                break
            made += [part] if part.timed else []
        return made

    def _fillers(self) -> Iterator[Part]:
        for row in self.rows["filler"]:
            yield from self._of(row)

    def _of(self, row: dict[str, Any]) -> Iterator[Part]:
        for kind, languages in row["kinds"].items():
            for language, number in languages.items():
                for _ in range(number):
                    yield self._part(row, kind, language)

    def _part(self, row: dict[str, Any], kind: str, language: str) -> Part:
        chance = self.stage.chance
        wanted = {name: row.get(name, "") for name in ("place", "use", "outcome")}
        appeal = self.appeals.take(kind=kind, language=language, **wanted)
        story = TALES[row["story"]](appeal)
        play = Play(self.stage, self._worded(appeal), self.stage.callers.of(appeal.topic, language))
        play.how = self._how(appeal, row.get("how", {})) | {"further": self._further(row["story"], language)}
        if play.how.get("spoilt"):
            spoil(play)
        return Part(play, self.timetable.of(kind, story, chance.uniform(*row["rest"])), row["story"])

    def _worded(self, appeal: Appeal) -> Appeal:
        """The text with a closing sentence, so that two people do not write the very same."""
        if appeal.use or self.stage.chance.random() < 0.4:
            return appeal
        return replace(appeal, text=f"{appeal.text}\n{self.stage.say('closing', appeal.language)}")

    def _how(self, appeal: Appeal, given: dict[str, Any]) -> dict[str, Any]:
        chance = self.stage.chance
        by_portal = appeal.use or appeal.kind == "complaint" or appeal.language == "en"
        at_the_desk = "portal" not in self.timetable.book.procedure(appeal.kind).offered
        channels = {name: share for name, share in CHANNELS.items() if name != "portal" or not at_the_desk}
        how = {
            "channel": "portal" if by_portal and not at_the_desk else _weighed(chance, channels),
            "answer": _weighed(chance, ANSWERS),
            "signature": _weighed(chance, SIGNATURES),
        }
        return {**how, **given} if "spoilt" not in given else {**how, "channel": "portal", **given}

    def _further(self, story: str, language: str) -> Appeal:
        """What the person will write if they complain of the answer, or of the silence."""
        spoken = "ru" if language == "ru" else "kk"
        answer, silence = (one for one in self.appeals.all if one.use == "further" and one.language == spoken)
        return silence if "deemed" in story or story == "inquiry_to_three" else answer


def _rows() -> dict[str, Any]:
    """What is planned of the Code's own kinds, and of the kinds of other laws."""
    code, laws = names.read("plan.toml"), names.read("plan_laws.toml")
    return {**code, "row": [*code["row"], *laws["row"]], "cases": code["cases"] + laws["cases"]}


def _weighed(chance: Random, shares: dict[str, int]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]
