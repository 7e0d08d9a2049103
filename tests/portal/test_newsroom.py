"""A newsroom's place in the browser: one code and no account, many bodies at once, the clock, the text to complain."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qyzmet.cases import actions, publication, queries
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, Newsroom
from qyzmet.portal import clocks
from tests.cases.desk import Desk
from tests.cases.test_newsroom import GIVEN, ask, open_newsroom
from tests.cast import TODAY
from tests.portal.walk import Walker, text

CODE = re.compile(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}")
FORM = {**GIVEN, "languages": ["kk"], "signer": "Жақсыбаева Әлия", "capacity": "editor"}


@pytest.fixture
def browser(desk: Desk) -> Client:
    return Walker("en").client


def registered(browser: Client) -> str:
    """The code of a newsroom registered in this browser."""
    assert browser.post("/newsroom/register/", FORM).headers["Location"] == "/newsroom/code/"
    found = CODE.search(text(browser.get("/newsroom/code/")))
    assert found
    return found[0]


def inquiry(browser: Client, *bodies: str, **changes: Any) -> Any:
    address = "/newsroom/ask/?" + "&".join(f"body={code}" for code in bodies)
    start = text(browser.get(address))
    together = re.search(r'name="together" value="(\w+)"', start)
    signer = re.search(r'name="signer"[^>]*value="(\d+)"', start) or re.search(
        r'value="(\d+)"[^>]*name="signer"', start
    )
    assert together and signer, start
    given = {"text": "Қанша құбыр ауыстырылды?", "language": "kk", "answer_language": "kk", "how": "email"}
    given |= {"signer": signer[1], "together": together[1]}
    return browser.post(address, given | changes)


def test_registered_once_and_entered_with_the_code(browser: Client) -> None:
    code = registered(browser)
    assert browser.post("/newsroom/code/", {"kept": "1"}).status_code == 302
    assert not CODE.search(text(browser.get("/newsroom/code/")))
    other = Walker("en").client
    assert GIVEN["name"] not in text(other.get("/newsroom/"))
    assert other.post("/newsroom/", {"code": code.lower()}).headers["Location"] == "/newsroom/"
    assert GIVEN["registration_number"] in text(other.get("/newsroom/"))


def test_a_wrong_code_opens_nothing_and_is_counted(browser: Client) -> None:
    code = registered(browser)
    other = Walker("en").client
    for _n in range(30):
        assert other.post("/newsroom/", {"code": "AAAAA-AAAAA-AAAAA-AAAAA"}).status_code == 404
    assert other.post("/newsroom/", {"code": code}).status_code == 429
    assert "govuk-error-message" in text(other.post("/newsroom/", {"code": " "}))


@pytest.mark.parametrize("page", ["code", "confirm", "signers", "bodies", "ask"])
def test_without_the_code_every_page_leads_to_the_door(browser: Client, page: str) -> None:
    for response in (browser.get(f"/newsroom/{page}/"), browser.post(f"/newsroom/{page}/", {"change": "1"})):
        assert response.headers["Location"] == "/newsroom/"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"signer": ""},
        {"capacity": "owner"},
        {"name": "а" * 251},
        {"languages": ["xx"]},
        {"email": "a\x00"},
    ],
)
def test_what_cannot_be_taken_is_said_and_kept_in_the_form(browser: Client, changes: dict[str, Any]) -> None:
    response = browser.post("/newsroom/register/", FORM | changes)
    assert response.status_code == 200 and "govuk-error-message" in text(response)
    assert not Newsroom.objects.exists()


def test_registering_is_braked(browser: Client) -> None:
    for _n in range(10):
        registered(browser)
    assert "Too many newsrooms" in text(browser.post("/newsroom/register/", FORM))
    assert Newsroom.objects.count() == 10


def test_an_address_is_asked_about_once(browser: Client) -> None:
    odd = FORM | {"email": "таң"}
    assert "does not look like an e-mail" in text(browser.post("/newsroom/register/", odd))
    assert browser.post("/newsroom/register/", odd | {"asked": "таң"}).status_code == 302


def test_the_address_is_confirmed_by_a_code(browser: Client) -> None:
    registered(browser)
    browser.post("/newsroom/confirm/", {"send": "1", "email": GIVEN["email"]})
    digits = re.search(r"\d{6}", mail.outbox[0].body)
    assert digits and mail.outbox[0].to == [GIVEN["email"]] and "newsroom" in mail.outbox[0].body
    assert "govuk-error-message" in text(browser.post("/newsroom/confirm/", {"code": "1"}))
    assert browser.post("/newsroom/confirm/", {"code": digits[0]}).status_code == 302
    assert Newsroom.objects.get().confirmed_at
    browser.post("/newsroom/confirm/", {"send": "1", "email": "other@nury.example"})
    one = Newsroom.objects.get()
    assert (one.email, one.confirmed_at) == ("other@nury.example", None)


def test_tries_of_the_digits_run_out(browser: Client) -> None:
    registered(browser)
    browser.post("/newsroom/confirm/", {"send": "1", "email": GIVEN["email"]})
    digits = re.search(r"\d{6}", mail.outbox[0].body)
    assert digits
    wrong = "000000" if digits[0] != "000000" else "111111"
    for _n in range(5):
        browser.post("/newsroom/confirm/", {"code": wrong})
    browser.post("/newsroom/confirm/", {"code": digits[0]})
    assert Newsroom.objects.get().confirmed_at is None
    for _n in range(4):
        browser.post("/newsroom/confirm/", {"send": "1", "email": GIVEN["email"]})
    assert len(mail.outbox) == 3


def test_signers_come_and_go(browser: Client) -> None:
    registered(browser)
    first = Newsroom.objects.get().signers.get()
    browser.post("/newsroom/signers/", {"remove": str(first.pk)})
    assert "govuk-error-message" in text(browser.post("/newsroom/signers/", {"signer": "", "capacity": "editor"}))
    assert browser.post("/newsroom/signers/", {"signer": "Омаров Ерік", "capacity": "accredited"}).status_code == 302
    browser.post("/newsroom/signers/", {"remove": str(first.pk)})
    assert [one.name for one in queries.signers(Newsroom.objects.get())] == ["Омаров Ерік"]
    assert browser.post("/newsroom/signers/", {"remove": "9" * 30}).status_code == 404


def test_several_bodies_at_once(browser: Client) -> None:
    registered(browser)
    found = text(browser.get("/newsroom/bodies/", {"q": "су"}))
    assert 'value="water"' in found
    assert "Choose at least one body" in text(browser.get("/newsroom/bodies/", {"go": "1", "body": "moon"}))
    going = browser.get("/newsroom/bodies/", {"go": "1", "body": ["water", "dep"]})
    assert going.headers["Location"] == "/newsroom/ask/?body=water&body=dep"
    file = SimpleUploadedFile("a.pdf", b"%PDF-1")
    assert inquiry(browser, "water", "dep", file=[file]).headers["Location"] == "/newsroom/"
    page = text(browser.get("/newsroom/"))
    for case in Case.objects.all():
        assert case.number in page and case.papers.count() == 1 and case.answer_channel == "email"
        assert case.number in text(browser.get(f"/{case.number}"))
    assert "bodies asked at once: 2" in page and "<svg" in page


def test_pressed_twice_it_is_filed_once(browser: Client) -> None:
    registered(browser)
    for _n in range(2):
        inquiry(browser, "water", together="a" * 32)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"text": " "},
        {"text": "\x07"},
        {"language": "de"},
        {"how": "pigeon"},
        {"signer": "0"},
        {"file": [SimpleUploadedFile("a.exe", b"MZ")]},
    ],
)
def test_an_inquiry_that_cannot_be_taken(browser: Client, changes: dict[str, Any]) -> None:
    registered(browser)
    assert "govuk-error-message" in text(inquiry(browser, "water", **changes))
    assert not Case.objects.exists()


def test_a_flood_of_inquiries_waits_a_minute(browser: Client, settings: Any) -> None:
    settings.FILINGS = 2
    registered(browser)
    inquiry(browser, "water", "dep")
    assert inquiry(browser, "water").status_code == 429
    assert Case.objects.count() == 2


def test_silence_leads_to_a_complaint_with_a_prepared_text(desk: Desk, browser: Client) -> None:
    code = registered(browser)
    inquiry(browser, "dep")
    case = Case.objects.get()
    assert case.number in text(browser.get("/newsroom/"))
    desk.wait(days=90)
    tick(at=desk.at())
    assert case.number not in text(browser.get("/newsroom/"))  # two hours without use are over
    assert browser.post("/newsroom/", {"code": code}).status_code == 302
    page = text(browser.get("/newsroom/"))
    assert f"/{case.number}/complain_further/" in page
    form = text(browser.get(f"/{case.number}/complain_further/"))
    typed = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    assert typed and case.number in typed[1] and "бас тарту" in typed[1]
    assert "…" not in typed[1]
    assert browser.post(f"/{case.number}/complain_further/", {"text": typed[1]}).status_code == 302
    child = Case.objects.get(parent=case)
    assert child.body == desk.cast.dep and child.number in text(browser.get("/newsroom/"))


def test_another_newsroom_sees_nothing_of_it(desk: Desk, browser: Client) -> None:
    (case,) = ask(desk, open_newsroom(desk).newsroom, "water")
    registered(browser)
    assert case.number not in text(browser.get("/newsroom/"))
    assert browser.get(f"/{case.number}").headers["Location"].startswith("/follow/")


def test_a_person_gets_no_prepared_text(desk: Desk) -> None:
    filed = desk.file("request", "dep")
    desk.answer(filed.case, "dep", "answered")
    walker = Walker("en")
    walker.open(filed.case.number, filed.code)
    form = text(walker.client.get(f"/{filed.case.number}/complain_further/"))
    typed = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    assert typed and not typed[1].strip()


def test_the_drawing_holds_every_term(desk: Desk) -> None:
    newsroom = open_newsroom(desk).newsroom
    cases = ask(desk, newsroom, "water", "dep")
    desk.answer(cases[0], "water", "answered")
    found = queries.clocks(queries.inquiries(newsroom).rows, TODAY)
    drawn = clocks.drawing(found, found[0].case.registered_on)
    assert drawn and [bar.n for bar in drawn.bars] == [1, 2]
    assert [bar.answered is not None for bar in drawn.bars] == [False, True]
    assert not any(bar.late for bar in drawn.bars)
    for bar in drawn.bars:
        assert clocks.LEFT <= bar.begins < bar.ends <= clocks.WIDTH
    assert clocks.drawing([], found[0].case.registered_on) is None
    late = clocks.drawing(found, found[0].first.on.replace(year=2027))  # type: ignore[union-attr]
    assert late and [bar.late for bar in late.bars] == [True, False]


def published(desk: Desk) -> Case:
    """An answered inquiry of a newsroom, on the page of the water authority."""
    newsroom = open_newsroom(desk).newsroom
    (case,) = ask(desk, newsroom, "water", publish=True, language="ru", text="Когда дадут воду?", answer_language="kk")
    desk.answer(case, "water", "answered", language="kk")
    desk.do("publish", case, "water_head", hide=[], seen=actions.fingerprint(publication.masked_texts(case)))
    return case


def test_the_page_of_a_body_shows_what_it_published(desk: Desk, browser: Client) -> None:
    case = published(desk)
    page = text(browser.get("/bodies/water/"))
    assert '<a class="govuk-link" href="/bodies/water/published/' in page and 'lang="ru"' in page
    address = re.search(r"/bodies/water/published/\d+/", page)
    assert address
    one = text(browser.get(address[0]))
    assert '<div lang="ru"' in one and '<div lang="kk"' in one and GIVEN["name"] in one and case.number not in one
    assert browser.get(address[0].replace("water", "dep")).status_code == 404
    assert browser.get("/bodies/water/?after=x").status_code == 422
    actions.revoke_publication(case, by=actions.APPLICANT, at=desk.at())
    assert browser.get(address[0]).status_code == 404
    assert address[0] not in text(browser.get("/bodies/water/"))


def test_the_feed_names_the_language_of_each_text(desk: Desk, browser: Client) -> None:
    empty = text(browser.get("/bodies/water/published.atom"))
    desk.wait(minutes=10)
    assert text(browser.get("/bodies/water/published.atom")) == empty and "<entry>" not in empty
    published(desk)
    texts = {"kk": ("Су беріледі <18:00>", "Мәтін."), "ru": ("Воду дадут", "Текст.")}
    actions.make_statement(body=desk.cast.water, texts=texts, by=desk.by("water_head"), at=desk.at())
    response = browser.get("/bodies/water/published.atom")
    feed = text(response)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert feed.count("<entry>") == 3
    assert 'xml:lang="ru">Воду дадут<' in feed and "&lt;18:00&gt;" in feed
    assert 'xml:lang="kk">' in feed and GIVEN["email"] not in feed
    assert len(set(re.findall(r"<id>(.*?)</id>", feed))) == 4


def test_consent_on_the_follow_page(desk: Desk) -> None:
    filed = desk.file("request", "water")
    walker = Walker("en")
    walker.open(filed.case.number, filed.code)
    address = f"/{filed.case.number}/agree_publication/"
    assert address in text(walker.client.get(f"/{filed.case.number}"))
    assert "govuk-error-message" in text(walker.client.post(address, {}))
    assert walker.client.post(address, {"agree": "on"}).status_code == 302
    assert publication.agreed(publication.codes_of(filed.case))
    assert walker.client.post(f"/{filed.case.number}/revoke_publication/", {}).status_code == 302
    assert not publication.agreed(publication.codes_of(filed.case))


def test_of_an_accusation_no_consent_is_offered(desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre")
    walker = Walker("en")
    walker.open(filed.case.number, filed.code)
    address = f"/{filed.case.number}/agree_publication/"
    assert address not in text(walker.client.get(f"/{filed.case.number}"))
    assert walker.client.post(address, {"agree": "on"}).status_code == 409
    assert not filed.case.steps.filter(code="agree_publication").exists()
