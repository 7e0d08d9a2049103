"""A report of corruption is led elsewhere, and may go on if it is none."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qyzmet.bodies import queries as bodies
from qyzmet.cases import papers
from qyzmet.cases.models import Case, IntakeDraft, Paper
from qyzmet.portal import recognise
from tests.portal.walk import ANSWERS, Walker, text


@pytest.mark.parametrize(
    "said",
    [
        "Маман менен пара сұрады",
        "басшы параны алды",
        "ол парақор екен",
        "сыбайлас жемқорлық туралы",
        "рұқсат үшін ақша талап етті",
        "Чиновник требует взятку",
        "это коррупция",
        "просил у матери деньги за справку",
        "берёт откаты",
        "The clerk asked for a bribe",
        "about corruption",
    ],
)
def test_words_that_tell_of_corruption(said: str) -> None:
    assert recognise.corruption(said)


@pytest.mark.parametrize(
    "said",
    [
        "Парақшаға лайк басуды талап етеді",
        "бір парақ қағаз сұрады",
        "пара ботинок пропала",
        "пару дней назад",
        "откатить машину не дали",
        "Ақшам жетпейді, көмек керек",
        "деньги за воду начислены неверно",
    ],
)
def test_words_that_do_not(said: str) -> None:
    assert not recognise.corruption(said)


def test_the_first_words_lead_to_the_page(walker: Walker) -> None:
    response = walker.answer("what", {"what": "Маман пара сұрады"})
    assert response.headers["Location"] == "/appeal/corruption/"
    shown = text(walker.client.get("/appeal/corruption/"))
    assert "жемқорлыққа қарсы іс-қимыл жөніндегі уәкілетті орган" in shown
    assert "мемлекеттік құпия" in shown
    assert "qyz-mark" in shown


def test_so_does_the_text(walker: Walker) -> None:
    walker.go(text=None)
    response = walker.answer("text", {"text": "Чиновник требует взятку", "language": "ru"})
    assert response.headers["Location"] == "/appeal/corruption/"


def test_so_does_the_plain_question(walker: Walker) -> None:
    assert walker.client.post("/appeal/help/1/", {"answer": "corruption"}).headers["Location"] == "/appeal/corruption/"


def test_who_says_it_is_none_goes_on_and_is_not_asked_again(walker: Walker) -> None:
    walker.answer("what", {"what": "взятка? нет, просто грубость"})
    assert walker.client.post("/appeal/corruption/", {"go_on": "1"}).headers["Location"] == "/appeal/kind/"
    walker.go(what={"what": "взятка"}, text={"text": "О взятке речи нет.", "language": "ru"}).send()
    assert Case.objects.count() == 1


def test_what_was_written_can_be_deleted(walker: Walker) -> None:
    walker.go(files=None)
    walker.answer("files", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 to be wiped"), "add": "1"})
    assert papers.path_of(sha256(b"%PDF-1.7 to be wiped").hexdigest()).exists()
    response = walker.client.post("/appeal/corruption/", {"erase": "1"})
    assert response.headers["Location"] == "/appeal/erased/"
    assert text(walker.client.get("/appeal/erased/"))
    kept = IntakeDraft.objects.get()
    assert ANSWERS["text"]["text"] not in str(kept.data)
    assert not kept.papers.exists()
    assert not Paper.objects.exists()
    assert not papers.path_of(sha256(b"%PDF-1.7 to be wiped").hexdigest()).exists()
    assert walker.client.get("/appeal/text/").status_code == 404


@pytest.mark.parametrize(("told", "offered"), [("Ауладағы қоқыс", False), ("Маман пара сұрады", True)])
def test_the_service_against_corruption_is_offered_only_where_corruption_is_told(
    walker: Walker, monkeypatch: pytest.MonkeyPatch, told: str, offered: bool
) -> None:
    service = bodies.body_by_code("water")
    service.name_kk = "Сыбайлас жемқорлыққа қарсы қызмет"
    monkeypatch.setattr(bodies, "suggest_bodies", lambda *_: [service])
    walker.go(what={"what": told}, body=None, about=None, text=None)
    walker.client.post("/appeal/corruption/", {"go_on": "1"})
    assert (service.name_kk in walker.read("body")) == offered
