"""One case on the stage, from the appeal that opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from qyzmet.bodies.queries import Person
from qyzmet.cases import actions
from qyzmet.cases.actions import Actor, Author, Filed
from qyzmet.cli.demo.appeals import Appeal
from qyzmet.text.dates import local

from .stage import Stage

EVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Play:
    """A case being played. `at` is the moment of the beat that is being played."""

    stage: Stage
    appeal: Appeal
    authors: list[Author]
    how: dict[str, Any] = field(default_factory=dict)
    """What else the person chose when filing: channel, signature, way of the answer."""
    at: datetime = EVER
    filed: Filed | None = None
    case: Any = None
    executor: Person | None = None
    but: frozenset[int] = frozenset()
    """Who must not work on it any more."""
    hearing_at: datetime | None = None

    @property
    def today(self) -> date:
        """The local day of the beat."""
        return local(self.at).date()

    @property
    def language(self) -> str:
        """The language of the appeal."""
        return self.appeal.language

    def say(self, what: str, **values: Any) -> str:
        """A sentence for the occasion in the appeal's language."""
        return self.stage.say(what, self.language, **values)

    def by(self, role: str) -> Actor:
        """Whoever has the role in the body that has the case now; the case's own executor."""
        if role == "executor" and self.executor is not None:
            return Actor.official(self.executor)
        author = frozenset({self.executor.pk}) if self.executor and role in ("approver", "head") else frozenset()
        return Actor.official(self.stage.official(self.case.body, role, self.today, but=author | self.but))

    def do(self, step: str, role: str, **values: Any) -> Any:
        """An official takes the step."""
        return self._took(getattr(actions, step)(self.case, by=self.by(role), at=self.at, **values))

    def ask(self, step: str, **values: Any) -> Any:
        """The person who filed takes the step."""
        return self._took(getattr(actions, step)(self.case, by=actions.APPLICANT, at=self.at, **values))

    def _took(self, result: Any) -> Any:
        """The case as the step left it."""
        if not isinstance(result, Filed):
            self.case = result.case
        return result

    def begin(self, filed: Filed) -> None:
        """Go on with a case that was just filed."""
        self.filed, self.case, self.executor = filed, filed.case, None

    def tell(self, **changes: Any) -> None:
        """Change what the appeal says, from here on."""
        self.appeal = replace(self.appeal, **changes)


Act = Callable[[Play], object]


class Beat(NamedTuple):
    """After `wait` worked days, `act`."""

    wait: float
    act: Act
    terms: tuple[str, ...] = ()
    """Terms of the law the step begins: where it has no value for them, the story ends before. `next` = where to
    turn after the decision (complaint or court)."""
    opens: str = ""
    """What case it opens: `case` and `complaint` go on with the new one, `part` with the old one; empty: none."""
    evening: bool = False
    """Done at home, after the office has closed."""


Story = tuple[Beat, ...]
