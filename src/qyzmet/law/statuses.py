"""How sure a rule or a day is. A date is as sure as the least sure thing that decided it."""

from collections.abc import Iterable

STATUSES = ("verified", "verified_old", "secondary", "inferred", "unverified")
"""From the surest to the least sure. The first four decide dates; all but the first carry a visible mark."""

RANK = {status: rank for rank, status in enumerate(STATUSES)}


def worst(statuses: Iterable[str]) -> str:
    """The least sure of the statuses; of none at all: "verified"."""
    return max(statuses, key=RANK.__getitem__, default=STATUSES[0])
