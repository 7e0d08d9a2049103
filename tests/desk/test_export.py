"""The file for the state register."""

import csv
import io
from typing import Any

import pytest

from qyzmet.cases.actions import Author
from qyzmet.cases.queries.state_register import COLUMNS
from qyzmet.desk.views.export import HEADS, safe
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
APRIL = {"since_0": "1", "since_1": "4", "since_2": "2026", "until_0": "30", "until_1": "4", "until_2": "2026"}


def rows(room: Room, name: str, **period: Any) -> list[list[str]]:
    response = room.get(name, "/desk/export/", **{**APRIL, **period})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="register-2026-')
    sent = b"".join(response.streaming_content)
    assert sent.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(sent.decode("utf-8-sig"))))


def test_every_column_has_a_head() -> None:
    assert set(HEADS) == set(COLUMNS)


def test_the_cases_of_the_period(room: Room) -> None:
    filed = room.file("application", "water")
    room.file("application", "centre")
    found = rows(room, "water_registrar")
    assert [row[0] for row in found[1:]] == [filed.case.number]
    for said in (
        "Серікбаева Мадина Асқарқызы",
        "Application",
        "through the portal",
        "Water authority",
        "2026-04-15 10:01",
    ):
        assert said in found[1], said
    assert rows(room, "water_registrar", until_0="14")[1:] == []
    assert rows(room, "water_executor")[1:] == [], "an executor does not keep the register"


def test_no_cell_is_a_formula(room: Room) -> None:
    room.file("application", "water", text='=HYPERLINK("x") бір', authors=[Author(name="+7 @sum", address="-1")])
    cells = rows(room, "water_registrar")[1]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'+7 @sum" in cells


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1"])
def test_what_begins_a_formula_is_text(cell: str) -> None:
    assert safe(cell) == "'" + cell
    assert safe("а" + cell) == "а" + cell


def test_no_cell_is_a_formula_where_a_semicolon_ends_one() -> None:
    """As in the settings of Kazakhstan and Russia: the file is parted by commas, and opened there all the same."""
    assert safe("Серік; =HYPERLINK(1);-2;б") == "Серік; '=HYPERLINK(1);'-2;б"
    assert safe("Абай көшесі, 5; 2-пәтер") == "Абай көшесі, 5; 2-пәтер"


@pytest.mark.parametrize(
    "wrong",
    [{"since_0": "x"}, {"since_0": "31", "since_1": "2"}, {"until_0": ""}, {"until_1": "3"}, {"since_2": "20260"}],
)
def test_a_wrong_period_is_told(room: Room, wrong: dict[str, str]) -> None:
    response = room.get("water_registrar", "/desk/export/", **{**APRIL, **wrong})
    assert response.status_code == 422
    assert "govuk-error-summary" in text(response)
