"""Whoever is accused, and whoever answers to them, meets nothing of the case at any address of the desk."""

import re
from io import BytesIO
from typing import Any

import pytest

from qyzmet.cases import actions
from qyzmet.cases.actions import Filed
from qyzmet.cases.papers import keep
from qyzmet.desk.ways import WAYS
from qyzmet.letters.models import Dispatch
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
BELOW = ("centre_head", "centre_registrar", "centre_executor", "centre_approver", "employee", "administrator")
EVERY_ROLE = ("registrar", "executor", "approver", "head", "administrator")
LISTS = (
    "",
    "queue/",
    "queue/?closed=1",
    "?after_closing=1",
    "queue/?after_closing=1",
    "queue/?overdue=1",
    "queue/?standing=1",
    "overdue/",
    "find/?q=Серік",
    "find/first/?q=Серік",
    "dispatch/",
    "dispatch/stuck/",
    "dispatch/register/",
    "export/?since_0=1&since_1=1&since_2=2026&until_0=30&until_1=12&until_2=2026",
)


def body_of(response: Any) -> str:
    return b"".join(response.streaming_content).decode() if response.streaming else text(response)


def without_token(response: Any) -> str:
    """The page but for the token that differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text(response))


@pytest.fixture
def filed(room: Room) -> Filed:
    """About the head of the centre, at the department, with a paper and a letter for the post."""
    paper = keep(BytesIO(b"%PDF-1"), name="a.pdf", kind="attachment", origin="applicant", at=room.at())
    return room.accuse("centre_head", "centre", answer_channel="post", papers=[paper])


def addresses(filed: Filed) -> list[str]:
    number = filed.case.number
    letter, paper = filed.case.case_letters.first().letter_id, filed.case.papers.get().pk
    case = f"/desk/cases/{number}/"
    own = [case, f"{case}papers/{paper}/", f"{case}letters/{letter}/", f"{case}letters/{letter}/pdf/"]
    return own + [f"{case}do/{code}/" for code in WAYS]


@pytest.mark.parametrize("name", BELOW)
def test_even_with_every_role_in_the_deciding_body(room: Room, filed: Filed, name: str) -> None:
    person = room.cast.people[name]
    for role in EVERY_ROLE:
        if (name, role) != ("administrator", "administrator"):
            room.cast.role(person, room.cast.dep, role)
    for page in LISTS:
        assert filed.case.number not in body_of(room.client(name).get(f"/desk/{page}")), page
    for address in addresses(filed):
        assert room.client(name).get(address).status_code == 404, address
        assert room.client(name).post(address, {"sure": "on"}).status_code in (404, 405), address
    assert room.get(name, "/desk/find/", q=filed.case.number).status_code == 200, "the look-up does not lead there"
    for way in Dispatch.objects.all():
        for verb in ("posted", "handed", "delivered", "resend", "sent", "cancel"):
            note = f"/desk/dispatch/{filed.case.number}/{way.pk}/{verb}/"
            assert room.post(name, note, day_0="1", day_1="1", day_2="2026").status_code == 404
    assert set(Dispatch.objects.filter(channel="post").values_list("state", flat=True)) == {"pending"}


@pytest.mark.parametrize("name", BELOW)
def test_nor_what_is_owed_after_its_end(room: Room, filed: Filed, name: str) -> None:
    for role in EVERY_ROLE:
        if (name, role) != ("administrator", "administrator"):
            room.cast.role(room.cast.people[name], room.cast.dep, role)
    before = without_token(room.get(name, "/desk/"))
    room.do("withdraw", filed.case, "dep_registrar")
    room.do("ask_file", filed.case, "dep_registrar")
    for page in LISTS:
        assert filed.case.number not in body_of(room.client(name).get(f"/desk/{page}")), page
    assert without_token(room.get(name, "/desk/")) == before
    assert filed.case.number in text(room.get("dep_registrar", "/desk/queue/?after_closing=1"))


def test_the_figures_do_not_tell(room: Room, filed: Filed) -> None:
    room.cast.role(room.cast.centre_head, room.cast.dep, "registrar")
    before = without_token(room.get("centre_head", "/desk/queue/"))
    room.accuse("centre_head", "centre")
    assert without_token(room.get("centre_head", "/desk/queue/")) == before


def test_the_deciding_body_sees_it(room: Room, filed: Filed) -> None:
    for page in ("queue/", "find/?q=Серік", "find/first/?q=Серік", "dispatch/", LISTS[-1]):
        assert filed.case.number in body_of(room.client("dep_registrar").get(f"/desk/{page}")), page
    for address in addresses(filed)[:4]:
        assert room.client("dep_registrar").get(address).status_code == 200


def test_barred_from_the_day_a_post_changes(room: Room, filed: Filed) -> None:
    assert room.get("dep_executor", f"/desk/cases/{filed.case.number}/").status_code == 404, "not in hand yet"
    room.assign(filed.case, "dep")
    assert room.get("dep_executor", f"/desk/cases/{filed.case.number}/").status_code == 200
    room.cast.role(room.cast.dep_executor, room.cast.centre, "executor")
    assert room.get("dep_executor", f"/desk/cases/{filed.case.number}/").status_code == 404
    assert filed.case.number not in text(room.get("dep_executor", "/desk/"))


def test_an_accusation_without_a_post_is_for_intake_alone(room: Room) -> None:
    filed = room.file("message", "centre", about=actions.About("conduct", text="басшысы"), answer_channel="post")
    for name in ("dep_head", "dep_approver", "dep_executor"):
        assert room.get(name, f"/desk/cases/{filed.case.number}/").status_code == 404
        assert filed.case.number not in text(room.get(name, "/desk/queue/"))
    page = text(room.get("dep_registrar", f"/desk/cases/{filed.case.number}/"))
    assert "It is not settled yet whom this means." in page
    refused = room.form("dep_registrar", filed.case, "assign")
    assert (refused.status_code, "First settle which post" in text(refused)) == (409, True)


def test_the_challenged_may_not_decide(room: Room) -> None:
    filed = room.file("complaint", "centre")
    room.do("pass_up", filed.case, "centre_head")
    room.cast.role(room.cast.centre_executor, room.cast.dep, "executor")
    assert room.cast.centre_executor.surname not in text(room.form("dep_registrar", filed.case, "assign"))
    sent = room.act("dep_registrar", filed.case, "assign", executor_id=room.cast.centre_executor.pk)
    assert sent.status_code == 422
