"""When the beats of a story are played, so that it has ended by now; and where the law makes it end before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from qyzmet import law
from qyzmet.cli.demo.hours import Hours

from .play import Beat, Story

NEXT_MORNING = 0.04
CLOSE, STEP = 0.02, 0.15
USUAL = 20
"""Of an extension whose bounds the law states in another unit: a habit of the demo's bodies, no rule."""


class Timed(NamedTuple):
    """A beat with its moment."""

    when: datetime
    beat: Beat


class Timetable:
    """Puts stories on the line of office time that ends at `now`."""

    def __init__(self, book: law.Law, hours: Hours, now: datetime) -> None:
        self.book, self.hours, self.now = book, hours, now
        self.end = hours.number(now)
        newest = book.procedure("application").terms["extension"].values[-1].valid_from
        self.floor = float(book.calendar.working_before(newest)) + CLOSE

    def of(self, kind: str, story: Story, rest: float) -> list[Timed]:
        """The story with its last beat `rest` worked days ago, shorter where the law has no value for a term yet, or
        no calendar any more."""
        while story:
            timed = self._timed(story, self._start(story, rest))
            played = self._playable(kind, timed)
            if played == len(story):
                return timed
            later = self._timed(story, self.floor)
            if timed[0].when < later[0].when and (reached := self._playable(kind, later)) > played:
                return later[:reached]
            story, rest = story[:played], min(rest, 1.0)
        return []

    def _start(self, story: Story, rest: float) -> float:
        """Where to begin so that the end falls on the place wanted, and not after now."""
        wanted = self.end - rest
        start = wanted
        for _ in range(4):
            start += wanted - list(_numbers(story, start))[-1]
        while self._timed(story, start)[-1].when > self.now:
            start -= STEP
        return start

    def _timed(self, story: Story, start: float) -> list[Timed]:
        return [Timed(self._moment(beat, at), beat) for beat, at in zip(story, _numbers(story, start), strict=True)]

    def _moment(self, beat: Beat, number: float) -> datetime:
        return self.hours.evening(number) if beat.evening else self.hours.moment(number)

    def _playable(self, kind: str, timed: list[Timed]) -> int:
        """How many beats from the first can be played by now under the law's values."""
        day = self.hours.day(self.hours.number(timed[0].when))
        for place, (when, beat) in enumerate(timed):
            on = self.hours.day(self.hours.number(when))
            if beat.opens in ("case", "complaint"):
                kind, day = "complaint" if beat.opens == "complaint" else kind, on
            if when > self.now or not self._has_values(kind, beat, on, day):
                return place
        return len(timed)

    def _has_values(self, kind: str, beat: Beat, on: date, as_of: date) -> bool:
        procedure = self.book.procedure(kind)
        follows = "court" if procedure.chapter == "complaint" else "complain"
        wanted = [follows if term == "next" else term for term in beat.terms] + (["decision"] if beat.opens else [])
        try:
            procedure.terms[follows].value_on(as_of)
            for term in wanted:
                if term in procedure.terms:
                    self._due(procedure, term, on, as_of)
        except law.QuestionError:
            return False
        return True

    def _due(self, procedure: law.Procedure, term: str, on: date, as_of: date) -> law.Due:
        value = procedure.terms[term].value_on(as_of)
        count = 3 if term == "cure" else chosen(value) if value.count is None else None
        return law.due(self.book, procedure, term, start=on, as_of=as_of, count=count)


def chosen(value: law.Value) -> int:
    """How long a term is made whose length the body sets: the most that the law allows, or what is usual."""
    return value.most if value.most and value.most_unit == value.unit else USUAL


def _numbers(story: Story, start: float) -> Iterator[float]:
    """The places of the beats; what follows an evening waits for the next morning."""
    number, evening = start, False
    for beat in story:
        number = max(number + beat.wait, int(number) + 1 + NEXT_MORNING if evening else 0.0)
        evening = beat.evening
        yield number
