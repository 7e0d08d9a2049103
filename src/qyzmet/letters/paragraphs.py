"""The parts of a letter's body. A line that begins with '## ' is a heading; blank lines part paragraphs."""

import re
from typing import Literal

Kind = Literal["heading", "text"]

_MARK = "## "
_HEADING = re.compile(r"^## ", re.MULTILINE)


def paragraphs(body: str) -> list[tuple[Kind, str]]:
    """Headings (without their mark, one line each) and paragraphs (their line breaks kept), in order; none is empty."""
    parts: list[tuple[Kind, str]] = []
    for block in re.split(r"\n[^\S\n]*\n", body):
        lines: list[str] = []
        for line in block.split("\n"):
            if line.startswith(_MARK):
                parts += [*_text(lines), *_part("heading", line.removeprefix(_MARK).strip())]
                lines = []
            else:
                lines.append(line)
        parts += _text(lines)
    return parts


def _text(lines: list[str]) -> list[tuple[Kind, str]]:
    return _part("text", "\n".join(lines).strip("\n"))


def _part(kind: Kind, text: str) -> list[tuple[Kind, str]]:
    return [(kind, text)] if text.strip() else []


def plain(body: str) -> str:
    """The body as lines of text: a heading is a line of its own, its mark is gone."""
    return "\n\n".join(text for _, text in paragraphs(body))


def without_headings(value: str) -> str:
    """`value` with a no-break space in each mark: what somebody wrote into a letter makes no heading in it."""
    return _HEADING.sub("##\u00a0", value)
