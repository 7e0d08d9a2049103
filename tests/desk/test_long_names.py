"""A name and an address of two thousand characters: nobody is refused for them, and nothing breaks that shows them."""

import io

import pypdf
import pytest

from qyzmet.cases.actions import Author, Filed
from qyzmet.letters.models import Letter
from tests.desk.room import Room, text
from tests.desk.test_dispatch import noted, way
from tests.desk.test_export import rows
from tests.desk.test_register import sent
from tests.portal.walk import Walker
from tests.portal.walk import text as page

pytestmark = pytest.mark.django_db
NAMES = {"words": ("Ұзынатты Әлібек " * 125)[:1999] + "ы", "one word": "Ә" * 2000}
ADDRESS = ("Абай көшесі 5, " * 134)[:2000]


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return NAMES[request.param]


def filed(room: Room, name: str) -> Filed:
    author = Author(name=name, address=ADDRESS.strip(), residence=ADDRESS.strip(), phone="7" * 2000)
    return room.file("request", "water", authors=[author], answer_channel="post")


def test_the_talon_as_pdf_has_all_of_it(room: Room, name: str) -> None:
    case = filed(room, name).case
    letter = Letter.objects.filter(case_number=case.number, kind="talon").first()
    assert letter and letter.to_name == name.strip()
    made = room.get("water_registrar", f"/desk/cases/{case.number}/letters/{letter.pk}/pdf/")
    assert made.status_code == 200
    printed = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(made.content)).pages)
    first = name.split(" ")[0][:8]
    assert printed.replace("\u200b", "").count(first) >= name.count(first) - 3  # some stand across two lines


def test_lists_are_short_and_the_page_of_the_case_tells_all(room: Room, name: str) -> None:
    case = filed(room, name).case
    for address in ("queue/", "find/?q=" + name[:200], f"cases/{case.number}/do/assign/"):
        shown = text(room.client("water_registrar").get(f"/desk/{address}"))
        assert name[:200] in shown and name[:260] not in shown, address
    assert name.strip() in text(room.get("water_registrar", f"/desk/cases/{case.number}/"))
    assert name.strip() in rows(room, "water_registrar")[1]


def test_it_is_answered_posted_and_followed(room: Room, name: str) -> None:
    made = filed(room, name)
    room.answer(made.case, "water", "answered")
    assert ADDRESS.strip() in text(room.get("water_registrar", "/desk/dispatch/"))
    assert noted(room, made, way(made, "post"), "posted") == 302
    owner = Walker()
    owner.open(made.case.number, made.code)
    assert made.case.number in page(owner.client.get(f"/{made.case.number}"))


def test_at_the_counter_it_is_taken_and_what_is_longer_is_told_with_the_number(room: Room, name: str) -> None:
    given = {"name": name, "address": ADDRESS, "residence": ADDRESS, "phone": "7" * 2000, "email": "қате"}
    assert "Жолданымды тіркеу талоны" in text(sent(room, **given, about="conduct", about_text="б" * 2000))
    refused = sent(room, **given | {"name": name + "ы"})
    assert refused.status_code == 422 and "at most 2000 characters" in text(refused)
