"""What the tests of the desk share."""

from typing import Any

import pytest
from django.utils import timezone

from qyzmet.desk import two_factor
from tests.cast import Cast
from tests.desk.room import Room


@pytest.fixture
def room(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Room:
    """The cast at the desk; everybody has a second factor, and the clock is the room's own."""
    settings.DEMO = True
    settings.SESSION_COOKIE_AGE = 10**9
    made = Room(cast)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    monkeypatch.setattr(two_factor, "_lacks", lambda request: False)
    return made
