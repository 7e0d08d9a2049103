"""The fonts that are shipped have every letter of Kazakh, Russian and English; the style is small and our own."""

import gzip
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import qyzmet

ROOMS = Path(qyzmet.__file__).parent
WEB = ROOMS / "look/static/look"
PAPER = sorted((ROOMS / "letters/fonts").glob("*.ttf"))
KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LETTERS = set(KAZAKH + KAZAKH.upper() + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789№«»–—§°")


def letters(*files: Path) -> set[str]:
    return {chr(code) for file in files for code in TTFont(file).getBestCmap()}


def test_the_web_font_has_every_letter() -> None:
    assert not LETTERS - letters(*WEB.glob("*.woff2"))


@pytest.mark.parametrize("file", PAPER, ids=[file.name for file in PAPER])
def test_the_paper_font_has_every_letter(file: Path) -> None:
    assert not LETTERS - letters(file)


def test_the_paper_fonts_are_there() -> None:
    assert len(PAPER) == 2


def test_the_style_is_small_and_wears_no_other_states_clothes() -> None:
    css = (WEB / "qyzmet.css").read_bytes()
    assert len(gzip.compress(css)) < 20_000
    assert b"GDS Transport" not in css
    assert b"crown" not in css
