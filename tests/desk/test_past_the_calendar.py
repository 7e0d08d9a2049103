"""A case whose last day no calendar knows yet says so wherever a day would stand."""

from datetime import datetime

import pytest

from qyzmet.bodies import actions as bodies
from qyzmet.text.dates import ALMATY
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db


def test_desk_list_export_follow_page_and_programs(room: Room) -> None:
    room.now = datetime(2027, 12, 30, 10, tzinfo=ALMATY)
    filed = room.file("request", "water")
    number = filed.case.number
    assert room.client("water_registrar").post("/follow/", {"number": number, "code": filed.code}).status_code == 302
    for page in (f"/desk/cases/{number}/", "/desk/queue/", f"/{number}"):
        shown = text(room.get("water_registrar", page))
        assert "the day will be told when the calendar of 2028 is known" in shown, page
        assert "9999" not in shown, page
    token = bodies.issue_token(person=room.cast.water_registrar, name="t", scopes=("read",), at=room.now).text
    asked = room.client("water_registrar").get(
        f"/api/v1/desk/cases/{number}", headers={"Authorization": f"Bearer {token}"}
    )
    case = asked.json()
    assert (case["due_on"], case["act_on"], {one["on"] for one in case["deadlines"]}) == (None, None, {None})
