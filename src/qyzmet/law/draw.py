"""A picture as SVG that stands in a page: no styles, no scripts, no addresses, a title and a description."""

from collections.abc import Iterable
from html import escape

from qyzmet.law.picture import LINE, PAD, Box, Label, Picture, Way

INK, QUIET, PAPER = "#14232b", "#47575f", "#ffffff"
FILLS = {"body": "#dcebef", "applicant": "#fff4dd", "none": PAPER}
"""Whose move it is. The table beside the picture says the same in words."""
FONT = "Golos Text Variable, Noto Sans, arial, sans-serif"
HEAD = 5
"""The length of an arrow's head."""


def svg(picture: Picture, *, title: str, description: str, name: str) -> str:
    """The drawing. `name`: begins the identifiers of its title and description, once in a page."""
    parts = [
        *(_box(box) for box in picture.boxes),
        *(_way(way) for way in picture.ways),
        *(_label(way.label) for way in picture.ways),
    ]
    return wrapped(parts, picture.width, picture.height, title=title, description=description, name=name)


def wrapped(parts: Iterable[str], width: int, height: int, *, title: str, description: str, name: str) -> str:
    """Drawn parts as one image with its words."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-labelledby="{name}-title {name}-about" font-size="13" font-family="{FONT}" fill="{INK}">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-about">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def text(x: int, y: int, words: str, *, size: int = 13, bold: bool = False, anchor: str = "middle") -> str:
    """One line of words."""
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def _box(box: Box) -> str:
    middle = box.x + box.width // 2
    if not box.code:
        dot = f'<circle cx="{middle}" cy="{box.y + PAD + LINE // 2}" r="6"/>'
        return _frame(box, QUIET, 12) + dot + "".join(map(_label, box.stays))
    inner = "" if box.open else _frame(box, INK, 2, inset=3)
    names = (
        text(middle, box.y + PAD + LINE * (number + 1) - 4, words, bold=True) for number, words in enumerate(box.lines)
    )
    return _frame(box, INK, 4) + inner + "".join(names) + "".join(map(_stay, box.stays))


def _frame(box: Box, colour: str, radius: int, *, inset: int = 0) -> str:
    x, y, width, height = box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" '
        f'fill="{FILLS[box.waits]}" stroke="{colour}"/>'
    )


def _stay(label: Label) -> str:
    return text(label.x, label.y, f"({label.text})", size=12, anchor=label.anchor)


def _label(label: Label) -> str:
    return text(label.x, label.y, label.text, size=12, anchor=label.anchor)


def _way(way: Way) -> str:
    points = " ".join(f"{x},{y}" for x, y in way.points)
    line = f'<polyline points="{points}" fill="none" stroke="{QUIET}" shape-rendering="crispEdges"/>'
    dot = f'<circle cx="{way.joins[0]}" cy="{way.joins[1]}" r="2.5" fill="{QUIET}"/>' if way.joins else ""
    return line + dot + _head(way)


def _head(way: Way) -> str:
    """The triangle at the end, along the last stretch of the line."""
    (ax, ay), (x, y) = way.points[-2:]
    dx, dy = (x > ax) - (x < ax), (y > ay) - (y < ay)
    back, side = (x - dx * HEAD, y - dy * HEAD), (dy * (HEAD - 2), dx * (HEAD - 2))
    corners = ((x, y), (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
    return f'<polygon points="{" ".join(f"{cx},{cy}" for cx, cy in corners)}" fill="{QUIET}"/>'
