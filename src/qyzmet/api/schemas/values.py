"""Kinds of values that many requests and answers share."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt

from qyzmet import law
from qyzmet.text.languages import LANGS

YEARS = range(2000, 2100)


class Given(BaseModel):
    """What is sent to us: a name we do not know is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


class Words(BaseModel):
    """One text in the three languages."""

    kk: str
    ru: str
    en: str

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Words":
        """The words of the law's data or of a body's name."""
        return cls(kk=words["kk"], ru=words["ru"], en=words["en"])


class Named(BaseModel):
    """A code and what it is called."""

    code: str
    name: Words

    @classmethod
    def of(cls, thing: Any) -> "Named":
        """Anything of the law's data that has a code and a name."""
        return cls(code=thing.code, name=Words.of(thing.name))


class Why(BaseModel):
    """The way to a date: sentences in order, in the three languages."""

    kk: list[str]
    ru: list[str]
    en: list[str]

    @classmethod
    def of(cls, facts: Sequence[Any]) -> "Why":
        """The stored facts of a deadline, told."""
        return cls(**{lang: law.explain(facts, lang) for lang in LANGS})


def _text_of_a_moment(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("days and moments are written as text")
    return value


def _in_our_time(value: datetime) -> datetime:
    if value.year not in YEARS:
        raise ValueError("a year of this century is wanted")
    return value


def _day_in_our_time(value: date) -> date:
    if value.year not in YEARS:
        raise ValueError("a year of this century is wanted")
    return value


def day_or_none(value: str | None) -> date | None:
    """The day an ISO 8601 text names; None for any other."""
    try:
        return _day_in_our_time(date.fromisoformat(value or ""))
    except ValueError:
        return None


Day = Annotated[date, BeforeValidator(_text_of_a_moment), AfterValidator(_day_in_our_time)]
"""A day as ISO 8601 text: `2026-04-15`."""
Moment = Annotated[AwareDatetime, BeforeValidator(_text_of_a_moment), AfterValidator(_in_our_time)]
"""A moment with its zone, as ISO 8601 text: `2026-04-15T10:00:00+05:00`."""
Text = Annotated[str, Field(max_length=40_000)]
Line = Annotated[str, Field(max_length=300)]
Days = Annotated[StrictInt, Field(ge=1, le=400, description="Working days.")]
Id = Annotated[StrictInt, Field(ge=1, le=2**63 - 1)]
Flag = StrictBool
