"""How a step asked for by a program becomes the call of an action."""

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from qyzmet.api.schemas.values import Given, Text
from qyzmet.bodies import queries as bodies
from qyzmet.cases import papers
from qyzmet.cases.actions import Actor, Filed


@dataclass(frozen=True)
class Taking:
    """Who takes a step, and when."""

    by: Actor
    at: datetime

    def person_id(self, login: str) -> int:
        """The id of that person; 0, which nobody has, for an unknown one: the action's answer tells neither apart."""
        person = bodies.person_by_login(login)
        return person.pk if person else 0

    def keep(self, given: "Sequence[PaperGiven]", *, origin: str, kind: str = "") -> list[Any]:
        """Store what was sent as files, which belong to no case yet. `kind`: of all, whatever the sender says."""
        papers.check_count(list(given))  # type: ignore[arg-type]
        return [
            papers.keep(
                io.BytesIO(one.content),
                name=one.name,
                kind=kind or one.kind,
                origin=origin,
                at=self.at,
                by=self.by.person,
            )
            for one in given
        ]


class StepGiven(Given):
    """What a step needs. Fields bear the names of the action's parameters, unless `values` says otherwise."""

    def values(self, taking: Taking) -> dict[str, Any]:
        """The action's parameters."""
        return {name: getattr(self, name) for name in type(self).model_fields}


def _decoded(value: object) -> bytes:
    if not isinstance(value, str):
        raise ValueError("base64 is text")
    return base64.b64decode(value, validate=True)


Base64 = Annotated[bytes, BeforeValidator(_decoded), WithJsonSchema({"type": "string", "contentEncoding": "base64"})]


class PaperGiven(Given):
    """A file inside JSON; the whole request is at most 5 MB."""

    name: Text = Field(description="A long name is shortened.")
    content: Base64
    kind: Literal["attachment", "signed_paper"] = "attachment"


@dataclass(frozen=True)
class Offer:
    """A step that a program may take: its code, what it needs, and the action that takes it."""

    step: str
    needs: type[StepGiven]
    action: Callable[..., Any]

    def take(self, case: Any, given: StepGiven, taking: Taking) -> "Result":
        """Take the step."""
        made = self.action(case, by=taking.by, at=taking.at, **given.values(taking))
        return Result(self.step, made)


@dataclass(frozen=True)
class Result:
    """What an action gave back: a step, a draft, or a case with a code."""

    step: str
    made: Any

    @property
    def case(self) -> Any:
        """The case on which the step was taken, as the step left it."""
        opened = isinstance(self.made, Filed) and not self.made.code
        return self.made.case.parent if opened else self.made.case

    @property
    def child(self) -> str | None:
        """Number of the case that the step opened."""
        opened = isinstance(self.made, Filed) and not self.made.code
        return self.made.case.number if opened else None

    @property
    def code(self) -> str | None:
        """A new follow-up code."""
        return self.made.code or None if isinstance(self.made, Filed) else None

    @property
    def draft(self) -> int | None:
        """Number of a draft."""
        return self.made.n if self.step == "draft" else None


class Nothing(StepGiven):
    """A step that needs no words."""


class WithPapers(StepGiven):
    """A step to which files of the person who filed may be added, sent by them or entered for them."""

    papers: list[PaperGiven] = Field([], max_length=10)

    def values(self, taking: Taking) -> dict[str, Any]:
        """The files are stored first."""
        return {**super().values(taking), "papers": self.kept(taking)}

    def kept(self, taking: Taking) -> list[Any]:
        """The files as papers."""
        return taking.keep(self.papers, origin="applicant")
