"""Number and code, and what they open."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from qyzmet.cases import actions
from qyzmet.cases.actions import Filed
from qyzmet.cases.models import Case, CaseLetter
from tests.cases.desk import AUTHOR, Desk
from tests.portal.walk import Walker, text

WRONG = "00000-00000-00000-00000"


@pytest.fixture
def filed(desk: Desk) -> Filed:
    """An application at the water authority."""
    return desk.file("application", "water", text="Ауладағы құбыр жарылды. Қашан жөндейсіздер?")


def test_number_and_code_open_the_case(walker: Walker, filed: Filed) -> None:
    response = walker.open(filed.case.number, filed.code)
    assert response.headers["Location"] == f"/{filed.case.number}"
    shown = text(walker.client.get(f"/{filed.case.number}"))
    for said in ("Тіркелді", "Ауладағы құбыр жарылды", "2026 жылғы 8 мамыр", "Су шаруашылығы басқармасы"):
        assert said in shown


def spellings(code: str) -> list[str]:
    cyrillic = str.maketrans("ABEKMHPCTX", "АВЕКМНРСТХ")
    return [
        code.lower(),
        code.replace("-", ""),
        code.replace("-", "  "),
        f"  {code}\n",
        code.replace("-", "–"),
        code.replace("0", "O").replace("1", "l"),
        code.translate(cyrillic),
    ]


def test_any_spelling_of_the_code_opens_it(filed: Filed, desk: Desk) -> None:
    for spelled in spellings(filed.code):
        assert Walker().open(filed.case.number, spelled).status_code == 302, spelled
    for number in (filed.case.number.lower(), filed.case.number.replace("-", ""), filed.case.number.replace("-", " ")):
        assert Walker().open(number, filed.code).status_code == 302, number


def plain(response: Any, *gone: str) -> str:
    """A page without what must differ."""
    shown = text(response)
    for word in gone:
        shown = shown.replace(word, "")
    return shown.split("<main")[1].split("</main")[0].split("csrfmiddlewaretoken")[0]


def test_a_wrong_code_and_a_missing_case_are_answered_alike(desk: Desk, filed: Filed) -> None:
    missing = "2026-0000-0000"
    answers = [Walker().open(number, WRONG) for number in (filed.case.number, missing)]
    assert [one.status_code for one in answers] == [404, 404]
    assert plain(answers[0], filed.case.number) == plain(answers[1], missing)


def test_an_address_is_answered_alike_for_any_number(walker: Walker, filed: Filed) -> None:
    for number in (filed.case.number, "2026-0000-0000"):
        for address in ("", "/letters/1/", "/letters/1.pdf", "/papers/1/", "/withdraw/"):
            response = walker.client.get(f"/{number}{address}")
            assert response.status_code == 302
            assert response.headers["Location"].startswith(f"/follow/?number={number}")


@pytest.mark.parametrize("number", ["", "2026", "жоқ", "2026-UUUU-UUUU"])
def test_a_number_that_cannot_be_one_is_said(walker: Walker, number: str) -> None:
    shown = text(walker.open(number, WRONG))
    assert "govuk-error-summary" in shown


@pytest.mark.parametrize("code", ["", "\x00", "x" * 200])
def test_a_code_that_cannot_be_one_is_said(walker: Walker, filed: Filed, code: str) -> None:
    response = walker.open(filed.case.number, code)
    assert response.status_code in (200, 404)
    assert "govuk-error-summary" in text(response)


def test_wrong_codes_for_one_number_are_throttled_where_they_come_from(desk: Desk, filed: Filed) -> None:
    here = Client(REMOTE_ADDR="10.0.0.1")
    for _ in range(10):
        assert here.post("/follow/", {"number": filed.case.number, "code": WRONG}).status_code == 404
    late = here.post("/follow/", {"number": filed.case.number, "code": filed.code})
    assert late.status_code == 429
    assert "govuk-error-summary" in text(late)
    cache.clear()
    assert Client().post("/follow/", {"number": filed.case.number, "code": filed.code}).status_code == 302


def test_nobody_keeps_the_owner_out_by_wrong_codes(desk: Desk, filed: Filed) -> None:
    for place in range(11):
        client = Client(REMOTE_ADDR=f"10.0.0.{place}")
        assert client.post("/follow/", {"number": filed.case.number, "code": WRONG}).status_code == 404
    owner = Client(REMOTE_ADDR="10.0.1.1").post("/follow/", {"number": filed.case.number, "code": filed.code})
    assert owner.status_code == 302


def test_a_missing_number_is_throttled_alike(desk: Desk) -> None:
    statuses = [Walker().open("2026-0000-0000", WRONG).status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]


def test_wrong_codes_from_one_address_are_throttled(desk: Desk, filed: Filed) -> None:
    for place in range(30):
        assert Walker().open(f"2026-0000-{place:04d}", WRONG).status_code == 404
    assert Walker().open(filed.case.number, filed.code).status_code == 429
    other = Client(REMOTE_ADDR="10.9.9.9").post("/follow/", {"number": filed.case.number, "code": filed.code})
    assert other.status_code == 302


def test_a_home_with_many_addresses_is_one_place(desk: Desk, filed: Filed) -> None:
    """One home has 2^64 of them: who tries each code from another would never be held up."""
    homes = (Client(REMOTE_ADDR=f"2001:db8:1:2::{n:x}") for n in range(1, 12))
    statuses = [home.post("/follow/", {"number": filed.case.number, "code": WRONG}).status_code for home in homes]
    assert statuses == [404] * 10 + [429]


def test_right_codes_are_not_counted(desk: Desk, filed: Filed) -> None:
    assert {Walker().open(filed.case.number, filed.code).status_code for _ in range(35)} == {302}


def test_a_form_that_was_sent_is_open_at_once(walker: Walker) -> None:
    number, _ = walker.go().send()
    assert walker.client.get(f"/{number}").status_code == 200
    assert walker.client.get(f"/{number}/").status_code == 200


def test_after_two_hours_the_code_is_asked_for_again(walker: Walker, filed: Filed, desk: Desk) -> None:
    walker.open(filed.case.number, filed.code)
    desk.wait(minutes=90)
    assert walker.client.get(f"/{filed.case.number}").status_code == 200
    desk.wait(minutes=90)
    assert walker.client.get(f"/{filed.case.number}").status_code == 200
    desk.wait(minutes=121)
    assert walker.client.get(f"/{filed.case.number}").status_code == 302


def test_the_page_can_be_closed(walker: Walker, filed: Filed) -> None:
    walker.open(filed.case.number, filed.code)
    walker.client.post(f"/{filed.case.number}/close/")
    assert walker.client.get(f"/{filed.case.number}").status_code == 302


def test_a_reissued_code_closes_pages_opened_with_the_old_one(walker: Walker, filed: Filed, desk: Desk) -> None:
    walker.open(filed.case.number, filed.code)
    desk.do("reissue_code", filed.case, "water_registrar", identity="жеке куәлік")
    assert walker.client.get(f"/{filed.case.number}").status_code == 302


def test_opening_gives_the_session_a_new_key(walker: Walker, filed: Filed) -> None:
    walker.client.session.save()
    walker.open(filed.case.number, filed.code)
    before = walker.client.cookies["qyzmet_session"].value
    walker.open(filed.case.number, filed.code)
    assert walker.client.cookies["qyzmet_session"].value != before


def test_pages_of_a_case_are_kept_by_nobody(walker: Walker, filed: Filed) -> None:
    walker.open(filed.case.number, filed.code)
    assert "no-store" in walker.client.get(f"/{filed.case.number}").headers["Cache-Control"]


def test_letters_are_read_as_page_and_pdf(walker: Walker, filed: Filed, desk: Desk) -> None:
    desk.answer(filed.case, "water", "act_adopted")
    walker.open(filed.case.number, filed.code)
    shown = text(walker.client.get(f"/{filed.case.number}"))
    links = CaseLetter.objects.filter(case=filed.case, reader="applicant")
    assert links.count() == 2
    for link in links:
        address = f"/{filed.case.number}/letters/{link.letter_id}"
        assert f'href="{address}/"' in shown
        page = text(walker.client.get(f"{address}/"))
        assert f'<div lang="{link.letter.language}" class="qyz-letter' in page
        response = walker.client.get(f"{address}.pdf")
        assert response["Content-Type"] == "application/pdf"
        assert len(PdfReader(BytesIO(response.content)).pages) >= 1


def test_the_answer_is_the_first_thing_to_read_when_there_is_one(walker: Walker, filed: Filed, desk: Desk) -> None:
    walker.open(filed.case.number, filed.code)
    assert "Жауапты оқу" not in text(walker.client.get(f"/{filed.case.number}"))
    desk.answer(filed.case, "water", "act_adopted")
    held = CaseLetter.objects.get(case=filed.case, letter__kind__startswith="answer")
    shown = text(walker.client.get(f"/{filed.case.number}"))
    link = f'<a class="govuk-link" href="/{filed.case.number}/letters/{held.letter_id}/">Жауапты оқу</a>'
    assert shown.index(link) < shown.index("Қазір не істей аласыз")


def test_a_signed_answer_is_not_shown_before_it_is_sent(walker: Walker, filed: Filed, desk: Desk) -> None:
    desk.assign(filed.case, "water")
    desk.draft(filed.case, "water", "act_adopted")
    desk.do("submit", filed.case, "water_executor")
    desk.do("approve", filed.case, "water_approver")
    desk.do("sign", filed.case, "water_head", provider="demo")
    walker.open(filed.case.number, filed.code)
    shown = text(walker.client.get(f"/{filed.case.number}"))
    held = CaseLetter.objects.get(case=filed.case, letter__kind__startswith="answer")
    assert f"/letters/{held.letter_id}/" not in shown
    assert walker.client.get(f"/{filed.case.number}/letters/{held.letter_id}/").status_code == 404


def test_letters_and_papers_of_another_case_are_missing(walker: Walker, filed: Filed, desk: Desk) -> None:
    other = desk.file("request", "dep")
    letter = CaseLetter.objects.filter(case=other.case).first()
    assert letter
    walker.open(filed.case.number, filed.code)
    assert walker.client.get(f"/{filed.case.number}/letters/{letter.letter_id}/").status_code == 404
    assert walker.client.get(f"/{filed.case.number}/letters/{letter.letter_id}.pdf").status_code == 404
    assert walker.client.get(f"/{filed.case.number}/papers/1/").status_code == 404


def test_the_timeline_shows_public_steps_and_no_inner_ones(walker: Walker, filed: Filed, desk: Desk) -> None:
    desk.assign(filed.case, "water")
    desk.do("extend", filed.case, "water_head", days=20, reason="Сараптама керек.")
    walker.open(filed.case.number, filed.code)
    shown = text(walker.client.get(f"/{filed.case.number}"))
    assert "Мерзімді ұзарту" in shown
    assert "Сараптама керек." in shown
    assert "Орындаушыны тағайындау" not in shown
    assert desk.cast.water_executor.short_name() not in shown


def test_a_case_shows_each_language(filed: Filed, desk: Desk) -> None:
    for lang, said in (("kk", "Тіркелді"), ("ru", "Зарегистрировано"), ("en", "Registered")):
        walker = Walker(lang)
        walker.open(filed.case.number, filed.code)
        shown = text(walker.client.get(f"/{filed.case.number}"))
        assert said in shown
        assert f'<html lang="{lang}"' in shown
        assert '<p class="govuk-body" lang="kk"><strong>' in shown  # the appeal keeps its own language


def test_the_deemed_refusal_tells_the_next_step(walker: Walker, filed: Filed, desk: Desk) -> None:
    desk.wait(days=30)
    actions.lapse(filed.case, at=desk.now)
    walker.open(filed.case.number, filed.code)
    shown = text(walker.client.get(f"/{filed.case.number}"))
    assert "бас тарту деп есептеледі" in shown
    assert f"/{filed.case.number}/complain_further/" in shown


def test_a_redirected_part_is_found_with_the_same_code(walker: Walker, filed: Filed, desk: Desk) -> None:
    given = {"body": "dep", "part_text": "Үйірме туралы бөлігі", "reason": "Құзыреті сонда."}
    desk.do("redirect_part", filed.case, "water_registrar", **given)
    walker.open(filed.case.number, filed.code)
    child = Case.objects.get(parent=filed.case)
    assert f'href="/{child.number}"' in text(walker.client.get(f"/{filed.case.number}"))
    shown = walker.client.get(f"/{child.number}")
    assert shown.status_code == 200
    assert f'href="/{filed.case.number}"' in text(shown)
    assert "Су шаруашылығы басқармасы" in text(shown), "who sent it"
    assert "мерзімі келгенде" not in text(shown)


def test_how_what_is_missing_can_be_given_is_told_as_it_is(walker: Walker, desk: Desk) -> None:
    unsigned = desk.file("application", "water", signature="unsigned")
    misspelt = desk.file("application", "water", authors=[replace(AUTHOR, iin="123")])
    for filed, told in ((unsigned, True), (misspelt, False)):
        walker.open(filed.case.number, filed.code)
        assert "орган хатпен мерзім белгілейді" in text(walker.client.get(f"/{filed.case.number}"))
        assert ("бірден растай аласыз" in text(walker.client.get(f"/{filed.case.number}"))) == told
