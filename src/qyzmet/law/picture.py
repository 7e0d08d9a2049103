"""The picture of a procedure: a box a state, one under the other, and the ways between them with numbers of steps.

Ways down to a box further below run on the right, ways back up on the left; all that lead to one box share one lane.
A step that leaves a case where it is stands in its box. All measures are in pixels of the picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from qyzmet.law import paths
from qyzmet.law.procedure import Procedure

WIDTH = 288
"""As wide as the smallest phone leaves room for; only a picture with very many lanes is wider."""
LEAST_BOX = 132
LANE, EDGE, PAD = 8, 12, 8
LINE, ROW, GAP = 16, 16, 26
LETTER = 8
"""Room for one letter of a name: a wide Cyrillic one."""
A_ROW = 4
"""Numbers in one line beside the edge of a box."""
DIGITS = 24
"""Room for a number with its comma."""

Point = tuple[int, int]


@dataclass(frozen=True)
class Label:
    """Numbers of steps at a place; `anchor`: start | middle | end, as SVG has it."""

    x: int
    y: int
    text: str
    anchor: str
    steps: tuple[int, ...]


@dataclass(frozen=True)
class Box:
    """A state, or the start (code "", no name). `waits`: body | applicant | none; `open`: whether a case can go on."""

    code: str
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int
    waits: str
    open: bool
    stays: tuple[Label, ...]
    """Steps that leave the case in this state."""


@dataclass(frozen=True)
class Way:
    """A line from a box to another with an arrow at its end; `joins`: where it meets a lane that others use too."""

    source: str
    target: str
    points: tuple[Point, ...]
    label: Label
    joins: Point | None


@dataclass(frozen=True)
class Picture:
    """All that is drawn; `numbers`: step -> its number."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    numbers: Mapping[str, int]


def picture(procedure: Procedure, lang: str) -> Picture:
    """The picture with the names of a language; the same procedure always gives the same one."""
    ways = paths.edges(procedure)
    order = paths.rows(procedure)
    sides = _Sides(order, ways)
    lanes = sides.lanes()
    left, right = (max((lane for (side, _), lane in lanes.items() if side == one), default=0) for one in ("up", "down"))
    x = EDGE + left * LANE
    width = max(WIDTH - x - EDGE - right * LANE, LEAST_BOX)
    boxes, y = {}, PAD
    for code in order:
        boxes[code] = _box(procedure, code, lang, sides, (x, y, width))
        y += boxes[code].height + GAP
    drawn = _Ways(boxes, sides, lanes).all()
    total = x + width + EDGE + right * LANE
    return Picture(total, y - GAP + PAD, tuple(boxes.values()), drawn, paths.numbers(procedure))


class _Sides:
    """Which way leaves which box on which side: "next" straight down, "down" on the right, "up" on the left."""

    def __init__(self, order: Sequence[str], ways: paths.Edges) -> None:
        self.place = {code: place for place, code in enumerate(order)}
        self.ways = ways
        self.of: dict[tuple[str, str], list[tuple[str, tuple[int, ...]]]] = {}
        for (source, target), steps in ways.items():
            if source != target:
                self.of.setdefault((source, self._side(source, target)), []).append((target, steps))
        for leaving in self.of.values():
            leaving.sort(key=lambda one: self.place[one[0]])

    def _side(self, source: str, target: str) -> str:
        rows = self.place[target] - self.place[source]
        return "up" if rows < 0 else "next" if rows == 1 else "down"

    def stays(self, code: str) -> tuple[int, ...]:
        """Steps that leave a case in the state."""
        return self.ways.get((code, code), ())

    def leaving(self, code: str, side: str) -> list[tuple[str, tuple[int, ...]]]:
        """Targets and steps, from top to bottom."""
        return self.of.get((code, side), [])

    def lanes(self) -> dict[tuple[str, str], int]:
        """(side, target) -> its lane, 1 = next to the boxes. Targets share a lane where their ways do not meet."""
        found: dict[tuple[str, str], int] = {}
        for side in ("up", "down"):
            spans = self._spans(side)
            taken: list[list[tuple[int, int]]] = []
            for target in sorted(spans, key=lambda one: (spans[one][1] - spans[one][0], self.place[one])):
                lane = next((lane for lane, used in enumerate(taken) if _free(used, spans[target])), len(taken))
                if lane == len(taken):
                    taken.append([])
                taken[lane].append(spans[target])
                found[side, target] = lane + 1
        return found

    def _spans(self, side: str) -> dict[str, tuple[int, int]]:
        """Target -> the first and the last row that its lane passes."""
        rows: dict[str, set[int]] = {}
        for (source, way), leaving in self.of.items():
            for target, _ in leaving if way == side else ():
                rows.setdefault(target, {self.place[target]}).add(self.place[source])
        return {target: (min(found), max(found)) for target, found in rows.items()}


def _free(used: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    return all(last < span[0] or span[1] < first for first, last in used)


def _box(procedure: Procedure, code: str, lang: str, sides: _Sides, at: tuple[int, int, int]) -> Box:
    x, y, width = at
    state = procedure.states.get(code)
    name = wrap(state.name[lang], (width - 2 * PAD) // LETTER) if state else []
    top = y + PAD + LINE * max(len(name), 1)
    stays = _labels(sides.stays(code), (x + width // 2, top), (width - 2 * PAD - DIGITS) // DIGITS, "middle")
    top += ROW * len(stays)
    exits = max(_height(sides.leaving(code, side)) for side in ("up", "down"))
    return Box(
        code=code,
        lines=tuple(name),
        x=x,
        y=y,
        width=width,
        height=top + exits + PAD - y,
        waits=state.waits if state else "none",
        open=state.open if state else True,
        stays=stays,
    )


def _labels(steps: tuple[int, ...], at: Point, a_row: int, anchor: str) -> tuple[Label, ...]:
    """Numbers in rows; `at`: the top of the first row."""
    x, y = at
    parts = [steps[first : first + a_row] for first in range(0, len(steps), a_row)]
    return tuple(
        Label(x, y + ROW * (row + 1) - 4, ", ".join(map(str, part)), anchor, part) for row, part in enumerate(parts)
    )


def _rows_of(steps: tuple[int, ...]) -> int:
    return -(-len(steps) // A_ROW)


def _height(leaving: list[tuple[str, tuple[int, ...]]]) -> int:
    return ROW * sum(_rows_of(steps) for _, steps in leaving)


class _Ways:
    """Draws the lines once the boxes stand."""

    def __init__(self, boxes: Mapping[str, Box], sides: _Sides, lanes: Mapping[tuple[str, str], int]) -> None:
        self.boxes, self.sides, self.lanes = boxes, sides, lanes
        self.outermost: dict[tuple[str, str], str] = {}
        """(side, target) -> the source where its lane begins: the others join it."""
        for (source, side), leaving in sides.of.items():
            for target, _ in leaving:
                other = self.outermost.setdefault((side, target), source)
                if self._farther(source, other, target):
                    self.outermost[side, target] = source

    def _farther(self, source: str, other: str, target: str) -> bool:
        place = self.sides.place
        return abs(place[source] - place[target]) > abs(place[other] - place[target])

    def all(self) -> tuple[Way, ...]:
        """Every line, box by box."""
        return tuple(way for code in self.boxes for side in ("next", "up", "down") for way in self._of(code, side))

    def _of(self, code: str, side: str) -> list[Way]:
        box, leaving = self.boxes[code], self.sides.leaving(code, side)
        if side == "next":
            return [self._straight(box, target, steps) for target, steps in leaving]
        y, found = box.y + box.height - PAD - self._deepest(code), []
        for target, steps in leaving:
            found += self._around(box, target, steps, side, y)
            y += ROW * _rows_of(steps)
        return found

    def _deepest(self, code: str) -> int:
        return max(_height(self.sides.leaving(code, side)) for side in ("up", "down"))

    def _straight(self, box: Box, target: str, steps: tuple[int, ...]) -> Way:
        x, y = box.x + box.width // 2, box.y + box.height
        label = Label(x + 8, y + GAP - 10, ", ".join(map(str, steps)), "start", steps)
        return Way(box.code, target, ((x, y), (x, y + GAP)), label, None)

    def _around(self, box: Box, target: str, steps: tuple[int, ...], side: str, top: int) -> list[Way]:
        """One line and its numbers; numbers of a second row belong to a line of their own that ends at the first."""
        out, anchor = (1, "end") if side == "down" else (-1, "start")
        edge = box.x + (box.width if side == "down" else 0)
        lane = edge + out * (self.lanes[side, target] * LANE + 4)
        entry = self.boxes[target].y + PAD + 4
        found = []
        for row, label in enumerate(_labels(steps, (edge - out * 6, top), A_ROW, anchor)):
            y = top + ROW * row + ROW // 2
            points = ((edge, y), (lane, y), (lane, entry), (edge, entry))
            first = row == 0 and self.outermost[side, target] == box.code
            found.append(Way(box.code, target, points, label, None if first else (lane, y)))
        return found
