"""The order of the questions, and which come next after what was answered."""

from collections.abc import Mapping
from typing import Any

DETAILS = ("person", "company", "representative", "people")
"""Who files -> the page that asks about them has the same name."""


def pages(data: Mapping[str, Any]) -> list[str]:
    """The pages a person goes through, in order, by what was answered so far."""
    way = ["what", "kind", "body", "about"]
    if _answer(data, "about") == "conduct":
        way.append("post")
    way += ["text", "files", "who"]
    if _answer(data, "who") in DETAILS:
        way.append(_answer(data, "who"))
    way += ["contacts", "how", "signature"]
    if _answer(data, "signature") in ("code", "paper"):
        way.append(_answer(data, "signature"))
    return [*way, "check"]


def _answer(data: Mapping[str, Any], page: str) -> str:
    return str((data.get(page) or {}).get(page, ""))


def after(page: str, data: Mapping[str, Any], *, checking: bool = False) -> str:
    """The page after `page`; while checking, the first one that was never sent, else the check page."""
    way = pages(data)
    if checking:
        return next((one for one in way if one != "check" and not data.get(one)), "check")
    return way[way.index(page) + 1] if page in way[:-1] else "check"


def before(page: str, data: Mapping[str, Any]) -> str:
    """The page before `page`; empty for the first."""
    way = pages(data)
    place = way.index(page) if page in way else len(way) - 1
    return way[place - 1] if place else ""
