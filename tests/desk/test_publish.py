"""Publishing at the desk: read first, then published as it was read; statements; the city's list of newsrooms."""

import re
from typing import Any

import pytest

from qyzmet.cases import actions, queries
from qyzmet.cases.actions import APPLICANT
from qyzmet.cases.models import Case, Newsroom, Publication
from tests.cases.desk import AUTHOR
from tests.cases.test_newsroom import GIVEN, ask, open_newsroom
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
TEXT = "Су қашан беріледі?\n\nСерікбаева Мадина, 8 700 000 00 00"


@pytest.fixture
def answered(room: Room) -> Case:
    """An answered request of a person who agrees to publication."""
    case = room.file("request", "water", text=TEXT).case
    room.answer(case, "water", "answered")
    actions.agree_publication(case, by=APPLICANT, at=room.at())
    return case


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found, page
    return found[1]


def test_the_head_reads_the_masked_text_and_publishes_it(room: Room, answered: Case) -> None:
    page = text(room.form("water_head", answered, "publish"))
    shown = page[page.index("This is what everybody") :]
    assert "Су қашан беріледі?" in shown and "700 000" not in shown and "Серікбаева" not in shown
    sent = {"seen": seen(page), "hide": "", "read": "on"}
    assert room.act("water_head", answered, "publish", **sent).status_code == 302
    public = text(room.client("water_head").get("/bodies/water/"))
    assert "Су қашан беріледі?" in public and AUTHOR.name not in public.split("</header>")[1]
    assert room.form("water_head", answered, "publish").status_code == 409
    assert room.act("water_head", answered, "unpublish", reason="").status_code == 422
    assert room.act("water_head", answered, "unpublish", reason="Ескірді.").status_code == 302
    assert Publication.objects.get().texts == []


def test_another_text_than_the_one_read_is_shown_first(room: Room, answered: Case) -> None:
    first = seen(text(room.form("water_head", answered, "publish")))
    sent = {"seen": first, "hide": "беріледі", "read": "on"}
    again = room.act("water_head", answered, "publish", **sent)
    assert again.status_code in (409, 422) and not Publication.objects.exists()
    assert "[жасырылды]" in text(again) and seen(text(again)) != first
    assert room.act("water_head", answered, "publish", **sent | {"seen": seen(text(again))}).status_code == 302
    assert "беріледі" not in str(Publication.objects.get().texts)


@pytest.mark.parametrize(
    "changes", [{"read": ""}, {"seen": ""}, {"seen": "x" * 64}, {"hide": "а\x07"}, {"hide": "\n".join(["аб"] * 101)}]
)
def test_what_was_not_read_is_not_published(room: Room, answered: Case, changes: dict[str, Any]) -> None:
    sent = {"seen": seen(text(room.form("water_head", answered, "publish"))), "hide": "", "read": "on"}
    assert room.act("water_head", answered, "publish", **sent | changes).status_code in (409, 422)
    assert not Publication.objects.exists()


def test_without_consent_the_desk_says_why_not(room: Room) -> None:
    case = room.file("request", "water").case
    room.answer(case, "water", "answered")
    assert room.form("water_head", case, "publish").status_code == 409
    assert "has not agreed" in text(room.get("water_head", f"/desk/cases/{case.number}/"))


@pytest.mark.parametrize("name", ["water_registrar", "water_executor"])
def test_nobody_but_the_head(room: Room, answered: Case, name: str) -> None:
    assert room.form(name, answered, "publish").status_code == 409


def test_an_accusation_has_no_such_step(room: Room) -> None:
    case = room.accuse("centre_head", "centre").case
    room.answer(case, "dep", "answered")
    assert room.form("dep_head", case, "publish").status_code == 404
    assert room.act("dep_head", case, "publish", seen="x", hide="", read="on").status_code == 404
    assert "publish/" not in text(room.get("dep_head", f"/desk/cases/{case.number}/"))


def test_statements_of_a_body(room: Room) -> None:
    page = "/desk/statements/"
    assert room.get("water_registrar", page).status_code == 404
    given = {"body": "water", "title_kk": "Су беріледі", "text_kk": "Сағат 18-де.", "title_ru": "", "text_ru": ""}
    assert room.post("water_head", page, **given | {"text_kk": ""}).status_code == 422
    assert room.post("water_head", page, **given | {"body": "dep"}).status_code == 422
    assert room.post("water_head", page, **given).status_code == 302
    pk = Publication.objects.get().pk
    assert "Су беріледі" in text(room.get("water_head", page))
    assert "Су беріледі" not in text(room.get("dep_head", page))
    withdraw = f"{page}{pk}/withdraw/"
    assert room.post("dep_head", withdraw, reason="Қате.").status_code == 404
    assert room.post("water_head", withdraw, reason=" ").status_code == 422
    assert room.post("water_head", withdraw, reason="Қате.").status_code == 302
    assert room.get("water_head", withdraw).status_code == 404


def test_the_city_checks_newsrooms(room: Room) -> None:
    opened = open_newsroom(room)
    page = f"/desk/newsrooms/{opened.newsroom.pk}/"
    for name in ("water_registrar", "city_head", "dep_head"):
        assert room.get(name, "/desk/newsrooms/").status_code == 404
        assert room.post(name, page, check="1", known="yes", note="Бар.").status_code == 404
    assert GIVEN["name"] in text(room.get("city_registrar", "/desk/newsrooms/"))
    assert "/desk/newsrooms/" in text(room.get("city_registrar", "/desk/help/"))
    assert "/desk/newsrooms/" not in text(room.get("water_registrar", "/desk/help/"))
    assert room.post("city_registrar", page, check="1", known="perhaps", note="Бар.").status_code == 422
    assert room.post("city_registrar", page, check="1", known="yes", note=" ").status_code == 422
    assert room.post("city_registrar", page, check="1", known="no", note="Жоқ.").status_code == 302
    assert Newsroom.objects.get().is_known is False
    assert room.post("city_registrar", page, reissue="1", identity="").status_code == 422
    given = text(room.post("city_registrar", page, reissue="1", identity="Хат көрсетілді."))
    code = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", given)
    assert code and queries.newsroom_by_code(code[0]) == opened.newsroom
    assert room.get("city_registrar", "/desk/newsrooms/999/").status_code == 404


def test_the_case_page_names_the_newsroom(room: Room) -> None:
    case, other = ask(room, open_newsroom(room).newsroom, "water", "dep")
    page = text(room.get("water_registrar", f"/desk/cases/{case.number}/"))
    assert GIVEN["registration_number"] in page and "Youth policy department" in page and other.number not in page
    plain = room.file("request", "water").case
    assert "Inquiry of a newsroom" not in text(room.get("water_registrar", f"/desk/cases/{plain.number}/"))
