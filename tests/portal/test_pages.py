"""Every page in three languages: complete words, right marks, small."""

import gzip
import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.cases.desk import Desk
from tests.portal.walk import ANSWERS, Walker, text
from tools import messages

LANGS = ("kk", "ru", "en")
STILL = [
    "/",
    "/appeal/what/",
    "/appeal/corruption/",
    "/appeal/erased/",
    "/appeal/sent/",
    "/appeal/kind/",
    "/follow/",
    "/accused/",
    "/bodies/",
    "/bodies/?q=су",
    "/bodies/water/",
    "/privacy/",
    "/accessibility/",
    "/about/",
    *(f"/appeal/help/{number}/" for number in range(1, 5)),
]


@pytest.fixture(scope="module")
def english() -> list[str]:
    """Sentences of the portal in English that are long enough to be recognised."""
    return [key[0] for key in messages.used("portal") if len(key[0]) > 12 and "%(" not in key[0]]


def everything(walker: Walker, desk: Desk) -> Iterator[tuple[str, str]]:
    """Every page of the portal with its address, as one person meets them."""
    for address in STILL:
        yield address, text(walker.client.get(address))
    walker.go(about={"about": "conduct"}, signature={"signature": "code"})
    walker.answer("post", {"person": "Басшы"})
    for page in (*ANSWERS, "post", "company", "representative", "people", "code", "paper", "check"):
        yield page, walker.read(page)
    filed = desk.file("application", "water", signature="unsigned", language="kk")
    walker.open(filed.case.number, filed.code)
    desk.assign(filed.case, "water")
    given = {"facts": "Құжат жетіспейді.", "ground": "ӘРПК 73-бабы."}
    desk.do("preliminary", filed.case, "water_executor", outcome="act_adopted", **given)
    own = f"/{filed.case.number}"
    for step in (
        "",
        "/confirm_signature/",
        "/object/",
        "/ask_hearing/",
        "/add_paper/",
        "/ask_file/",
        "/ask_recusal/",
        "/withdraw/",
    ):
        yield step, text(walker.client.get(own + step))
    closed = desk.file("request", "water")
    desk.answer(closed.case, "water", "answered")
    walker.open(closed.case.number, closed.code)
    for step in ("", "/rate/", "/ask_correction/", "/complain_further/"):
        yield step, text(walker.client.get(f"/{closed.case.number}{step}"))
    walker.go(about={"about": "nobody"}).send()
    yield "sent", text(walker.client.get("/appeal/sent/"))


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_whole(desk: Desk, english: list[str], lang: str) -> None:
    for address, shown in everything(Walker(lang), desk):
        assert f'<html lang="{lang}"' in shown, address
        if lang != "en":
            plain = html.unescape(shown)
            assert not [words for words in english if words in plain], address
        check_frame(address, shown)
        check_controls(address, shown)


def check_frame(address: str, shown: str) -> None:
    """One heading, a title, no identifier twice, nothing the content policy forbids, and not much of it."""
    assert len(re.findall(r"<h1\b", shown)) == 1, address
    title = re.search(r"<title>(.*?)</title>", shown, re.DOTALL)
    assert title, address
    assert title[1].replace("– Qyzmet", "").strip(), address
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids)), (address, [one for one in ids if ids.count(one) > 1])
    assert "<script>" not in shown
    assert " style=" not in shown
    assert len(gzip.compress(shown.encode())) + scripts_and_styles() < 100_000, address


@cache
def scripts_and_styles() -> int:
    """Bytes that come with every page, compressed, without fonts."""
    names = ("look/qyzmet.css", "look/look.js", "look/govuk-frontend.min.js", "portal/keep.js")
    paths = [finders.find(name) for name in names]
    return sum(len(gzip.compress(Path(path).read_bytes())) for path in paths if path)


def check_controls(address: str, shown: str) -> None:
    """Every control has a label."""
    labels = set(re.findall(r'<label[^>]*\bfor="([^"]+)"', shown))
    for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", shown):
        found = re.search(r'\bid="([^"]+)"', tag)
        assert 'type="hidden"' in tag or (found and found[1] in labels), (address, tag)


def test_fields_about_the_person_can_be_filled_by_the_browser(walker: Walker) -> None:
    walker.go()
    for page, tokens in {
        "person": ["name"],
        "company": ["organization"],
        "contacts": ["street-address", "email", "tel"],
    }.items():
        shown = walker.read(page)
        for token in tokens:
            assert f'autocomplete="{token}"' in shown


def test_the_first_page_is_kazakh_whatever_the_browser_prefers(desk: Desk) -> None:
    shown = text(Client().get("/", headers={"Accept-Language": "en"}))
    assert '<html lang="kk"' in shown
    assert "Мемлекеттік органға жазу" in shown


def test_the_address_of_the_form_alone_leads_to_its_first_page(desk: Desk) -> None:
    assert Client().get("/appeal/")["Location"] == "/appeal/what/"


def test_the_language_switch_leads_back(desk: Desk) -> None:
    client = Client()
    shown = text(client.get("/bodies/", {"q": "су"}))
    link = re.search(r'href="(/til/\?til=ru[^"]+)"', shown)
    assert link
    back = client.get(html.unescape(link[1]))
    assert back.headers["Location"] == "/bodies/?q=%D1%81%D1%83"
    assert '<html lang="ru"' in text(client.get(back.headers["Location"]))


def test_the_text_of_an_appeal_carries_its_language(walker: Walker) -> None:
    number, _ = walker.go(text={"text": "Когда починят трубу?", "language": "ru"}).send()
    assert '<div lang="ru"' in text(walker.client.get(f"/{number}"))


def test_a_page_with_an_error_says_so_in_its_title(desk: Desk) -> None:
    for lang, word in (("kk", "Қате"), ("ru", "Ошибка"), ("en", "Error")):
        walker = Walker(lang)
        walker.answer("what", {"what": "x"})
        shown = text(walker.answer("kind", {}))
        assert f"<title>{word}: " in shown
        assert '<a href="#id_kind">' in shown


def test_a_body_shows_what_anybody_may_know(desk: Desk) -> None:
    shown = text(Client().get("/bodies/centre/"))
    for said in (
        "Жастар орталығы",
        "жастар үйірмелері",
        "Сарыарқа көшесі, 1",
        "centre@qala.example",
        "Жастар саясаты басқармасы",
        "Үн қосу",
    ):
        assert said in shown
    assert desk.cast.centre_head.surname not in shown
    assert Client().get("/bodies/nothing/").status_code == 404


def test_bodies_are_found_by_name_and_duty(desk: Desk) -> None:
    def found(asked: str) -> list[str]:
        return re.findall(r'href="/bodies/([a-z]+)/"', text(Client().get("/bodies/", {"q": asked})))

    assert len(found("")) == 5
    assert found("су құбыры") == ["water"]
    assert found("водопровод") == ["water"]
    assert found("молодежный центр") == ["centre"]
    assert found("жоқнәрсе") == []


def test_lists_ask_the_database_a_few_times(desk: Desk, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        Client().get("/bodies/")
    filed = desk.file("application", "water")
    walker = Walker()
    walker.open(filed.case.number, filed.code)
    with django_assert_max_num_queries(22):
        walker.client.get(f"/{filed.case.number}")
