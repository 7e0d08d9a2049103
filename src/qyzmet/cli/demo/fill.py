"""Everything the demo starts with."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from . import city


def fill(*, at: datetime) -> None:
    """The city in the data folder's database; one that is there is kept as it is."""
    city.fill(at=at, folder=settings.DATA)
