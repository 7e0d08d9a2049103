"""Texts of letters: `letters/<code>.<lang>.txt` of a procedure, else of the one it extends."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qyzmet.law.errors import LawError
from qyzmet.law.procedure import Procedure

SUBJECT = "Subject:"


@dataclass(frozen=True)
class LetterText:
    """A text with {placeholders}: the subject, the body in paragraphs, and the names of the placeholders."""

    subject: str
    body: str
    placeholders: frozenset[str]


def letter_text(procedure: Procedure, code: str, lang: str) -> LetterText:
    """The text of a letter. A city's folder comes before the shipped one, a procedure before the one it extends.

    LawError if there is none, or if it is not "Subject: ...", an empty line and paragraphs.
    """
    return _letter(procedure.chain, procedure.folders, f"letters/{code}.{lang}.txt")


@lru_cache(maxsize=512)
def _letter(chain: tuple[str, ...], folders: tuple[str, ...], name: str) -> LetterText:
    for code in chain:
        for folder in folders:
            path = Path(folder, code, name)
            if path.is_file():
                return _read(path)
    raise LawError(f"{chain[0]}/{name}", "file", "must be there, or in: " + ", ".join(chain[1:]))


def _read(path: Path) -> LetterText:
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    file = f"{path.parent.parent.name}/letters/{path.name}"
    subject, body = first.removeprefix(SUBJECT).strip(), rest.strip()
    if not first.startswith(SUBJECT) or not subject or not body:
        raise LawError(file, "line 1", f'"{SUBJECT} ...", then an empty line and the text')
    placeholders = re.findall(r"\{([^{}]*)\}", first + rest)
    stray = re.sub(r"\{[a-z_]+\}", "", first + rest)
    if "{" in stray or "}" in stray:
        raise LawError(file, "{}", "{placeholder} in small Latin letters and _")
    return LetterText(subject, body, frozenset(placeholders))
