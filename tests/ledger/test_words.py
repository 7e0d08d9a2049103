import ast
from pathlib import Path
from string import Formatter

import pytest

from qyzmet import ledger
from qyzmet.ledger.words import LANGS, PARTS, all_words, say

FOLDER = Path(ledger.__file__).parent


def raised() -> list[ast.Call]:
    """Every `Invalid("code", ...)` of the room."""
    nodes = [node for path in sorted(FOLDER.glob("*.py")) for node in ast.walk(ast.parse(path.read_text()))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [call for call in calls if call.func.id == "Invalid" and isinstance(call.args[0], ast.Constant)]


def codes() -> set[str]:
    return {call.args[0].value for call in raised()}


def named(part: str) -> set[str]:
    """The values that are written out for `what` or `why`."""
    keywords = [keyword for call in raised() for keyword in call.keywords if keyword.arg == part]
    return {keyword.value.value for keyword in keywords if isinstance(keyword.value, ast.Constant)}


def test_the_room_raises_codes_at_all() -> None:
    assert {"bad_signature", "wrong_root", "chain_broken"} <= codes()


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    told_by_faces = {code for code in all_words() if code.startswith(("verify_", "verdict_", "page_", "audit_"))}
    assert codes() == set(all_words()) - set(PARTS) - told_by_faces


def test_what_stands_in_a_strangers_file_cannot_pass_for_our_own_words() -> None:
    case = "1\x1b[31m\x9b2J\n\u202e\u2028\ud800Қ"
    assert say("verify_case", "en", case=case, count=1) == say(
        "verify_case", "en", case="1\ufffd[31m\ufffd2J\ufffd\ufffd\ufffd\ufffdҚ", count=1
    )


@pytest.mark.parametrize("part", PARTS)
def test_every_reason_written_out_has_words(part: str) -> None:
    assert named(part) <= set(all_words()[part])


def test_all_words_are_there_in_every_language_with_the_same_placeholders() -> None:
    words = {code: texts for code, texts in all_words().items() if code not in PARTS}
    for part in PARTS:
        words |= {f"{part}.{name}": texts for name, texts in all_words()[part].items()}
    for code, texts in words.items():
        assert set(texts) == set(LANGS), code
        fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in texts.values()]
        assert fields[0] == fields[1] == fields[2], code


def test_placeholders_are_values_that_are_given_somewhere() -> None:
    given: dict[str, set[str]] = {}
    for call in raised():
        given.setdefault(call.args[0].value, set()).update(keyword.arg or "" for keyword in call.keywords)
    for code, names in given.items():
        wanted = {field for _, field, _, _ in Formatter().parse(all_words()[code]["en"]) if field}
        assert wanted <= names, code


def test_reasons_are_said_in_the_language_asked_for() -> None:
    assert say("bad_bundle", "ru", why="truncated") == "Файл с записями журнала повреждён: файл обрывается."
    assert say("bad_receipt", "en", why="colour") == "This file is not a receipt, or it is damaged: colour."


def test_a_value_that_is_missing_leaves_a_whole_sentence() -> None:
    assert say("control_character", "en") == "The text holds an invisible character that is not allowed."
