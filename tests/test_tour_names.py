"""docs/tour.md names files and functions; whoever renames one is told here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "qyzmet"
TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.py"))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.[a-z]+)", TOUR))))
def test_a_file_of_the_tour_exists(path: str) -> None:
    assert (HOUSE / path).exists() or (ROOT / path).exists()


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`(?:[A-Za-z_]+\.)*([a-z_]+)(?:\(\))?`", TOUR)) - {"py", "toml", "html"})
)
def test_a_name_of_the_tour_exists(name: str) -> None:
    assert re.search(
        rf"(?:def|class) {name}\b|^ *{name}\b ?[:=]|qyzmet[a-z_.]* import .*\b{name}\b", SOURCE, re.MULTILINE
    )
