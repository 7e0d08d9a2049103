"""What no page of ours would send."""

import base64
import json

import pytest

from qyzmet.desk.ways import WAYS
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db


def key(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "after",
    ["x", "!!!!", key("abc", 1), key("2026-13-45", 1), key(1), key("2026-01-01", "x"), key(10**30, 10**30), key("", 2)],
)
@pytest.mark.parametrize("page", ["", "queue/", "queue/?closed=1", "overdue/", "find/?q=Серік"])
def test_a_broken_key_is_told(room: Room, page: str, after: str) -> None:
    joint = "&" if "?" in page else "?"
    response = room.client("water_registrar").get(f"/desk/{page}{joint}after={after}")
    assert response.status_code in (200, 422)


@pytest.mark.parametrize("typed", ["\x00", "%00", "'", "%", "_", "a" * 10_000, "2026-0000-0000", "<b>", "☃", "\ud83d"])
def test_the_look_up_takes_anything(room: Room, typed: str) -> None:
    query = typed.encode("utf-8", "replace").decode()
    for page in ("find/", "find/first/"):
        assert room.get("water_registrar", f"/desk/{page}", q=query).status_code == 200


@pytest.mark.parametrize("number", ["x", "%00", "2026-0000", "2026-0000-0000-0000", "..", "2026 0000 0000"])
def test_numbers_that_are_none(room: Room, number: str) -> None:
    for rest in ("", "do/assign/", "letters/1/", f"papers/{10**30}/", f"letters/{10**30}/pdf/"):
        assert room.client("water_registrar").get(f"/desk/cases/{number}/{rest}").status_code == 404


def test_numbers_of_things_that_no_table_can_hold(room: Room) -> None:
    case = room.file("application", "water").case
    for rest in (f"papers/{10**30}/", f"letters/{10**30}/", f"letters/{10**30}/pdf/"):
        assert room.client("water_registrar").get(f"/desk/cases/{case.number}/{rest}").status_code == 404, rest
    for year in ("2026" + "9" * 30, "2026" + "9" * 5000, "0", "²"):
        assert room.get("water_registrar", "/desk/dispatch/register/", year=year).status_code == 200, year


def test_steps_that_are_none(room: Room) -> None:
    filed = room.file("application", "water")
    for code in ("register", "lapse", "rate", "accused_answers", "remind", "pass_up", "satisfy", "dance"):
        assert room.form("water_registrar", filed.case, code).status_code == 404, code


@pytest.mark.parametrize("code", sorted(WAYS))
def test_an_empty_form_never_breaks(room: Room, code: str) -> None:
    """Whoever the step is not for hears why; whoever it is for hears what is missing."""
    filed = room.file("application", "water")
    for name in ("water_registrar", "water_executor", "water_head"):
        assert room.act(name, filed.case, code).status_code in (302, 200, 404, 409, 422)
    if room.case(filed.case).state == "registered":
        room.assign(filed.case, "water")
    for name in ("water_registrar", "water_executor", "water_head", "water_approver"):
        response = room.act(name, filed.case, code, days="x", executor_id="x", person_id="-1", body="x", provider="x")
        assert response.status_code in (302, 200, 404, 409, 422)


def test_choices_that_were_not_offered(room: Room) -> None:
    filed = room.file("application", "water")
    for wrong in ("0", "x", str(room.cast.centre_executor.pk), str(room.cast.water_head.pk), str(10**30)):
        refused = room.act("water_registrar", filed.case, "assign", executor_id=wrong)
        assert (refused.status_code, 'id="id_executor_id-error"' in text(refused)) == (422, True)
    assert room.case(filed.case).state == "registered"


def test_what_people_wrote_is_never_markup(room: Room) -> None:
    evil = "<script>alert(1)</script>"
    from qyzmet.cases.actions import Author

    filed = room.file("application", "water", text=f"{evil} неге?", authors=[Author(name=evil, address=evil)])
    room.assign(filed.case, "water")
    room.draft(filed.case, "water", "act_adopted", facts=evil, ground=evil)
    for page in ("queue/", f"cases/{filed.case.number}/", f"cases/{filed.case.number}/do/draft/", "find/?q=" + evil):
        assert evil not in room.client("water_executor").get(f"/desk/{page}").content.decode()


def test_a_form_of_another_site_is_refused(room: Room) -> None:
    from django.test import Client

    filed = room.file("application", "water")
    client = Client(enforce_csrf_checks=True)
    client.force_login(room.cast.water_registrar)
    for page in (f"cases/{filed.case.number}/do/withdraw/", "register/", "register/talon/"):
        assert client.post(f"/desk/{page}", {"sure": "on"}).status_code == 403
    assert room.case(filed.case).is_open
