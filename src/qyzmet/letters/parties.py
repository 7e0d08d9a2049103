"""Who writes and who reads a letter, and what a text to be filled looks like."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol


class LetterText(Protocol):
    """A text of the law room: subject and body with `{placeholders}`."""

    @property
    def subject(self) -> str: ...

    @property
    def body(self) -> str: ...

    @property
    def placeholders(self) -> Collection[str]: ...


@dataclass(frozen=True)
class Recipient:
    """Who gets the letter, and where."""

    name: str
    address: str = ""
    email: str = ""


@dataclass(frozen=True)
class Official:
    """Who stands under the letter, in its language: 'Surname G. P.' and the post."""

    name: str
    post: str = ""
