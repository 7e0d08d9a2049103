"""The desk takes the steps of kinds it does not know, and tells their own terms."""

from tests.desk.room import Room, text
from tests.desk.test_steps import takes


def test_an_extension_is_asked_in_the_unit_of_its_law(room: Room) -> None:
    filed = room.file("newsroom", "water")
    takes(room, "water_registrar", filed, "assign", executor_id=room.cast.water_executor.pk)
    page = text(room.form("water_head", filed.case, "extend"))
    assert "Extended term (calendar days)" in page and "Once, where several holders" in page


def test_a_plain_step_of_a_folder_is_offered_and_taken(room: Room) -> None:
    filed = room.file("petition", "water")
    takes(room, "water_registrar", filed, "assign", executor_id=room.cast.water_executor.pk)
    case = takes(room, "water_executor", filed, "visit", note="Көше көрілді.")
    step = case.steps.order_by("-n")[0]
    assert (step.code, step.note, case.state) == ("visit", "Көше көрілді.", "in_work")
