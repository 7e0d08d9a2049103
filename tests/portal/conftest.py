"""What the tests of the portal share."""

from typing import Any

import pytest
from django.utils import timezone

from tests.cases.desk import Desk
from tests.cast import Cast
from tests.portal.walk import Walker


@pytest.fixture
def desk(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Desk:
    """The cast at work; the portal's clock is the desk's, and files lie in a folder of the test."""
    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path
    settings.SESSION_COOKIE_AGE = 10**9
    made = Desk(cast)
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made


@pytest.fixture
def walker(desk: Desk) -> Walker:
    """A person with a browser, in Kazakh."""
    return Walker()
