"""Which letters a procedure sends, what they are called, and their placeholders in words a reader understands."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qyzmet.law.letters import LetterText
from qyzmet.law.procedure import Procedure
from qyzmet.law.words import Words

if TYPE_CHECKING:
    from qyzmet.law.load import Law

PLACEHOLDERS = Path(__file__).parent / "kz" / "placeholders.toml"
ANSWER = "answer_"
"""The text of an answer is called after its outcome: answer_<outcome>, or answer_<outcome>_<for or against>."""


def letter_codes(law: "Law", procedure: Procedure) -> tuple[str, ...]:
    """The letters of its folder and those it extends: first as its steps send them, then the answers and the rest."""
    there = _codes(procedure.chain, procedure.folders)
    own = [step.letter for step in procedure.steps.values() if step.letter in there]
    others = {step.letter for one in law.procedures.values() for step in one.steps.values()}
    rest = [code for code in there if code not in others and _fits(procedure, code)]
    return tuple(dict.fromkeys((*filter(None, own), *rest)))


def _fits(procedure: Procedure, code: str) -> bool:
    """An answer fits where the procedure has its outcome; inherited texts of other outcomes do not."""
    if not code.startswith(ANSWER):
        return True
    said = code.removeprefix(ANSWER)
    return any(said == outcome or said.startswith(f"{outcome}_") for outcome in procedure.outcomes)


@lru_cache(maxsize=128)
def _codes(chain: tuple[str, ...], folders: tuple[str, ...]) -> tuple[str, ...]:
    paths = (path for code in chain for folder in folders for path in Path(folder, code, "letters").glob("*.txt"))
    return tuple(sorted({path.name.split(".")[0] for path in paths}))


def letter_name(procedure: Procedure, code: str) -> Words:
    """The name of a letter in all languages; {} if no catalogue names it."""
    for folder in procedure.folders:
        found: dict[str, Any] = _catalogue(Path(folder, "letters.toml")).get(code, {})
        if found:
            return dict(found["name"])
    return {}


@lru_cache(maxsize=16)
def _catalogue(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def readable(text: LetterText, lang: str) -> LetterText:
    """The letter with "[last day of the term]" for {due_on}; a placeholder without words keeps its name."""
    words = _catalogue(PLACEHOLDERS)

    def said(match: re.Match[str]) -> str:
        name = match[1]
        return f"[{words[name][lang] if name in words else name.replace('_', ' ')}]"

    subject, body = (re.sub(r"\{([a-z_]+)\}", said, part) for part in (text.subject, text.body))
    return LetterText(subject, body, text.placeholders)
