"""What the tests of the hall share."""

from typing import Any

import pytest

from tests.cases.desk import Desk
from tests.cast import Cast


@pytest.fixture
def desk(cast: Cast, settings: Any) -> Desk:
    """The cast at work; signatures by the demo provider."""
    settings.DEMO = True
    return Desk(cast)
