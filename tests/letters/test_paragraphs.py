"""A body in parts: for the printed letter, for pages and for mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.letters import queries
from qyzmet.letters.fill import fill
from qyzmet.letters.models import Letter
from qyzmet.letters.paragraphs import paragraphs, plain, without_headings
from tests.letters.sample import VALUES, Text

pieces = st.lists(st.sampled_from(["## ", "##", "#", " ", "\n", "\n\n", "а", "Сөз", "\t", "### "]), max_size=12).map(
    "".join
)


def test_headings_and_texts_in_order() -> None:
    body = "Құрметті!\n\n## Шешім\n\nбір\nекі\n\n\n\n## Негіз\nүш\n## Мерзім"
    expected = [
        ("text", "Құрметті!"),
        ("heading", "Шешім"),
        ("text", "бір\nекі"),
        ("heading", "Негіз"),
        ("text", "үш"),
        ("heading", "Мерзім"),
    ]
    assert paragraphs(body) == expected
    assert queries.paragraphs(Letter(body=body)) == expected
    assert plain(body) == "Құрметті!\n\nШешім\n\nбір\nекі\n\nНегіз\n\nүш\n\nМерзім"


@pytest.mark.parametrize("line", ["##Шешім", " ## Шешім", "# Шешім", "### Шешім", "Шешім ## бұл"])
def test_only_the_mark_at_the_beginning_of_a_line_makes_a_heading(line: str) -> None:
    assert paragraphs(line) == [("text", line)]


@given(pieces)
def test_no_part_is_empty_and_no_word_is_lost(body: str) -> None:
    parts = paragraphs(body)
    assert all(text.strip() for _, text in parts)
    kept = "".join("".join(text.split()) for _, text in parts)
    assert kept.replace("#", "") == "".join(body.split()).replace("#", "")


@given(pieces)
def test_a_value_makes_no_heading(value: str) -> None:
    assert all(kind == "text" for kind, _ in paragraphs(without_headings(value)))
    _, body = fill("answer", "kk", Text("Т", "{reason}\n\n## Негіз\n\n{reason}.", ()), VALUES | {"reason": value})
    assert [text for kind, text in paragraphs(body) if kind == "heading"] == ["Негіз"]
