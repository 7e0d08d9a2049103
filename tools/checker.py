"""Builds verify.html: one file with its script, style and words inside, which works from a disk without a network."""

import base64
import hashlib
import json
import re
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


def build(target: Path) -> None:
    """Put script, style and words into the page."""
    script = link(SOURCE / "page.js").replace("</script", "<\\/script")
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


def link(start: Path) -> str:
    """One script of this module and all it imports, each as a function that gives what it exports; readable still.

    Enough for modules written plainly: named or whole imports at the beginning of a line, no default, no circle.
    """
    made: dict[Path, str] = {}
    parts: list[str] = []

    def add(path: Path) -> str:
        if path not in made:
            text = EXAMPLES.sub("", path.read_text(encoding="utf-8"))
            body = IMPORT.sub(lambda found: _import(found, add(_found(found["path"], path))), text)
            names = EXPORT.findall(body)
            for listed in LIST.findall(body):
                names += [one.strip() for one in listed.split(",") if one.strip()]
            body = LIST.sub("", EXPORT.sub(lambda found: found[0].removeprefix("export "), body))
            if left := re.search(r"^(?:import|export)\b.*", body, re.MULTILINE):
                raise SystemExit(f"{path.name}: {left[0]} is not understood by tools/checker.py")
            made[path] = f"module{len(made)}"
            gives = ", ".join(f"get {name}() {{ return {name}; }}" for name in names)
            parts.append(f"// {path.name}\nconst {made[path]} = (() => {{\n{body}\nreturn {{ {gives} }};\n}})();\n")
        return made[path]

    add(start)
    return '"use strict";\n(() => {\n' + "".join(parts) + "})();\n"


IMPORT = re.compile(
    r"""^import\s+(?:\*\s+as\s+(?P<whole>\w+)|\{(?P<names>[^}]*)\})\s+from\s+["'](?P<path>[^"']+)["'];?""", re.MULTILINE
)
EXAMPLES = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
"""Comments that document: those of others hold imports as examples. Licences begin with `/*!` and stay."""
EXPORT = re.compile(r"^export (?:async function|function|class|const|let) (\w+)", re.MULTILINE)
LIST = re.compile(r"^export \{([^}]*)\};?", re.MULTILINE)


def _import(found: re.Match[str], module: str) -> str:
    if found["whole"]:
        return f"const {found['whole']} = {module};"
    return f"const {{{found['names'].replace(' as ', ': ')}}} = {module};"


def _found(name: str, importer: Path) -> Path:
    """The file of a module: beside its importer, or one of an installed package (`@scope/package/file.js`)."""
    if name.startswith("."):
        return (importer.parent / name).resolve()
    return ROOT / "node_modules" / (name if name.endswith(".js") else f"{name}/index.js")


def digest(text: str) -> str:
    """The hash by which a Content-Security-Policy knows a script or a style."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
