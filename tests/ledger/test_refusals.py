"""Every refusal of the room is asked for by some test."""

import ast
from pathlib import Path

import qyzmet.ledger

ROOM = Path(qyzmet.ledger.__file__).parent
HERE = Path(__file__).parent
ELSEWHERE = {"test_refusals.py", "test_words.py"}
"""Tests that speak of codes without causing them."""


def refusals() -> set[str]:
    """The code, and `why` where it is written out, of every `Invalid(...)` in the room."""
    found = set()
    for path in ROOM.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Invalid":
                said = [call.args[0], *(one.value for one in call.keywords if one.arg == "why")]
                found |= {one.value for one in said if isinstance(one, ast.Constant)}
    return {str(one) for one in found}


def test_every_refusal_has_a_test() -> None:
    asked = set()
    for path in HERE.glob("test_*.py"):
        if path.name not in ELSEWHERE:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    asked |= set(node.value.split("|"))
    assert {"bad_note", "no_signatures", "fork"} <= refusals()
    assert refusals() - asked == set()
