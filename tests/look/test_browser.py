"""Our pages in a real browser: axe finds nothing, nothing is wider than a phone, no script is refused."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]
ADDRESSES = ("/desk/login/", "/no-such-page/")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_used_by_everybody(page: Page, address: str, lang: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"/til/?til={lang}&next={address}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("html").get_attribute("lang") == lang
    assert not [text for text in said if "404" not in text]


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto("/desk/login/")
    page.locator("main button[type=submit], main form button").first.click()
    summary = page.locator(".govuk-error-summary")
    summary.wait_for()
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    summary.locator("a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_login"
    assert page.title().startswith("Қате: ")
