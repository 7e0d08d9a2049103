"""Builds verify.html: one file with its script, style and words inside, which works from a disk without a network."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qyzmet.law import kz
from qyzmet.law.sentences import sentences
from qyzmet.ledger.words import LANGS, all_words

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/qyzmet/look/verify"
ELSEWHERE = ("audit_",)
"""Words that no reader of a receipt meets."""


def words() -> dict[str, Any]:
    """Everything the page says, and the law's names for steps, acts and months."""
    events: dict[str, Any] = {}
    for procedure in kz().procedures.values():  # the general part speaks for all procedures
        for step in procedure.steps.values():
            if procedure.abstract or step.code not in events:
                events[step.code] = dict(step.name)
    said = {code: found for code, found in all_words().items() if not code.startswith(ELSEWHERE)}
    law = sentences()
    return {
        "languages": list(LANGS),
        "words": said,
        "events": events,
        "acts": law["act"],
        "date": law["date"],
        "months": law["months"],
    }


def build(target: Path, bundle: Callable[[Path], None]) -> None:
    """Put script, style and words into the page. `bundle` writes the script, with all it imports, to a path."""
    bundled = target.with_suffix(".js")
    bundle(bundled)
    script = bundled.read_text(encoding="utf-8").replace("</script", "<\\/script")
    bundled.unlink()
    style = (SOURCE / "page.css").read_text(encoding="utf-8")
    no_script = (f'<p lang="{lang}">{all_words()["page_no_script"][lang]}</p>' for lang in LANGS)
    parts = {
        "script_hash": digest(script),
        "style_hash": digest(style),
        "no_script": "\n".join(no_script),
        "words": json.dumps(words(), ensure_ascii=False).replace("</", "<\\/"),
        "style": style,
        "script": script,
    }
    page = (SOURCE / "page.html").read_text(encoding="utf-8")
    for name, text in parts.items():
        page = page.replace("{{" + name + "}}", text, 1)
    target.write_text(page, encoding="utf-8")


def digest(text: str) -> str:
    """The hash by which a Content-Security-Policy knows a script or a style."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
