"""Every refusal an action may raise has words in three languages that name only values it gives."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import qyzmet
from qyzmet.look import words
from qyzmet.text.refusal import Refused

SOURCE = Path(qyzmet.__file__).parent
# what takes a code as its first argument
RAISING = {"Refused", "Lack", "Stop", "unique"}


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def raised() -> dict[str, str]:
    found: dict[str, str] = {"not_in_this_state": "law.may", "not_in_this_procedure": "law.may"}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in RAISING:
                    found.update(dict.fromkeys(constants(node.args[0]), f"{path.name}:{node.lineno}"))
    return found


def test_every_code_has_words() -> None:
    known = words.all_words()
    assert not {code: place for code, place in raised().items() if code not in known}


def test_no_words_without_a_code() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    # the rules that find non-answers give a refusal their own name
    named = {code: code.removeprefix("nonanswer_") for code in set(words.all_words()) - set(raised())}
    assert not {code for code, name in named.items() if f'"{name}"' not in source}


@pytest.mark.parametrize("code", sorted(words.all_words()))
def test_words_are_complete_and_alike(code: str) -> None:
    said = words.all_words()[code]
    assert set(said) == {"kk", "ru", "en"}
    assert all(text.strip() for text in said.values())
    names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in said.values()]
    assert names[0] == names[1] == names[2]


def test_values_stand_in_the_words() -> None:
    exc = Refused("text_too_long", kind="input", limit=30000, given=30001)
    assert "30\u00a0000" in words.refusal(exc, "kk")
    assert "30,000" in words.refusal(exc, "en")


def test_what_the_law_says_is_shown_in_the_language_of_the_reader() -> None:
    exc = Refused("law_cannot_answer", kind="input", said={"kk": "бір", "ru": "один", "en": "one"})
    assert words.refusal(exc, "ru") == "один"


def test_a_day_is_written_out() -> None:
    exc = Refused("extension_too_short", kind="input", due_on="2026-04-15")
    assert "15 апреля 2026" in words.refusal(exc, "ru")
