"""What cannot be taken is said; all else is taken; nothing typed is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qyzmet.cases.models import Case, IntakeDraft
from qyzmet.text.numbers import grouped
from tests.portal.walk import ANSWERS, Walker, text

PDF = b"%PDF-1.7\nsample"


def draft() -> dict[str, Any]:
    return dict(IntakeDraft.objects.get().data)


def test_an_unknown_kind_stops(walker: Walker) -> None:
    walker.answer("what", {"what": "x"})
    response = walker.answer("kind", {"kind": "petition"})
    assert response.status_code == 200
    assert "govuk-error-summary" in text(response)
    assert "<title>Қате:" in text(response)


def test_an_unknown_kind_cannot_be_sent_either(walker: Walker) -> None:
    walker.go()
    walker.answer("kind", {"kind": "petition"})
    response = walker.client.post("/appeal/check/", {})
    assert response.status_code == 200
    assert "/appeal/kind/?check=1" in text(response)
    assert not Case.objects.exists()


@pytest.mark.parametrize("typed", ["", "  \n ", "\u200b"])
def test_an_empty_text_stops(walker: Walker, typed: str) -> None:
    walker.go(text=None)
    assert "govuk-error-message" in text(walker.answer("text", {"text": typed, "language": "kk"}))
    response = walker.client.post("/appeal/check/", {})
    assert "/appeal/text/?check=1" in text(response)
    assert not Case.objects.exists()


def test_a_text_that_is_too_long_stops_and_is_kept(walker: Walker) -> None:
    walker.go(text=None)
    long = "ж" * 40_001
    response = walker.answer("text", {"text": long, "language": "kk"})
    assert "govuk-error-message" in text(response)
    assert draft()["text"]["text"] == long
    assert long in walker.read("text")


FIELDS = [
    ("what", "what"),
    ("body", "q"),
    ("post", "person"),
    ("text", "text"),
    ("person", "name"),
    ("person", "iin"),
    ("company", "name"),
    ("representative", "of"),
    ("people", "name"),
    ("people", "address"),
    ("contacts", "address"),
    ("contacts", "email"),
    ("contacts", "phone"),
]


@pytest.mark.parametrize(("page", "field"), FIELDS)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\ufffe"])
def test_control_characters_stop_on_every_page(walker: Walker, page: str, field: str, character: str) -> None:
    walker.answer("what", {"what": "бірдеңе"})
    given = ANSWERS.get(page, {}) | {field: f"аб{character}вг"} | ({"body": "?"} if page == "body" else {})
    response = walker.answer(page, given)
    assert response.status_code == 200
    assert "govuk-error-message" in text(response)
    assert "аб" in str(draft()[page][field])


def test_a_control_character_that_came_through_another_way_is_refused_when_sending(walker: Walker) -> None:
    walker.go()
    walker.answer("person", {"name": "Аты\x07жөні", "iin": ""})
    response = walker.client.post("/appeal/check/", {})
    assert response.status_code == 200
    assert "govuk-error-summary" in text(response)
    assert not Case.objects.exists()


@pytest.mark.parametrize(("page", "field"), [("person", "iin"), ("company", "bin"), ("contacts", "email")])
def test_a_doubtful_value_is_asked_about_once(walker: Walker, page: str, field: str) -> None:
    walker.answer("what", {"what": "бірдеңе"})
    given = ANSWERS.get(page, {}) | {field: "123"}
    first = walker.answer(page, given)
    assert first.status_code == 200
    assert "govuk-error-message" in text(first)
    assert 'value="123"' in text(first)
    assert walker.answer(page, given).status_code == 302
    assert walker.answer(page, given | {field: "124"}).status_code == 200  # another one is asked about again


def test_a_wrong_number_becomes_a_defect(walker: Walker) -> None:
    walker.go(person=None)
    for _ in range(2):
        walker.answer("person", {"name": "Асанова Гүлнар", "iin": "880703400120"})
    number, _code = walker.send()
    assert "wrong_iin" in Case.objects.get(number=number).defects


def test_a_wrong_bin_becomes_a_defect(walker: Walker) -> None:
    walker.go(who={"who": "company"}, person=None)
    for _ in range(2):
        walker.answer("company", {"name": "ЖШС", "bin": "1"})
    number, _code = walker.send()
    assert "wrong_bin" in Case.objects.get(number=number).defects


def test_blanks_and_dashes_in_a_number_do_not_matter(walker: Walker) -> None:
    number, _ = walker.go(person={"name": "Асанова", "iin": "880703 400-129"}).send()
    assert Case.objects.get(number=number).parties.get().iin == "880703400129"


def test_an_appeal_with_nothing_but_kind_and_text_is_taken(walker: Walker) -> None:
    walker.answer("what", {"what": ""})
    walker.answer("kind", {"kind": "complaint"})
    walker.answer("text", {"text": "Келіспеймін.", "language": "kk"})
    number, _ = walker.send()
    case = Case.objects.get(number=number)
    assert set(case.defects) >= {"no_name", "no_postal_address", "no_signature", "no_residence"}


def test_empty_pages_about_the_person_do_not_stop(walker: Walker) -> None:
    empty: dict[str, Any] = {"name": "", "iin": "", "address": "", "email": "", "phone": ""}
    walker.go(person=empty, contacts=empty)
    number, _ = walker.send()
    assert "no_name" in Case.objects.get(number=number).defects


def test_an_answer_by_e_mail_without_an_address_is_asked_about_and_comes_on_the_page(walker: Walker) -> None:
    walker.go(contacts=ANSWERS["contacts"] | {"email": ""}, how=None)
    wanted = ANSWERS["how"] | {"how": "email"}
    assert "govuk-error-message" in text(walker.answer("how", wanted))
    assert walker.answer("how", wanted).status_code == 302
    assert "Электрондық поштамен" not in walker.read("check")
    number, _code = walker.send()
    assert Case.objects.get(number=number).answer_channel == "page"


def test_adding_without_a_file_says_what_to_do(walker: Walker) -> None:
    walker.go(files=None)
    assert "Алдымен файлды таңдаңыз" in text(walker.answer("files", {"add": "1"}))


def test_whose_conduct_it_is_is_asked_once_and_stops_nobody(walker: Walker) -> None:
    """Who does not know the person is not turned away: the body above finds out whom the appeal means."""
    walker.go(body={"body": "centre"}, about={"about": "conduct"})
    assert "/appeal/post/?check=1" in text(walker.client.post("/appeal/check/", {}))
    response = walker.answer("post", {"post": "other", "person": ""})
    assert "govuk-error-message" in text(response)
    assert walker.answer("post", {"post": "other", "person": ""}).status_code == 302
    number, _code = walker.send()
    case = Case.objects.get(number=number)
    assert (case.body.code, case.is_accusation) == ("dep", True)


@pytest.mark.parametrize(
    "iin", ["880703400129 (бұрынғысы 880703400120)", "жеке куәлігім ауыстырылып жатыр, нөмірі есімде жоқ"]
)
def test_more_than_a_number_in_its_field_is_asked_about_and_taken(walker: Walker, iin: str) -> None:
    walker.go(
        person=None, contacts=ANSWERS["contacts"] | {"phone": "+7 701 000 00 00, +7 727 000 00 00 (18:00-ден кейін)"}
    )
    assert walker.answer("person", {"name": "Асанова Гүлнар", "iin": iin}).status_code == 200
    assert walker.answer("person", {"name": "Асанова Гүлнар", "iin": iin}).status_code == 302
    number, _code = walker.send()
    case = Case.objects.get(number=number)
    assert "wrong_iin" in case.defects
    assert case.parties.get().phone.endswith("кейін)")


def test_a_name_that_nobody_has_stops_and_the_number_is_told(walker: Walker) -> None:
    walker.answer("what", {"what": "x"})
    shown = text(walker.answer("person", {"name": "а" * 2001, "iin": ""}))
    assert f"{grouped(2001, 'kk')} таңба, ең көбі {grouped(2000, 'kk')}" in shown


def test_long_names_and_addresses_are_taken(walker: Walker) -> None:
    name, address, phone = "Аты-жөні өте ұзын " * 100, "Абай көшесі " * 150, "+7 701 000 00 00, " * 100
    walker.go(person={"name": name, "iin": ""}, contacts=ANSWERS["contacts"] | {"address": address, "phone": phone})
    number, _code = walker.send()
    party = Case.objects.get(number=number).parties.get()
    assert (party.name, party.address, party.phone) == (name.strip(), address.strip(), phone.strip())


@pytest.mark.parametrize(
    ("name", "content"),
    [("program.exe", b"MZ\x90\x00"), ("photo.jpg", b"not a photograph"), ("empty.pdf", b""), ("notes.txt", b"a\x00b")],
)
def test_a_file_of_another_kind_is_refused_by_its_content(walker: Walker, name: str, content: bytes) -> None:
    walker.go(files=None)
    response = walker.answer("files", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    assert not IntakeDraft.objects.get().papers.exists()


def test_an_empty_file_is_named(walker: Walker) -> None:
    walker.go(files=None)
    assert "govuk-error-message" in text(walker.answer("files", {"file": SimpleUploadedFile("empty.pdf", b"")}))


def test_a_file_that_is_too_large_is_refused(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qyzmet.cases.papers.MOST_BYTES", 10)
    walker.go(files=None)
    response = walker.answer("files", {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert "govuk-error-message" in text(response)
    assert "a.pdf" in text(response)


def test_an_eleventh_file_is_refused_and_ten_stay(walker: Walker) -> None:
    walker.go(files=None)
    many = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(11)]
    response = walker.answer("files", {"file": many})
    assert "govuk-error-message" in text(response)
    assert IntakeDraft.objects.get().papers.count() == 10


def test_files_are_added_removed_and_filed(walker: Walker) -> None:
    walker.go(files=None)
    walker.answer(
        "files", {"file": [SimpleUploadedFile("бір.pdf", PDF), SimpleUploadedFile("екі.pdf", PDF)], "add": "1"}
    )
    shown = walker.read("files")
    assert "бір.pdf" in shown
    paper = IntakeDraft.objects.get().papers.get(name="бір.pdf")
    walker.answer("files", {"remove": str(paper.pk)})
    assert "бір.pdf" not in walker.read("files")
    number, _ = walker.send()
    assert [one.name for one in Case.objects.get(number=number).papers.all()] == ["екі.pdf"]


def test_a_form_cannot_take_out_a_file_of_another(walker: Walker) -> None:
    other = Walker().go(files=None)
    other.answer("files", {"file": SimpleUploadedFile("a.pdf", PDF), "add": "1"})
    paper = IntakeDraft.objects.get().papers.get()
    walker.go()
    walker.answer("files", {"remove": str(paper.pk)})
    walker.answer("files", {"remove": "x"})
    paper.refresh_from_db()


def test_what_was_typed_stays_after_an_error(walker: Walker) -> None:
    walker.answer("what", {"what": "x"})
    given = {"address": "Абай, 7", "email": "қате", "phone": "123", "consent": "on"}
    shown = text(walker.answer("contacts", given))
    again = walker.read("contacts")
    for page in (shown, again):
        assert "Абай, 7" in page
        assert "қате" in page
        assert "checked" in page


def test_markup_is_shown_as_it_was_typed(walker: Walker) -> None:
    number, _ = walker.go(text={"text": "<script>alert(1)</script>", "language": "en"}).send()
    for address in ("/appeal/sent/", f"/{number}"):
        assert "<script>alert" not in text(walker.client.get(address))


@pytest.mark.parametrize("number", ["²", "-1", "9" * 5000, "x"])
def test_taking_out_a_file_that_cannot_be_is_no_fault_of_ours(walker: Walker, number: str) -> None:
    walker.go()
    assert walker.answer("files", {"remove": number}).status_code == 302
