"""Filling is strict, and a value is never more than its own characters."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.letters.errors import LetterError
from qyzmet.letters.fill import PLACEHOLDERS, fill
from tests.letters.sample import VALUES, Text

NASTY = [
    "#eval(\"1\")", "$x^2$", "@label", "\\", "\\u{41}", "<script>alert(1)</script>", "*a* _b_ `c`", "{number}",
    "{{number}}", "//", "/* a", "]", "\\g<0>", "%s", "= heading", "бір\nекі",
]  # fmt: skip


def test_values_stand_where_their_names_stood() -> None:
    subject, body = fill("answer", "kk", Text(), VALUES)
    assert subject == "Өтініш: 2026-4K7M-9XQ2"
    assert body.startswith("Құрметті Әсел Қайратқызы!\n\nШешім: Қанағаттандырылды")


@pytest.mark.parametrize("part", ["subject", "body"])
def test_an_unknown_placeholder_is_an_error_that_names_it(part: str) -> None:
    text = Text(**{"subject": "Т", "body": "М", part: "{colour}", "placeholders": ()})  # type: ignore[arg-type]
    with pytest.raises(LetterError, match=r"letter 'talon' \(ru\): \{colour\} is not a known") as error:
        fill("talon", "ru", text, {"number": "1"})
    assert (error.value.letter, error.value.language, error.value.placeholder) == ("talon", "ru", "colour")


def test_an_unknown_value_and_an_unknown_announced_name_are_errors() -> None:
    with pytest.raises(LetterError, match="colour"):
        fill("talon", "ru", Text(), VALUES | {"colour": "red"})
    with pytest.raises(LetterError, match="colour"):
        fill("talon", "ru", Text(placeholders=("colour",)), VALUES)


@pytest.mark.parametrize("name", sorted(VALUES))
@pytest.mark.parametrize("value", [None, 5])
def test_a_missing_value_is_an_error_that_names_it(name: str, value: object) -> None:
    with pytest.raises(LetterError, match=rf"letter 'talon' \(kk\): \{{{name}\}} has no value"):
        fill("talon", "kk", Text(), {**VALUES, name: value})  # type: ignore[dict-item]
    with pytest.raises(LetterError, match=name):
        fill("talon", "kk", Text(), {key: text for key, text in VALUES.items() if key != name})


@pytest.mark.parametrize("body", ["{Number}", "{ number }", "{number", "number}", "{}", "{number!r}", "{number.x}"])
def test_a_stray_brace_is_an_error(body: str) -> None:
    with pytest.raises(LetterError, match="brace"):
        fill("talon", "kk", Text("Т", body, ()), VALUES)


def test_an_empty_letter_is_an_error() -> None:
    with pytest.raises(LetterError, match="empty"):
        fill("talon", "kk", Text("Т", "{reason}", ("reason",)), {"reason": "  \n"})


@pytest.mark.parametrize("value", NASTY)
def test_a_value_stays_what_it_is(value: str) -> None:
    assert fill("talon", "kk", Text(), VALUES | {"reason": value})[1].endswith(f"Шешім: {value}")


def test_a_subject_has_no_line_ends() -> None:
    subject, _ = fill("talon", "kk", Text(), VALUES | {"kind_name": "Өтініш\r\nBcc: thief@example.kz\u2028x"})
    assert subject == "Өтініш Bcc: thief@example.kz x: 2026-4K7M-9XQ2"


def test_an_empty_value_leaves_no_gap_of_lines() -> None:
    text = Text("Т", "Бір\n\n{part_text}\n\nЕкі", ("part_text",))
    assert fill("talon", "kk", text, {"part_text": ""})[1] == "Бір\n\nЕкі"


def test_characters_no_database_keeps_are_dropped() -> None:
    assert fill("talon", "kk", Text(), VALUES | {"reason": "а\x00б\ud800в\x1b"})[1].endswith("абв")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Zs", "Zl", "Zp"]), min_size=1))
def test_any_value_appears_once(value: str) -> None:
    text = Text("Т", "⟦{reason}⟧", ("reason",))
    body = fill("talon", "kk", text, {"reason": value})[1]
    assert body[0] == "⟦"
    assert body[-1] == "⟧"


def test_names_of_placeholders_are_plain() -> None:
    assert all(set(name) <= set(string.ascii_lowercase + "_") for name in PLACEHOLDERS)
