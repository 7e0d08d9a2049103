"""What looks like no answer at the desk: beside its field, overruled on the page of the step, counted for heads."""

from __future__ import annotations

from datetime import date

import pytest

from qyzmet.cases.actions import Filed
from qyzmet.cases.queries import MonthOfFindings
from qyzmet.desk.views.answers import FOOT, HEIGHT, _bars
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
ONLY = "Өтінішіңіз қаралды."
WHY = "Адам тек хабарлады, ештеңе сұраған жоқ."
DRAFT = {"outcome": "answered", "language": "kk", "facts": "Құбыр көрілді.", "ground": "ӘРПК 89.", "answer_1": ONLY}


@pytest.fixture
def filed(room: Room) -> Filed:
    made = room.file("request", "water", text="Құбыр ағып тұр. Қашан жөндейсіздер?")
    room.assign(made.case, "water")
    return made


def test_the_drafter_sees_it_beside_the_answer_in_each_language(room: Room, filed: Filed) -> None:
    room.act("water_executor", filed.case, "draft", **DRAFT)
    said = {
        "en": "It only says that the appeal was considered: “Өтінішіңіз қаралды.”",
        "kk": "Жолданымның қаралғаны ғана айтылған: «Өтінішіңіз қаралды.»",
        "ru": "Сказано лишь, что обращение рассмотрено: «Өтінішіңіз қаралды.»",
    }
    for room.lang, words in said.items():
        page = text(room.form("water_executor", filed.case, "draft"))
        assert page.count(words) == 1
        assert words in page.split('id="id_answer_1"')[0]
        assert f'href="/desk/cases/{filed.case.number}/do/submit/"' in page


def test_it_is_overruled_with_a_reason_that_approver_and_signer_read(room: Room, filed: Filed) -> None:
    sent = room.act("water_executor", filed.case, "draft", **DRAFT, then="submit")
    assert sent["Location"].endswith("/do/draft/")
    form = text(room.form("water_executor", filed.case, "submit"))
    assert 'name="overrule"' in form
    assert "It only says that the appeal was considered" in form
    refused = room.act("water_executor", filed.case, "submit")
    assert (refused.status_code, room.case(filed.case).state) == (409, "in_work")
    short = room.act("water_executor", filed.case, "submit", overrule="Олай емес.")
    assert (short.status_code, "at least 5 words" in text(short), "Олай емес." in text(short)) == (422, True, True)
    assert room.act("water_executor", filed.case, "submit", overrule=WHY).status_code == 302
    for name, code in (("water_approver", "approve"), ("water_head", "sign")):
        page = text(room.form(name, filed.case, code))
        assert WHY in page
        assert "It only says that the appeal was considered" in page
        assert 'name="overrule"' not in page, "it was overruled already"
        room.act(name, filed.case, code, sure="on", provider="demo")
    assert room.case(filed.case).state == "signed"
    assert WHY in text(room.get("water_head", f"/desk/cases/{filed.case.number}/"))


def test_a_good_draft_asks_for_no_reason(room: Room, filed: Filed) -> None:
    room.act("water_executor", filed.case, "draft", **{**DRAFT, "answer_1": "Құбыр 20 сәуірде жөнделеді."})
    assert 'name="overrule"' not in text(room.form("water_executor", filed.case, "submit"))
    assert "looks like no answer" not in text(room.form("water_executor", filed.case, "draft"))


def test_heads_read_counts_drawing_and_reasons_and_nobody_else_does(room: Room, filed: Filed) -> None:
    empty = text(room.get("water_head", "/desk/answers/"))
    assert "Nothing was found in twelve months." in empty
    room.act("water_executor", filed.case, "draft", **DRAFT)
    room.act("water_executor", filed.case, "submit", overrule=WHY)
    page = text(room.get("water_head", "/desk/answers/"))
    assert page.count('class="desk-answers__found"') == 1
    assert page.count('class="desk-answers__overruled"') == 1
    for part in (WHY, ONLY, filed.case.number, "only says it was considered"):
        assert part in page
    other = text(room.get("dep_head", "/desk/answers/"))
    assert (WHY in other, filed.case.number in other) == (False, False)
    for name in ("water_executor", "water_approver", "administrator"):
        assert room.get(name, "/desk/answers/").status_code == 404
    assert 'href="/desk/answers/"' in text(room.get("water_head", "/desk/"))
    assert 'href="/desk/answers/"' not in text(room.get("water_executor", "/desk/"))


def test_the_bars_stand_in_proportion() -> None:
    april = MonthOfFindings(date(2026, 4, 1), {"formula": 1, "copied": 3}, 1)
    older, newer = _bars([april, MonthOfFindings(date(2026, 2, 1), {"formula": 2}, 2)])
    assert (older["label"], newer["label"]) == ("02.26", "04.26")
    assert (newer["tall"], newer["top"]) == (HEIGHT - FOOT, 0)
    assert (older["tall"] * 2, older["overruled_tall"]) == (newer["tall"], older["tall"])
    assert newer["overruled_tall"] * 4 == newer["tall"]
