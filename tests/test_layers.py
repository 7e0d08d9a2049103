"""Rules of the house that the import linter cannot see."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

import qyzmet

HOUSE = Path(qyzmet.__file__).parent
FACES = frozenset({"portal", "desk", "api", "cli"})
CLOCKS = frozenset(
    {
        *("django.utils.timezone.now", "django.utils.timezone.localdate", "django.utils.timezone.localtime"),
        *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
    }
)
"""What tells the day. How long something takes (`time.monotonic`) is no day."""
MAY_ASK = {
    # allauth stamps a login with this clock, and asks us how long ago that was without a moment of its own
    "look/accounts.py": {"time.time"},
    "look/tally.py": {"time.time"},  # a brake of minutes, kept in the cache: of no case, and shown nowhere
}
"""Modules below the faces that ask a clock all the same, and why."""
FLOORS = [["cases"], ["letters"], ["bodies"], ["journal", "look"]]
FLOOR = {room: height for height, rooms in enumerate(reversed(FLOORS)) for room in rooms}


def test_foreign_keys_point_down_a_floor_or_stay_in_the_room() -> None:
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in FLOOR:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model._meta.app_label
                down = FLOOR.get(target, -1) < FLOOR[room]
                assert target == room or down, f"{model.__name__}.{field.name} points up to {target}"


def test_faces_have_no_tables() -> None:
    for model in apps.get_models():
        assert model._meta.app_label not in {"portal", "desk", "api", "look"}


def test_no_clock_below_the_faces() -> None:
    below = [
        path for room in HOUSE.iterdir() if room.is_dir() and room.name not in FACES for path in room.rglob("*.py")
    ]
    asking = {str(path.relative_to(HOUSE)): clocks(path.read_text(encoding="utf-8")) for path in below}
    assert {path: found for path, found in asking.items() if found} == MAY_ASK


@pytest.mark.parametrize(
    ("source", "clock"),
    [
        ("from django.utils import timezone\nat = timezone.now()", "django.utils.timezone.now"),
        ("from django.utils.timezone import now as moment\nat = moment()", "django.utils.timezone.now"),
        ("from datetime import date\nField(default=date.today)", "datetime.date.today"),
        ("import datetime as dt\nat = dt.datetime.now(dt.UTC)", "datetime.datetime.now"),
        ("import time\nat = time.time()", "time.time"),
        ("from time import time\nat = time()", "time.time"),
    ],
)
def test_a_clock_is_found_however_it_is_named(source: str, clock: str) -> None:
    assert clocks(source) == {clock}


def test_what_is_no_clock_is_not_taken_for_one() -> None:
    assert clocks("import time\nfrom datetime import date\nmove.today, date(2026, 1, 1), time.monotonic()") == set()


def clocks(source: str) -> set[str]:
    """The clocks a module asks or hands on, by their full names."""
    tree, known = ast.parse(source), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            known |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return {name for node in ast.walk(tree) if (name := _named(node, known)) in CLOCKS}


def _named(node: ast.AST, known: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    return f"{_named(node.value, known)}.{node.attr}" if isinstance(node, ast.Attribute) else ""
