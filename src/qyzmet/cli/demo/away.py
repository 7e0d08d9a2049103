"""What makes a demo city like a living one: who held a post before, who is away, who stands in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from qyzmet.bodies import actions

if TYPE_CHECKING:
    from .city import City

TOLD = ("ishki-sayasat-zhastar", "zhastar-ortalygy", "qala-akimdigi", "cifrlandyru-basqarmasy")
"""The bodies of the story: nobody of theirs is away."""
KINDS = ("leave", "leave", "leave", "sickness", "trip", "study")
HEADS_AWAY, OTHERS_AWAY, EARLIER_AWAY, PREDECESSORS = 9, 14, 30, 40
LONG = 10
"""Weeks: longer than the stories of the cases go back, through which few days change who may do what."""


def earlier_holders(city: City) -> None:
    """Posts held, before their holders of today, by people who hold another post now."""
    codes = sorted(city.held)
    city.chance.shuffle(codes)
    for code, other in list(zip(codes[::2], codes[1::2], strict=False))[:PREDECESSORS]:
        (_, since), (person, moved) = city.held[code], city.held[other]
        if since >= moved:
            continue
        began = since - timedelta(days=city.chance.randrange(300, 1500))
        actions.appoint(
            post=city.posts[code],
            person=person,
            since=began,
            until=since - timedelta(days=1),
            act=city.act(began),
            at=city.at,
        )


def absences(city: City) -> None:
    """Some are away today, each with somebody standing in; some were away before."""
    heads = [code for code in sorted(city.held) if code.endswith("-basshy") and not code.startswith(TOLD)]
    others = [code for code in sorted(city.held) if "-maman-1" in code and not code.startswith(TOLD)]
    for code in city.chance.sample(heads, HEADS_AWAY):
        _away_now(city, code, code.replace("-basshy", "-orynbasar"))
    for code in city.chance.sample(others, OTHERS_AWAY):
        _away_now(city, code, _colleague(city, code))
    for code in city.chance.sample(others, EARLIER_AWAY):
        began = city.today - timedelta(days=city.chance.randrange(100, 400))
        _absent(city, code, began, began + timedelta(days=city.chance.randrange(2, 24)))


def _away_now(city: City, code: str, substitute: str) -> None:
    """Away since last week's Monday, or for a long time."""
    monday = city.today - timedelta(days=city.today.weekday() + 7)
    since = monday - timedelta(weeks=city.chance.choice((0, LONG)))
    until = city.today + timedelta(days=city.chance.randrange(5, 21))
    _absent(city, code, since, until)
    actions.name_substitute(
        post=city.posts[code],
        substitute=city.held[substitute][0],
        since=since,
        until=until,
        act=city.act(since),
        at=city.at,
    )


def _absent(city: City, code: str, since: date, until: date) -> None:
    kind = city.chance.choice(KINDS)
    city.turns |= {since, until + timedelta(days=1)}
    actions.note_absence(person=city.held[code][0], kind=kind, since=since, until=until, at=city.at)


def _colleague(city: City, code: str) -> str:
    """The second executor beside a first one; in a small body the records office."""
    beside = code.replace("-maman-1", "-maman-2")
    return beside if beside in city.held else f"{city.posts[code].body.code}-kense"
