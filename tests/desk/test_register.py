"""Registering for somebody at the counter."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from qyzmet.cases import queries
from qyzmet.cases.models import Case
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {
    "body": "water",
    "channel": "paper",
    "procedure": "application",
    "text": "Ауламызда су жоқ. Қашан беріледі?",
    "language": "kk",
    "about": "nobody",
    "name": "Серікбаева Мадина Асқарқызы",
    "address": "Абай даңғылы, 1",
    "signature": "signed",
    "answer_channel": "post",
    "answer_language": "kk",
}


def begun(room: Room, who: str = "water_registrar") -> str:
    """The token of a form that was opened."""
    return text(room.get(who, "/desk/register/")).split('name="draft" value="')[1].split('"')[0]


def sent(room: Room, who: str = "water_registrar", /, **changes: Any) -> HttpResponse:
    token = changes.pop("draft", None) or begun(room, who)
    return room.post(who, "/desk/register/", **{**GIVEN, "draft": token, **changes})


def code_of(response: HttpResponse) -> str:
    return text(response).split('desk-code">')[1].split("<")[0]


def test_the_talon_the_code_and_the_day_with_its_reason(room: Room) -> None:
    response = sent(room)
    case = Case.objects.get()
    assert queries.follow(case.number, code_of(response)).case == case
    page = text(response)
    for said in (case.number, "8 May 2026", "The count begins the next day.", "Жолданымды тіркеу талоны"):
        assert said in page, said
    assert (case.channel, case.receiver, case.signature) == ("paper", room.cast.water_registrar, "signed")
    file = room.post("water_registrar", "/desk/register/talon/", number=case.number, code=code_of(response))
    assert file.content.startswith(b"%PDF-")
    assert room.post("water_registrar", "/desk/register/talon/", number=case.number, code="A" * 20).status_code == 404


def test_sent_twice_it_is_one_case_with_one_code(room: Room) -> None:
    token = begun(room)
    first, second = sent(room, draft=token), sent(room, draft=token)
    assert Case.objects.count() == 1
    assert code_of(first) == code_of(second)


def test_a_past_day_needs_its_ground(room: Room) -> None:
    past = {"received_on_0": "13", "received_on_1": "4", "received_on_2": "2026", "received_clock": "16:40"}
    refused = sent(room, **past)
    assert (refused.status_code, "state the ground" in text(refused)) == (422, True)
    assert "Ауламызда су жоқ." in text(refused)
    sent(room, **past, received_ground="Пошта мөртабаны")
    case = Case.objects.get()
    assert (case.registered_on, case.received_ground) == (date(2026, 4, 13), "Пошта мөртабаны")
    timeless = sent(room, **{**past, "received_clock": ""}, received_ground="Пошта")
    assert (timeless.status_code, "Enter the time as well" in text(timeless)) == (422, True)
    future = sent(room, **{**past, "received_on_2": "2027"}, received_ground="Пошта")
    assert (future.status_code, "has not come yet" in text(future)) == (422, True)


def test_a_wrong_iin_is_asked_about_once_and_then_a_defect(room: Room) -> None:
    token = begun(room)
    asked = sent(room, draft=token, iin="123")
    assert (asked.status_code, "This number cannot be right." in text(asked)) == (422, True)
    assert 'name="asked" value="123"' in text(asked)
    assert sent(room, draft=token, iin="123", asked="123").status_code == 200
    assert Case.objects.get().defects == ["wrong_iin"]


def test_defects_never_stop_an_intake(room: Room) -> None:
    assert sent(room, name="", address="", signature="unsigned", procedure="request").status_code == 200
    assert Case.objects.get().defects == ["no_name", "no_postal_address", "no_signature"]


def test_files_stay_with_the_form_through_mistakes(room: Room) -> None:
    token = begun(room)
    scan = SimpleUploadedFile("aryz.pdf", b"%PDF-1.7 x")
    first = sent(room, draft=token, text="", papers=scan)
    assert (first.status_code, "aryz.pdf" in text(first)) == (422, True)
    bad = sent(room, draft=token, papers=SimpleUploadedFile("x.exe", b"MZ"))
    assert (bad.status_code, "are not taken" in text(bad), "aryz.pdf" in text(bad)) == (422, True, True)
    assert sent(room, draft=token).status_code == 200
    assert [paper.name for paper in Case.objects.get().papers.all()] == ["aryz.pdf"]


def test_a_form_that_is_gone_loses_nothing(room: Room) -> None:
    assert sent(room, draft="long-forgotten").status_code == 200
    assert Case.objects.count() == 1


def test_several_people_and_a_representative(room: Room) -> None:
    sent(room, representative="Қожа Ахмет", joined="Бір Адам\n\nЕкі Адам")
    parties = Case.objects.get().parties.order_by("n")
    assert [(party.role, party.name) for party in parties] == [
        ("applicant", "Серікбаева Мадина Асқарқызы"),
        ("representative", "Қожа Ахмет"),
        ("joined", "Бір Адам"),
        ("joined", "Екі Адам"),
    ]


def test_earlier_appeals_are_shown_at_once(room: Room) -> None:
    sent(room)
    first = Case.objects.get()
    page = text(sent(room))
    assert first.number in page
    assert "ground for return" in page


def test_about_a_person_the_counter_no_longer_sees_it(room: Room) -> None:
    head = room.cast.posts["centre_head"].code
    response = sent(room, "centre_registrar", body="centre", about="conduct", post_code=head, procedure="message")
    case = Case.objects.get()
    assert case.body.code == "dep"
    assert code_of(response)
    assert "You do not see it there." in text(response)
    assert f'href="/desk/cases/{case.number}/"' not in text(response)
    assert room.get("centre_registrar", f"/desk/cases/{case.number}/").status_code == 404


def test_whom_it_is_about_is_asked_once_and_stops_no_intake(room: Room) -> None:
    given = {"body": "centre", "about": "conduct", "procedure": "message"}
    unnamed = sent(room, "centre_registrar", **given)
    assert (unnamed.status_code, "Say whom it is about" in text(unnamed)) == (422, True)
    assert not Case.objects.exists()
    assert sent(room, "centre_registrar", **given, asked="whom").status_code == 200
    case = Case.objects.get()
    assert (case.body.code, case.is_accusation) == ("dep", True)


def test_only_registrars_and_only_at_their_body(room: Room) -> None:
    for name in ("water_executor", "water_head", "employee", "administrator"):
        assert room.get(name, "/desk/register/").status_code == 409
        assert room.post(name, "/desk/register/", **GIVEN).status_code == 409
    assert sent(room, body="centre").status_code == 422
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("procedure", "wish"),
        ("procedure", "appeal"),
        ("body", ""),
        ("channel", "portal"),
        ("text", "   "),
        ("text", "a\x07b"),
        ("text", "a" * 40_001),
        ("language", "de"),
        ("answer_language", "en"),
        ("name", "А" * 2001),
        ("received_clock", "25:00"),
        ("post_code", "moon"),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field(room: Room, field: str, value: str) -> None:
    response = sent(room, **{field: value})
    assert response.status_code == 422
    assert f'id="id_{field}-error"' in text(response)
    assert Case.objects.count() == 0
