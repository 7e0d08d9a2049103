import ast
from datetime import date
from pathlib import Path
from string import Formatter

from qyzmet import watch
from qyzmet.ledger import words as ledger
from qyzmet.text.dates import long_date
from qyzmet.text.languages import LANGS
from qyzmet.watch.words import all_words, say

FOLDER = Path(watch.__file__).parent
CLI = FOLDER.parent / "cli"
SPEAKERS = {"Invalid", "Refusal", "Finding", "Wrong", "say", "_refused"}


def spoken() -> set[str]:
    """Every code that is written out where something is raised, found or said."""
    paths = [*FOLDER.rglob("*.py"), CLI / "witness.py", CLI / "monitor.py"]
    calls = [node for path in paths for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    found = set()
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in SPEAKERS:
            literals = [one for argument in call.args[:2] for one in choices(argument)]
            found |= set(literals)
    return {code for code in found if "_" in code or code in {"fork", "unreachable"}} - {"entry_"}


def choices(argument: ast.expr) -> list[str]:
    """The texts an argument may be, where it is written out."""
    if isinstance(argument, ast.IfExp):
        return choices(argument.body) + choices(argument.orelse)
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


ENTRIES = {"entry_bad_leaf", "entry_bad_json", "entry_bad_key_change"}


def test_codes_are_found_at_all() -> None:
    assert {"fork_proved", "memory_lost", "page_head", "promise_late", "promise_broken", "no_logs"} <= spoken()


def test_every_code_has_words_and_none_are_left_over() -> None:
    own = set(all_words())
    assert spoken() - own <= set(ledger.all_words())
    assert own - spoken() == ENTRIES


def test_all_words_are_there_in_every_language_with_the_same_placeholders() -> None:
    for code, texts in all_words().items():
        assert set(texts) == set(LANGS), code
        fields = [{field for _, field, _, _ in Formatter().parse(text) if field} for text in texts.values()]
        assert fields[0] == fields[1] == fields[2], code


def test_a_sentence_that_ends_with_a_russian_date_has_one_full_stop() -> None:
    days = {"index": 1, "rule": "MM 36(1)", "due": date(2026, 12, 2), "latest": date(2026, 12, 1)}
    assert say("due_too_late", "ru", **days).endswith(" 1 декабря 2026 г.")
    assert "12 мая 2026 г. Если" in say("verify_due_differs", "ru", day=long_date(date(2026, 5, 12), "ru"))


def test_no_code_has_words_in_two_places() -> None:
    assert not set(all_words()) & set(ledger.all_words())


def test_what_a_monitor_finds_of_an_entry_names_the_entry() -> None:
    for code in ("prev_unknown", "due_too_late", "step_in_future", "entry_bad_leaf", "entry_differs"):
        assert "№42" in say(code, "kk", index=42)
        assert "42" in say(code, "en", index=42)
