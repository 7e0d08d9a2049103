"""Conformance data of other projects, where it is at hand; it is never part of the repository."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of the data: QYZMET_VECTORS, or `shared/vectors` beside the repository."""
    beside = Path(__file__).parents[3] / "shared" / "vectors"
    found = Path(os.environ.get("QYZMET_VECTORS", beside))
    if not found.is_dir():
        pytest.skip("no conformance data here (QYZMET_VECTORS names its folder)")
    return found
