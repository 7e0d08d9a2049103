"""The dispatch register."""

import pytest

from qyzmet.cases.actions import Filed
from qyzmet.letters.models import Dispatch
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db


def answered(room: Room, channel: str, kind: str = "request", body: str = "water") -> Filed:
    filed = room.file(kind, body, answer_channel=channel)
    room.answer(filed.case, body, "answered" if kind == "request" else "act_adopted")
    return filed


def way(filed: Filed, channel: str, kind: str = "answer_answered") -> Dispatch:
    found = Dispatch.objects.filter(
        letter__case_number=filed.case.number, channel=channel, letter__kind__startswith=kind
    )
    return found.get()


def noted(room: Room, filed: Filed, one: Dispatch, verb: str, name: str = "water_registrar", /, **form: object) -> int:
    return room.post(name, f"/desk/dispatch/{filed.case.number}/{one.pk}/{verb}/", **form).status_code


def test_posted_letters_get_their_number(room: Room) -> None:
    filed = answered(room, "post")
    one = way(filed, "post")
    assert "Сарыарқа көшесі, 5-үй" in text(room.get("water_registrar", "/desk/dispatch/"))
    assert noted(room, filed, one, "posted") == 302
    one.refresh_from_db()
    assert (one.state, one.register_number) == ("sent", 1)
    book = text(room.get("water_registrar", "/desk/dispatch/register/", year="2026"))
    assert filed.case.number in book
    assert filed.case.number not in text(room.get("water_registrar", "/desk/dispatch/register/", year="2025"))
    assert noted(room, filed, one, "posted") == 302
    assert "not waiting to leave" in text(room.get("water_registrar", "/desk/dispatch/"))


def test_handed_over_is_delivered(room: Room) -> None:
    filed = answered(room, "hand")
    one = way(filed, "hand")
    room.wait(days=2)
    noted(room, filed, one, "handed")
    one.refresh_from_db()
    assert one.delivered_at is not None
    assert filed.case.deadlines.get(key="complain", is_open=True).start_on == one.delivered_at.date()


def test_delivery_of_an_answer_is_a_step(room: Room) -> None:
    filed = answered(room, "post")
    one = way(filed, "post")
    noted(room, filed, one, "posted")
    room.wait(days=2)
    day = {"day_0": "16", "day_1": "4", "day_2": "2026"}
    noted(room, filed, one, "delivered", "water_registrar", **day)
    one.refresh_from_db()
    assert one.delivered_at is not None
    assert filed.case.steps.order_by("-n")[0].code == "delivered"


def test_delivery_of_a_letter_of_an_open_case_is_a_note(room: Room) -> None:
    filed = room.file("application", "water", answer_channel="post")
    one = way(filed, "post", "talon")
    noted(room, filed, one, "posted")
    room.wait(days=2)
    noted(room, filed, one, "delivered", "water_registrar", day_0="16", day_1="4", day_2="2026")
    one.refresh_from_db()
    assert one.delivered_at is not None


@pytest.mark.parametrize(
    "day", [("x", "4", "2026"), ("31", "2", "2026"), ("1", "1", "2026"), ("1", "1", "2030"), ("", "", "")]
)
def test_an_impossible_day_is_told(room: Room, day: tuple[str, str, str]) -> None:
    filed = room.file("application", "water", answer_channel="post")
    one = way(filed, "post", "talon")
    noted(room, filed, one, "posted")
    typed = {f"day_{n}": part for n, part in enumerate(day)}
    noted(room, filed, one, "delivered", "water_registrar", **typed)
    assert "cannot be delivered before it left" in text(room.get("water_registrar", "/desk/dispatch/register/"))


def test_stuck_letters_wait_for_a_decision(room: Room) -> None:
    filed = answered(room, "email")
    one = way(filed, "email")
    for state, verb, then in (
        ("uncertain", "sent", "sent"),
        ("failed", "resend", "pending"),
        ("failed", "cancel", "cancelled"),
    ):
        Dispatch.objects.filter(pk=one.pk).update(state=state)
        assert filed.case.number in text(room.get("water_registrar", "/desk/dispatch/stuck/"))
        noted(room, filed, one, verb)
        one.refresh_from_db()
        assert one.state == then
    assert noted(room, filed, one, "burn") == 404


def test_only_registrars_of_the_body_that_wrote_it(room: Room) -> None:
    filed = answered(room, "post")
    one = way(filed, "post")
    for name in ("centre_registrar", "water_head", "water_executor", "employee", "administrator"):
        assert filed.case.number not in text(room.get(name, "/desk/dispatch/"))
        assert noted(room, filed, one, "posted", name) == 404
    one.refresh_from_db()
    assert one.state == "pending"
    assert room.client("water_registrar").get(f"/desk/dispatch/{filed.case.number}/{one.pk}/posted/").status_code == 405
    other = answered(room, "post")
    assert noted(room, other, one, "posted") == 404, "a number that is not its own"


def test_a_letter_stays_with_its_body_when_the_case_has_gone(room: Room) -> None:
    filed = room.file("application", "centre", answer_channel="post")
    room.do("redirect", filed.case, "centre_registrar", body="water", reason="Су мәселесі.")
    page = text(room.get("centre_registrar", "/desk/dispatch/"))
    assert filed.case.number in page
    assert noted(room, filed, way(filed, "post", "talon"), "posted", "centre_registrar") == 302


def test_a_registrar_of_two_bodies_keeps_two_registers(room: Room) -> None:
    first, second = answered(room, "post"), answered(room, "post", body="centre")
    room.cast.role(room.cast.water_registrar, room.cast.centre, "registrar")
    page = text(room.get("water_registrar", "/desk/dispatch/", body="water"))
    assert (first.case.number in page, second.case.number in page) == (True, False)
    page = text(room.get("water_registrar", "/desk/dispatch/", body="centre"))
    assert (first.case.number in page, second.case.number in page) == (False, True)
    assert first.case.number not in text(room.get("water_registrar", "/desk/dispatch/", body="dep"))


@pytest.mark.parametrize("after", ["x", "1-2", "9" * 40, "-1", "1-2-3-4"])
def test_a_broken_key_begins_the_list_anew(room: Room, after: str) -> None:
    for page in ("", "stuck/", "register/"):
        assert room.get("water_registrar", f"/desk/dispatch/{page}", after=after, year="99999999").status_code == 200
