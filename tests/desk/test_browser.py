"""The desk in a real browser: axe finds nothing, nothing is wider than a phone, the keys do what the help page says."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from qyzmet.cases.actions import About, Filed
from tests.desk.room import LANGUAGE, Room

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]


def enter(page: Page, room: Room, name: str, lang: str = "kk") -> None:
    """The browser as that person's."""
    cookies = {key: morsel.value for key, morsel in room.client(name).cookies.items()} | {LANGUAGE: lang}
    page.goto("/no-such-page/")
    address = re.match(r"https?://[^/]+", page.url)[0]  # type: ignore[index]
    page.context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])


def usable(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    assert not [text for text in said if "409" not in text], address


@pytest.fixture
def filed(room: Room) -> Filed:
    """A case in work, with letters for the post and a draft."""
    made = room.file("application", "water", text="Құбыр жарылды. Қашан жөндейсіздер?", answer_channel="post")
    room.file("request", "water", language="ru", answer_channel="post")
    room.assign(made.case, "water")
    room.draft(made.case, "water", "act_adopted", facts="")
    return made


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_pages_can_be_used_by_everybody(page: Page, room: Room, filed: Filed, lang: str) -> None:
    case = f"/desk/cases/{filed.case.number}/"
    enter(page, room, "water_registrar", lang)
    for address in ("queue/", "register/", "dispatch/", "export/", "help/", "find/?q=Сер"):
        usable(page, f"/desk/{address}")
    enter(page, room, "water_executor", lang)
    for address in ("/desk/", case, f"{case}do/draft/", f"{case}do/approve/"):
        usable(page, address)
    letter = filed.case.case_letters.get().letter_id
    usable(page, f"{case}letters/{letter}/")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_an_order_is_entered_and_taken_back(page: Page, room: Room, filed: Filed, lang: str) -> None:
    enter(page, room, "administrator", lang)
    usable(page, "/desk/calendar/")
    typed = {"off_on_0": "22", "off_on_1": "4", "off_on_2": "2026", "number": "36-НҚ"}
    typed |= {"dated_0": "10", "dated_1": "4", "dated_2": "2026", "url": "https://adilet.example/36"}
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.click("form[action='/desk/calendar/preview/'] button")
    usable(page, page.url)
    page.check("[name=sure]")
    page.click("form[method=post][action='/desk/calendar/preview/'] button")
    page.wait_for_url("**/desk/calendar/")
    assert page.locator("progress").get_attribute("max") == "2"
    usable(page, "/desk/calendar/")
    usable(page, "/desk/calendar/1/back/")


def test_whom_it_is_about_can_be_settled_on_a_phone(page: Page, room: Room) -> None:
    unnamed = room.file("message", "centre", about=About("conduct", text="орталық басшысы"))
    enter(page, room, "dep_registrar")
    usable(page, f"/desk/cases/{unnamed.case.number}/do/resolve_about/?in=centre")


def test_the_keys(page: Page, room: Room, filed: Filed) -> None:
    enter(page, room, "water_registrar")
    page.goto("/desk/queue/")
    rows = page.locator("[data-row]")
    now = "document.activeElement.textContent"
    page.keyboard.press("j")
    assert page.evaluate(now) == rows.nth(0).text_content()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(now) == rows.nth(1).text_content()
    page.keyboard.press("k")
    assert page.evaluate(now) == rows.nth(0).text_content()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("jk/")
    assert page.locator("#find").input_value() == "jk/"
    page.locator("#find").fill("Серік")
    page.locator("#found option").nth(1).wait_for(state="attached")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/cases/**")


def test_the_keys_can_be_switched_off(page: Page, room: Room, filed: Filed) -> None:
    enter(page, room, "water_registrar")
    page.goto("/desk/help/")
    page.locator("[data-keys=off]").click()
    page.goto("/desk/queue/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.goto("/desk/help/")
    page.locator("[data-keys=on]").click()
    page.goto("/desk/queue/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.hasAttribute('data-row')")


def test_a_queue_is_read_on_a_phone_without_pushing_it_sideways(page: Page, room: Room, filed: Filed) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    enter(page, room, "water_registrar")
    page.goto("/desk/queue/")
    assert page.evaluate("(one => one.scrollWidth <= one.clientWidth)(document.querySelector('.qyz-scroll'))")
    row = page.get_by_role("row").filter(has_text=filed.case.number)
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell").count() == page.get_by_role("columnheader").count() - 1


def test_on_a_phone_a_link_leads_down_to_what_may_be_done(page: Page, room: Room, filed: Filed) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    enter(page, room, "water_executor")
    page.goto(f"/desk/cases/{filed.case.number}/")
    link = page.locator("a[href='#now']")
    assert link.bounding_box()["y"] < 740 < page.locator("#now").bounding_box()["y"]  # type: ignore[index]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#now').getBoundingClientRect().y < 370")
    assert 0 <= page.locator("#now").bounding_box()["y"] < 370  # type: ignore[index]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.desk-side') !== null"), "the next stop is a step"
    page.set_viewport_size({"width": 1000, "height": 740})
    assert not link.is_visible()
