import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.text.clean import control_characters, one_line, printable, shortened_name, tidy


def test_control_characters_are_named_once_each() -> None:
    assert control_characters("а\x00б\x07в\x00") == ("U+0000", "U+0007")
    assert control_characters("\ud800") == ("U+D800",)


def test_tabs_and_line_ends_may_stay() -> None:
    assert control_characters("бір\r\nекі\tүш\n") == ()


def test_tidying_keeps_lines_and_composes_letters() -> None:
    assert tidy("  бір\r\nекі\rүш ") == "бір\nекі\nүш"
    assert tidy("и\u0306") == "й"
    assert tidy("\ufeffа\u202eб\u200b") == "аб"


def test_one_line_has_no_line_ends() -> None:
    assert one_line(" Ли\r\nBcc: x@example.kz\t") == "Ли Bcc: x@example.kz"


@given(st.text(st.characters()))
def test_what_is_printable_has_no_control_characters(text: str) -> None:
    assert control_characters(printable(text)) == ()
    assert control_characters(one_line(text)) == ()
    assert printable(text) == tidy(text) or control_characters(text)


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("арыз.pdf", "арыз.pdf"),
        ("а" * 5000 + ".txt", "а" * 15 + "….txt"),
        ("а" * 5000, "а" * 19 + "…"),
        ("а." + "б" * 5000, "а." + "б" * 17 + "…"),
        ("." + "б" * 5000, "." + "б" * 18 + "…"),
    ],
)
def test_a_long_name_of_a_file_keeps_its_ending(name: str, kept: str) -> None:
    assert shortened_name(name, 20) == kept
