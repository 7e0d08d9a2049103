"""From the first page to the talon."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from qyzmet.cases.models import Case, IntakeDraft
from qyzmet.portal.forms.matter import FIRST, kinds
from qyzmet.text.ids import check_iin
from tests.cases.desk import Desk
from tests.portal.walk import ANSWERS, Walker, text


def test_the_sample_number_is_right() -> None:
    assert check_iin(ANSWERS["person"]["iin"]) is None


def test_an_appeal_is_filed(walker: Walker) -> None:
    number, _code = walker.go().send()
    case = Case.objects.get(number=number)
    assert (case.procedure, case.body.code, case.language, case.signature) == ("application", "water", "kk", "unsigned")
    assert case.defects == ["no_signature"]
    party = case.parties.get()
    assert (party.name, party.iin, party.email) == (
        "Асанова Гүлнар Серікқызы",
        "880703400129",
        "gulnar@qala.example",
    )


def test_every_page_leads_to_the_next_and_back(walker: Walker) -> None:
    pages = list(ANSWERS)
    for page, following in zip(pages, [*pages[1:], "check"], strict=True):
        response = walker.answer(page, ANSWERS[page])
        assert response.headers["Location"] == f"/appeal/{following}/"
        shown = walker.read(following)
        assert f'href="/appeal/{page}/"' in shown


def test_the_check_page_shows_all_and_leads_back(walker: Walker) -> None:
    shown = walker.go().read("check")
    for said in (
        "Арыз",
        "Су шаруашылығы басқармасы",
        "Қашан жөнделеді?",
        "880703400129",
        "gulnar@qala.example",
        "Абай көшесі, 5",
    ):
        assert said in shown
    for page in ("kind", "body", "about", "text", "files", "who", "person", "contacts", "how", "signature"):
        assert f'href="/appeal/{page}/?check=1"' in shown


def test_a_change_returns_to_the_check_page(walker: Walker) -> None:
    response = walker.go().answer("kind", {"kind": "request"}, "?check=1")
    assert response.headers["Location"] == "/appeal/check/"


def test_a_change_asks_only_for_what_became_new(walker: Walker) -> None:
    response = walker.go().answer("who", {"who": "company"}, "?check=1")
    assert response.headers["Location"] == "/appeal/company/?check=1"
    response = walker.answer("company", {"name": "«Жасыл аула» ЖШС", "bin": "150340001236"}, "?check=1")
    assert response.headers["Location"] == "/appeal/check/"
    number, _ = walker.send()
    party = Case.objects.get(number=number).parties.get()
    assert (party.is_company, party.bin, party.iin) == (True, "150340001236", "")


def test_the_talon_says_who_when_and_why(walker: Walker, desk: Desk) -> None:
    number, code = walker.go().send()
    shown = text(walker.client.get("/appeal/sent/"))
    for said in (
        number,
        code,
        desk.cast.water_registrar.short_name(),
        "Кеңсе маманы",
        "2026 жылғы 15 сәуір, 10:00",
        "2026 жылғы 8 мамыр",
    ):
        assert said in shown
    assert "ӘРПК 76(1)-(2)" in shown  # the rule, in the sentences that explain the day
    assert "Соңғы күн: 2026 жылғы 8 мамыр." in shown
    assert "qyz-mark" in shown  # a holiday of a secondary source decided the day
    assert "Қолтаңба немесе электрондық цифрлық қолтаңба жоқ" in shown


def test_the_talon_is_shown_again_for_a_day(walker: Walker, desk: Desk) -> None:
    _number, code = walker.go().send()
    desk.wait(hours=23)
    assert code in text(walker.client.get("/appeal/sent/"))
    desk.wait(hours=2)
    later = walker.client.get("/appeal/sent/")
    assert later.status_code == 404
    assert code not in text(later)


def test_the_talon_as_pdf_carries_the_code(walker: Walker) -> None:
    number, code = walker.go().send()
    response = walker.client.get("/appeal/sent/talon-kk.pdf")
    assert response["Content-Type"] == "application/pdf"
    read = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    assert number in read
    assert code in read
    assert walker.client.get("/appeal/sent/talon-ru.pdf").status_code == 404


def test_a_new_code_of_the_body_replaces_the_one_on_the_talon(walker: Walker, desk: Desk) -> None:
    number, code = walker.go().send()
    desk.do("reissue_code", Case.objects.get(number=number), "water_registrar", identity="жеке куәлік")
    assert code not in text(walker.client.get("/appeal/sent/"))


def test_sending_twice_makes_one_case(walker: Walker) -> None:
    walker.go()
    first = walker.client.post("/appeal/check/", {})
    second = walker.client.post("/appeal/check/", {})
    assert first.status_code == second.status_code == 302
    assert second.headers["Location"] == "/appeal/sent/"
    assert Case.objects.count() == 1


def test_going_back_after_sending_leads_to_the_talon(walker: Walker) -> None:
    walker.go().send()
    for page in ("kind", "text", "check"):
        assert walker.client.get(f"/appeal/{page}/").headers["Location"] == "/appeal/sent/"


def test_another_appeal_begins_anew(walker: Walker) -> None:
    first, _ = walker.go().send()
    assert "Ауладағы" not in walker.read("what")
    second, _ = walker.go(text={"text": "Басқа мәселе.", "language": "kk"}).send()
    assert first != second
    assert IntakeDraft.objects.count() == 2


def test_leaving_forgets_everything_on_this_computer(walker: Walker) -> None:
    number, code = walker.go().send()
    assert walker.client.get(f"/{number}").status_code == 200
    walker.client.post("/appeal/leave/")
    assert code not in text(walker.client.get("/appeal/sent/"))
    assert walker.client.get(f"/{number}").headers["Location"] == f"/follow/?number={number}"


@pytest.mark.parametrize(
    ("who", "details", "names"),
    [
        (
            "representative",
            {"of": "Серік Оспанов", "number": "900101300562", "name": "Гүлнар Асанова", "iin": ""},
            [("Серік Оспанов", "applicant", "900101300562", ""), ("Гүлнар Асанова", "representative", "", "")],
        ),
        (
            "representative",
            {"of": "«Жасыл аула» ЖШС", "number": "150340001236", "name": "Гүлнар Асанова", "iin": ""},
            [("«Жасыл аула» ЖШС", "applicant", "", "150340001236"), ("Гүлнар Асанова", "representative", "", "")],
        ),
        (
            "company",
            {"name": "«Жасыл аула» ЖШС", "bin": "1503 4000 1236", "signer": "Серік Оспанов"},
            [
                ("«Жасыл аула» ЖШС", "applicant", "", "150340001236"),
                ("Серік Оспанов", "representative", "", ""),
            ],
        ),
    ],
)
def test_who_files(walker: Walker, who: str, details: dict[str, Any], names: list[tuple[str, ...]]) -> None:
    walker.go(who={"who": who}, person=None)
    walker.answer(who, details)
    number, _ = walker.send()
    parties = Case.objects.get(number=number).parties.order_by("n")
    assert [(one.name, one.role, one.iin, one.bin) for one in parties] == names


def test_several_people_are_added_one_after_another(walker: Walker) -> None:
    walker.go(who={"who": "people"}, person=None)
    for name in ("Бірінші Адам", "Екінші Адам", "Артық Адам"):
        response = walker.answer("people", {"name": name, "add": "1"})
        assert response.headers["Location"] == "/appeal/people/"
    assert "Екінші Адам" in walker.read("people")
    walker.answer("people", {"name": "", "remove": "2"})
    assert walker.answer("people", {"name": "Үшінші Адам"}).headers["Location"] == "/appeal/contacts/"
    number, _ = walker.send()
    parties = Case.objects.get(number=number).parties.order_by("n")
    assert [one.name for one in parties] == ["Бірінші Адам", "Екінші Адам", "Үшінші Адам"]
    assert [one.role for one in parties] == ["applicant", "joined", "joined"]
    assert parties[0].address == "Абай көшесі, 5"


def test_a_complaint_asks_for_the_residence(walker: Walker) -> None:
    assert "residence" not in walker.go().read("contacts")
    walker.answer("kind", {"kind": "complaint"})
    assert 'name="residence"' in walker.read("contacts")
    number, _ = walker.send()
    assert Case.objects.get(number=number).parties.get().residence == "Абай көшесі, 5"


def test_who_does_not_know_the_body_files_with_the_top_one(walker: Walker) -> None:
    number, _ = walker.go(body={"body": "?"}).send()
    assert Case.objects.get(number=number).body.code == "city"


def test_bodies_are_found_by_duty_and_suggested_from_the_first_words(walker: Walker) -> None:
    walker.answer("what", {"what": "су құбыры жарылды"})
    walker.answer("kind", {"kind": "message"})
    assert 'value="water"' in walker.read("body")
    searched = text(walker.answer("body", {"q": "еріктілер", "search": "1"}))
    assert 'value="dep"' in searched
    assert 'value="water"' not in searched
    assert "<title>Табылған органдар: 1 – " in searched, "told before the page is read"
    assert 'value="?"' in text(walker.answer("body", {"q": "жоқнәрсе", "search": "1"}))
    assert "Табылған органдар: " not in walker.read("body"), "nothing was searched just now"


def test_writing_to_a_body_from_its_page(walker: Walker) -> None:
    assert "/appeal/what/?body=centre" in text(walker.client.get("/bodies/centre/"))
    walker.answer("what", {"what": "Үйірме жабық"}, "?body=centre")
    assert 'value="centre" checked' in walker.read("body")


def test_a_kind_is_suggested_and_never_chosen(walker: Walker) -> None:
    walker.answer("what", {"what": "Шағым жазғым келеді"})
    shown = walker.read("kind")
    assert "Шағым" in shown.split("<form")[0]
    assert "checked" not in shown


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        (["next", "complaint"], "complaint"),
        (["next", "next", "application"], "application"),
        (["next", "next", "request"], "request"),
        (["next", "next", "next", "message"], "message"),
        (["next", "next", "next", "suggestion"], "suggestion"),
        (["next", "next", "next", "response"], "response"),
    ],
)
def test_plain_questions_end_at_a_kind(walker: Walker, answers: list[str], kind: str) -> None:
    walker.answer("what", {"what": "бірдеңе"})
    for number, answer in enumerate(answers, 1):
        assert walker.client.get(f"/appeal/help/{number}/").status_code == 200
        response = walker.client.post(f"/appeal/help/{number}/", {"answer": answer})
    assert response.headers["Location"] == "/appeal/kind/"
    assert f'value="{kind}" checked' in walker.read("kind")


def test_a_complaint_of_conduct_by_post_goes_up_and_bars(walker: Walker, desk: Desk) -> None:
    walker.go(kind={"kind": "message"}, body={"body": "centre"}, about={"about": "conduct"}, text=None)
    assert desk.cast.centre_head.short_name() in walker.read("post")
    walker.answer("post", {"post": "centre-head"})
    walker.answer("text", {"text": "Басшы лайк басуды талап етеді.", "language": "kk"})
    assert "жоғары тұрған органға" in walker.read("check")
    number, _ = walker.send()
    case = Case.objects.get(number=number)
    assert case.is_accusation
    assert case.body.code == "dep"
    assert case.barred.filter(person=desk.cast.centre_head).exists()


def test_a_complaint_of_conduct_in_own_words(walker: Walker) -> None:
    walker.go(body={"body": "?"}, about={"about": "conduct"}, text=None)
    shown = walker.read("post")
    assert 'type="radio"' not in shown
    walker.answer("post", {"person": "Жастар орталығының басшысы"})
    walker.answer("text", {"text": "Басшы лайк басуды талап етеді.", "language": "kk"})
    walker.client.post("/appeal/check/", {})
    assert Case.objects.get().is_accusation


def test_another_body_forgets_the_chosen_post(walker: Walker) -> None:
    walker.go(body={"body": "centre"}, about={"about": "conduct"}, text=None)
    walker.answer("post", {"post": "centre-head"})
    walker.answer("body", {"body": "water"})
    assert "checked" not in walker.read("post")


@pytest.mark.parametrize(
    ("language", "answer", "kept"), [("ru", "ru", "ru"), ("ru", "kk", "kk"), ("kk", "kk", "kk"), ("en", "kk", "kk")]
)
def test_the_answer_is_in_kazakh_or_in_the_language_of_the_appeal(
    walker: Walker, language: str, answer: str, kept: str
) -> None:
    given = {"text": "Нужен ответ. Когда?", "language": language}
    number, _ = walker.go(text=given, how={"how": "email", "answer_language": answer}).send()
    case = Case.objects.get(number=number)
    assert (case.language, case.answer_language, case.answer_channel) == (language, kept, "email")


def test_russian_is_offered_only_for_an_appeal_in_russian(walker: Walker) -> None:
    assert 'value="ru"' not in walker.go().read("how")
    walker.answer("text", {"text": "Когда починят?", "language": "ru"})
    assert 'value="ru"' in walker.read("how")


def test_the_key_enter_adds_and_never_removes(walker: Walker) -> None:
    walker.go(who={"who": "people"}, person=None)
    walker.answer("people", {"name": "Бірінші Адам", "add": "1"})
    form = walker.read("people").split("<form")[1]
    first = form.split("<button")[1]
    assert 'name="add"' in first


def test_a_complaint_of_conduct_does_not_name_the_body_below_as_user_of_data(walker: Walker) -> None:
    walker.go(body={"body": "centre"})
    assert "Жастар орталығы" in walker.read("contacts")
    walker.answer("about", {"about": "conduct"})
    assert "Жастар орталығы" not in walker.read("contacts")


def test_a_complaint_has_no_answer_before_it_is_given(walker: Walker) -> None:
    walker.go(kind={"kind": "complaint"}, about=None, text=None)
    assert "checked" not in walker.read("about")
    refused = walker.answer("about", {})
    assert refused.status_code == 200
    assert "Кімге қатысты екенін таңдаңыз" in text(refused)
    assert "checked" not in text(refused)


def test_the_kinds_have_everyday_examples_after_the_help(walker: Walker) -> None:
    walker.answer("what", {"what": "Қоқыс шығарылмайды"})
    page = walker.read("kind")
    assert re.search(r"<legend[^>]*>\s*Жолданымның түрі\s*<", page), "the list is longer than the Code's six"
    assert page.count("Мысалы:") == sum(bool(code in FIRST or kind.everyday) for code, kind in kinds().items())
    assert page.index("/help/1/") < page.index('type="radio"')


def test_after_the_kinds_of_the_code_stand_those_of_other_laws_that_anybody_may_file(walker: Walker) -> None:
    walker.answer("what", {"what": "Көпір сметасы керек"})
    assert tuple(kinds())[: len(FIRST)] == FIRST and set(kinds()) >= {"information", "newsroom", "service-complaint"}
    page = walker.read("kind")
    first, folded = page.split("<details")
    assert re.findall(r'type="radio" value="([\w-]+)"', first) == [*FIRST]
    assert re.findall(r'type="radio" value="([\w-]+)"', folded) == [*kinds()][len(FIRST) :]
    assert page.count("<fieldset") == 1 and {*re.findall(r'name="(\w+)" type="radio"', page)} == {"kind"}
    assert not folded.split(">")[0].endswith(" open"), "nobody chose one of these"
    assert "Мысалы: көпір жобасының сметасы" in page and 'value="petition"' not in page
    number, _code = walker.go(kind={"kind": "information"}).send()
    assert Case.objects.get(number=number).procedure == "information"


def test_the_kinds_of_other_laws_are_open_where_one_is_chosen_or_suggested(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    walker.answer("what", {"what": "Көпір сметасы керек"})
    with monkeypatch.context() as guessing:
        guessing.setattr("qyzmet.portal.recognise.kind", lambda told: "information")
        assert '<details class="govuk-details" open>' in walker.read("kind")
    assert '<details class="govuk-details">' in walker.read("kind")
    walker.answer("kind", {"kind": "information"})
    assert '<details class="govuk-details" open>' in walker.read("kind")
    assert 'value="information" checked' in walker.read("kind")
    walker.answer("kind", {"kind": "request"})
    assert '<details class="govuk-details">' in walker.read("kind")
