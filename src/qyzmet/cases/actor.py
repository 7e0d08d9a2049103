"""Who takes a step."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Actor:
    """An official (with a person), the applicant or the accused (known by their code), or the system's own clock."""

    kind: Literal["official", "applicant", "accused", "system"]
    person: Any = None

    @classmethod
    def official(cls, person: Any) -> "Actor":
        """The official `person` (a `bodies.Person`)."""
        return cls("official", person)


APPLICANT = Actor("applicant")
ACCUSED = Actor("accused")
SYSTEM = Actor("system")
