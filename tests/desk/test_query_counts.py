"""A list costs the same number of statements however long it is."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.letters import actions as letters
from qyzmet.letters.models import Dispatch
from qyzmet.text.dates import local
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    "queue/",
    "overdue/",
    "queue/?closed=1",
    "?after_closing=1",
    "queue/?after_closing=1",
    "queue/?standing=1",
    "?standing=1",
    "find/?q=Серік",
    "find/first/?q=Серік",
    "dispatch/",
    "dispatch/register/",
    "dispatch/stuck/",
)


def statements(room: Room, name: str, page: str) -> int:
    room.client(name).get(f"/desk/{page}")
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = room.client(name).get(f"/desk/{page}")
        if response.streaming:
            list(response.streaming_content)
    return len(caught)


def fill(room: Room, count: int) -> None:
    for n in range(count):
        filed = room.file("request" if n % 2 else "application", "water", answer_channel="post")
        room.assign(filed.case, "water")
        if n % 3 == 0:
            room.do("withdraw", filed.case, "water_registrar")
            room.do("ask_file", filed.case, "water_registrar")
        room.file("request", "water", answer_channel="email")
        tax = room.file("tax-complaint", "water").case
        room.assign(tax, "water")
        day = local(room.now).date()
        room.do("stand_still", tax, "water_head", cause="inquiry", first=day, ground="№ 7 сұрау салу")
        Dispatch.objects.filter(channel="email", state="pending").update(state="failed")
        letters.note_posted(Dispatch.objects.filter(channel="post", state="pending").last(), at=room.at())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["water_registrar", "water_executor"])
def test_lists(room: Room, name: str, page: str) -> None:
    fill(room, 3)
    few = statements(room, name, page)
    fill(room, 9)
    assert statements(room, name, page) == few
    assert few <= 22


def test_what_is_owed_is_really_there(room: Room) -> None:
    fill(room, 4)
    for name, page in (("water_registrar", "queue/"), ("water_executor", "")):
        shown = text(room.get(name, f"/desk/{page}?after_closing=1"))
        assert shown.count("data-row") - shown.count("data-rows") == 2


def test_what_is_stuck_is_really_there(room: Room) -> None:
    fill(room, 3)
    assert text(room.get("water_registrar", "/desk/dispatch/stuck/")).count("madina@mail.example") == 3


def test_the_export(room: Room) -> None:
    page = "export/?since_0=1&since_1=1&since_2=2026&until_0=30&until_1=12&until_2=2026"
    fill(room, 2)
    few = statements(room, "water_registrar", page)
    fill(room, 8)
    assert statements(room, "water_registrar", page) == few


def test_the_case_page_does_not_grow_with_what_hangs_on_it(room: Room) -> None:
    filed = room.file("application", "water")
    page = f"cases/{filed.case.number}/"
    room.do("give_file", filed.case, "water_registrar", how="Көрсетілді.")
    few = statements(room, "water_registrar", page)
    for _ in range(6):
        room.do("give_file", filed.case, "water_registrar", how="Көрсетілді.")
        room.file("request", "water")
    many: Any = statements(room, "water_registrar", page)
    assert many - few <= 1, "earlier appeals bring the one statement of their days"
