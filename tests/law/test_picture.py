"""The picture of a procedure: nothing is left out, nothing lies on something else, and it is always the same."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qyzmet import law
from qyzmet.law.draw import svg
from qyzmet.law.paths import START, edges, rows
from qyzmet.law.picture import Box, Picture, Way, picture

KINDS = list(law.kz().procedures.values())
A_KIND = KINDS[0]
A_STATE = next(iter(A_KIND.states.values()))
A_STEP = next(iter(A_KIND.steps.values()))
CODES = ("a", "b", "c", "d", "e", "f")


def made(states: dict[str, bool], steps: list[tuple[tuple[str, ...], str, tuple[str, ...]]]) -> law.Procedure:
    """A procedure of these states (code -> open) and steps (from, to, also)."""
    return replace(
        A_KIND,
        states={code: replace(A_STATE, code=code, open=is_open) for code, is_open in states.items()},
        steps={
            f"s{number}": replace(A_STEP, code=f"s{number}", from_=source, to=to, also=also)
            for number, (source, to, also) in enumerate(steps)
        },
    )


@st.composite
def any_procedure(draw: st.DrawFn) -> law.Procedure:
    codes = CODES[: draw(st.integers(1, len(CODES)))]
    some = st.lists(st.sampled_from(codes), max_size=len(codes), unique=True).map(tuple)
    sources = st.lists(st.sampled_from(codes), min_size=1, max_size=len(codes), unique=True).map(tuple)
    place = st.sampled_from([*codes, "same", "back"])
    steps = draw(st.lists(st.tuples(sources, place, some), max_size=12))
    opening = (draw(st.just(())), draw(st.sampled_from(codes)), draw(some))
    return made({code: draw(st.booleans()) for code in codes}, [opening, *steps])


def boxed(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def disjoint(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def stretches(way: Way) -> list[tuple[int, int, int, int]]:
    pairs = zip(way.points, way.points[1:], strict=False)
    return [(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)) for (ax, ay), (bx, by) in pairs]


def shown(found: Picture) -> dict[tuple[str, str], set[int]]:
    """What the picture says: (state, the state after) -> numbers."""
    said: dict[tuple[str, str], set[int]] = {}
    for box in found.boxes:
        for label in box.stays:
            said.setdefault((box.code, box.code), set()).update(label.steps)
    for way in found.ways:
        said.setdefault((way.source, way.target), set()).update(way.label.steps)
    return said


def check(procedure: law.Procedure, found: Picture) -> None:
    assert {box.code for box in found.boxes} == {START, *procedure.states}
    drawn = {number for numbers in shown(found).values() for number in numbers}
    assert drawn == set(found.numbers.values())
    assert set(found.numbers) == set(procedure.steps)
    for one, other in combinations(found.boxes, 2):
        assert disjoint(boxed(one), boxed(other))
    for box in found.boxes:
        left, top, right, bottom = boxed(box)
        assert left >= 0 and right <= found.width
        assert top >= 0 and bottom <= found.height
        for label in box.stays:
            assert top < label.y <= bottom
    check_lines(found)


def check_lines(found: Picture) -> None:
    """Lines stay in the picture, meet boxes only at their ends, and lie on each other only on the way to one target."""
    for way in found.ways:
        for x, y in way.points:
            assert 0 <= x <= found.width
            assert 0 <= y <= found.height
        for left, top, right, bottom in stretches(way):
            for box in found.boxes:
                assert disjoint((left, top, right, bottom), boxed(box)), (way, box.code)
    for one, other in combinations(found.ways, 2):
        if one.target == other.target:
            continue
        for ours in stretches(one):
            for theirs in stretches(other):
                same_column = ours[0] == ours[2] == theirs[0] == theirs[2]
                same_row = ours[1] == ours[3] == theirs[1] == theirs[3]
                assert not same_column or ours[3] < theirs[1] or theirs[3] < ours[1]
                assert not same_row or ours[2] < theirs[0] or theirs[2] < ours[0]


@pytest.mark.parametrize("lang", law.LANGS)
@pytest.mark.parametrize("procedure", KINDS, ids=lambda kind: kind.code)
def test_every_state_and_step_of_a_shipped_procedure_is_drawn(procedure: law.Procedure, lang: str) -> None:
    found = picture(procedure, lang)
    check(procedure, found)
    assert found.width <= 320
    for box in found.boxes[1:]:
        assert " ".join(box.lines) == " ".join(procedure.states[box.code].name[lang].split())


@settings(max_examples=150, deadline=None)
@given(any_procedure())
def test_every_state_and_step_of_any_procedure_is_drawn(procedure: law.Procedure) -> None:
    check(procedure, picture(procedure, "kk"))
    assert picture(procedure, "kk") == picture(procedure, "kk")


def test_the_numbers_stand_at_the_way_they_belong_to() -> None:
    kind = made(
        {"a": True, "b": True, "z": False},
        [((), "a", ()), (("a",), "b", ()), (("a", "b"), "same", ()), (("b",), "back", ()), (("a", "b"), "z", ())],
    )
    said = shown(picture(kind, "en"))
    assert said == {
        (START, "a"): {1},
        ("a", "b"): {2},
        ("a", "a"): {3},
        ("b", "b"): {3},
        ("b", "a"): {4},
        ("a", "z"): {5},
        ("b", "z"): {5},
    }


def test_rows_follow_the_longest_way_and_loops_lead_up() -> None:
    steps = [
        ((), "a", ()),
        (("a",), "c", ()),
        (("a",), "b", ()),
        (("b",), "c", ()),
        (("c",), "a", ()),
        (("c",), "z", ()),
    ]
    kind = made({"c": True, "a": True, "z": False, "b": True}, steps)
    assert rows(kind) == (START, "a", "b", "c", "z")
    back = next(way for way in picture(kind, "en").ways if (way.source, way.target) == ("c", "a"))
    assert back.points[0][1] > back.points[-1][1], "a loop leads up"
    assert back.points[1][0] < back.points[0][0], "and on the left"


def test_a_case_that_is_over_stands_below_and_back_leads_to_where_it_came_from() -> None:
    kind = made({"a": True, "z": False, "b": True}, [((), "a", ()), (("a",), "z", ("b",)), (("b",), "back", ())])
    assert rows(kind)[-1] == "z"
    assert edges(kind)["b", "a"] == (3,)


def test_the_drawing_is_well_formed_and_forbids_nothing_to_the_policy() -> None:
    drawn = svg(picture(A_KIND, "kk"), title="A & B", description="<i>", name="one")
    root = ET.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert [root.find(f"{space}{tag}").text for tag in ("title", "desc")] == ["A & B", "<i>"]  # type: ignore[union-attr]
    assert root.get("aria-labelledby") == "one-title one-about"
    assert len(root.findall(f"{space}rect")) >= len(A_KIND.states) + 1
    assert "style=" not in drawn
    assert "<script" not in drawn
