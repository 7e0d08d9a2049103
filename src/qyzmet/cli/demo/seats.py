"""Which posts a body of the demo city has, who answers to whom in it, and which roles go with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from qyzmet.text.languages import Words


class Place(NamedTuple):
    """A post to be founded. `superior` and `unit` are a code and a number within the same body."""

    code: str
    names: Words
    roles: tuple[str, ...]
    superior: str | None = None
    unit: int | None = None

    @property
    def is_head(self) -> bool:
        return self.superior is None


def places(body: dict[str, Any], staff: dict[str, Any]) -> Iterator[Place]:
    """The posts of a body from city.toml, each after the post it answers to."""
    code, style, post = body["code"], body["head"], staff["post"]
    head, deputy = f"{code}-basshy", f"{code}-orynbasar"
    deputies = staff["deputy"]
    yield Place(head, staff["head"][style], ("head",))
    yield Place(deputy, deputies.get(style, deputies["other"]), ("approver",), head)
    small = body["size"] == "small"
    yield Place(f"{code}-kense", post["registrar"], ("registrar", "executor") if small else ("registrar",), head)
    if body["size"] == "large":
        yield from _units(body, staff, deputy)
    else:
        yield Place(f"{code}-maman-1", post["executor"], ("executor",), deputy)
    if body["size"] == "middle":
        yield Place(f"{code}-maman-2", post["second_executor"], ("executor",), deputy)
    if code == "cifrlandyru-basqarmasy":
        yield Place(f"{code}-akimshi", post["administrator"], (), deputy)


def _units(body: dict[str, Any], staff: dict[str, Any], deputy: str) -> Iterator[Place]:
    """In each unit a chief who approves and two executors; in the youth centre also somebody without any role."""
    post = staff["post"]
    for number, _ in enumerate(body["units"], 1):
        stem = f"{body['code']}-{number}"
        chief = f"{stem}-bolim"
        yield Place(chief, post["chief"], ("approver",), deputy, number)
        yield Place(f"{stem}-maman-1", post["executor"], ("executor",), chief, number)
        yield Place(f"{stem}-maman-2", post["second_executor"], ("executor",), chief, number)
        if body["code"] == "zhastar-ortalygy":
            yield Place(f"{stem}-adisker", post["employee"], (), chief, number)
