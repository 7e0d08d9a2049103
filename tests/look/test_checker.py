"""verify.html, opened from a disk: the same verdicts as the command, in words everybody can use, and no network."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from qyzmet.cli.main import main
from qyzmet.ledger.words import LANGS, all_words
from qyzmet.look.checker import PAGE
from tests.cli.accidents import ACCIDENTS, GOOD, Accident
from tests.cli.handmade import build, policy, sha

pytestmark = pytest.mark.chromium
ADDRESS = PAGE.as_uri()


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    """A page with no network at all, as wide as the smallest phone."""
    context = browser.new_context(offline=True, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def given(name: str, text: str, encoding: str = "utf-8") -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": text.encode(encoding, "surrogateescape")}


def check(page: Page, accident: Accident, how: str = "") -> None:
    page.goto(ADDRESS + how)
    page.wait_for_selector("[data-ready]")
    if accident.trusted is not None:
        page.set_input_files("#policy", given("policy", accident.trusted))
    page.set_input_files("#receipts", given("receipt.json", accident.receipt, accident.encoding))
    page.wait_for_selector("#result:not([hidden])")


def found(page: Page) -> set[tuple[int, str]]:
    items = page.locator(".problems li").all()
    return {(int(one.get_attribute("data-step") or ""), one.get_attribute("data-code") or "") for one in items}


@pytest.mark.parametrize("name", ACCIDENTS)
def test_the_page_says_what_the_command_says(opened: Page, name: str) -> None:
    accident = ACCIDENTS[name]
    check(opened, accident)
    codes = {(0, accident.unreadable)} if accident.unreadable else set(accident.codes)
    assert (opened.locator("#result").get_attribute("data-verdict"), found(opened)) == (accident.verdict, codes)


@pytest.mark.parametrize("name", ["good", "the city's signature changed", "a witness's signature changed"])
def test_the_bundled_signatures_say_the_same_as_the_browsers_own(opened: Page, name: str) -> None:
    check(opened, ACCIDENTS[name], "?bundled")
    assert opened.locator("#result").get_attribute("data-verdict") == ACCIDENTS[name].verdict
    assert found(opened) == set(ACCIDENTS[name].codes)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["good", "no policy", "only promised", "reordered", "a fork", "truncated"])
def test_everybody_can_use_it(opened: Page, lang: str, name: str) -> None:
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    check(opened, ACCIDENTS[name], "")
    opened.locator(f"[data-lang={lang}]").click()
    violations = Axe().run(opened)
    assert violations.violations_count == 0, violations.generate_report()
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    assert opened.locator("html").get_attribute("lang") == lang
    assert opened.locator(".verdict").inner_text() == all_words()[f"verdict_{ACCIDENTS[name].verdict}"][lang]
    assert not said


def test_a_changed_byte_means_to_the_page_what_it_means_to_the_command(
    opened: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, dice = GOOD.text().encode(), random.Random(3)
    (tmp_path / "policy").write_text(policy())
    for _ in range(60):
        at, sign = dice.randrange(len(data)), dice.choice(b' \n"A0+/\\{,\xff')
        changed = data[:at] + bytes([sign]) + data[at + 1 :]
        (tmp_path / "r.json").write_bytes(changed)
        main(["verify", str(tmp_path / "r.json"), "--policy", str(tmp_path / "policy"), "--json"])
        said = json.loads(capsys.readouterr().out)
        codes = {(one["step"], one["code"]) for file in said["files"] for one in file["problems"]}
        codes |= {(0, one["code"]) for one in said["unreadable"]}
        check(opened, Accident(changed.decode("latin-1"), said["verdict"], encoding="latin-1"))
        assert (opened.locator("#result").get_attribute("data-verdict"), found(opened)) == (said["verdict"], codes)


def test_kazakh_comes_first_and_the_words_are_those_of_the_command(opened: Page) -> None:
    check(opened, ACCIDENTS["good"])
    text = opened.locator("#said").inner_text()
    assert opened.locator("html").get_attribute("lang") == "kk"
    assert "1. Тіркеу: 2026 жылғы 19 наурыз, 20:05." in text
    assert "Шешім қабылданатын соңғы күн – 2026 жылғы 15 сәуір, негізі: ӘРПК 76(1)-(2)." in text
    assert "Көрген тәуелсіз куәгерлер: барлығы 3, көргені 2: a (2026 жылғы 19 наурыз, 23:05)" in text


def test_keys_alone_lead_through_the_page(opened: Page) -> None:
    opened.goto(ADDRESS)
    opened.wait_for_selector("[data-ready]")
    reached = []
    for _ in range(5):
        opened.keyboard.press("Tab")
        reached.append(opened.evaluate("document.activeElement.id || document.activeElement.dataset.lang"))
    assert reached == ["kk", "ru", "en", "receipts", "policy"]
    opened.set_input_files("#receipts", given("receipt.json", GOOD.text()))
    opened.wait_for_selector("#result:not([hidden])")
    assert opened.evaluate("document.activeElement.id") == "result-heading"


def test_files_may_be_dragged_in_and_the_policy_is_told_from_the_receipt(opened: Page) -> None:
    opened.goto(ADDRESS)
    opened.wait_for_selector("[data-ready]")
    opened.evaluate(
        """files => {
            const carried = new DataTransfer();
            for (const [name, text] of files) carried.items.add(new File([text], name));
            document.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, cancelable: true}));
        }""",
        [["a", policy()], ["b", GOOD.text()]],
    )
    opened.wait_for_selector("#result:not([hidden])")
    assert opened.locator("#result").get_attribute("data-verdict") == "holds"


def test_heads_of_different_files_are_compared(opened: Page) -> None:
    receipt = GOOD.steps[0].proof
    fork = build(witnesses=())  # the same book, so no fork
    assert receipt
    opened.goto(ADDRESS)
    opened.wait_for_selector("[data-ready]")
    opened.set_input_files("#policy", given("policy", policy("none")))
    files = [given("receipt.json", GOOD.text()), given("head", str(fork.steps[0].proof).partition("\n\n")[2])]
    opened.set_input_files("#receipts", files)
    opened.wait_for_selector("#result:not([hidden])")
    assert opened.locator("#result").get_attribute("data-verdict") == "holds"
    other = ACCIDENTS["a fork"].receipt
    opened.set_input_files("#receipts", [given("receipt.json", GOOD.text()), given("other.json", other)])
    opened.wait_for_selector("#result[data-verdict=does_not_hold]")
    assert found(opened) == {(0, "fork")}
    assert opened.locator(".problems ~ pre").count() == 2


def test_a_text_cannot_become_a_part_of_the_page(opened: Page) -> None:
    """What the receipt says is shown as words, never as markup."""
    evil = "<img src=x onerror=document.title='x'><script>document.title='x'</script>"
    receipt = build(steps=[{**GOOD.steps[0].content, "appeal": sha(evil), "event": evil}])  # type: ignore[dict-item]
    text = type(receipt)(receipt.log, receipt.case, receipt.steps, {sha(evil): evil}).text()
    check(opened, Accident(text, "holds"))
    assert opened.locator("#result").get_attribute("data-verdict") == "holds"
    assert opened.locator("#said img, #said script").count() == 0
    assert opened.title() == all_words()["page_title"]["kk"]


def test_the_page_holds_all_it_needs_and_forbids_the_network() -> None:
    text = PAGE.read_text(encoding="utf-8")
    content = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert content
    assert content[1].startswith("default-src 'none'; script-src 'sha256-")
    assert not re.search(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="(?!data:)', text)
    assert "MIT License (c)" in text
    assert all(f'<p lang="{lang}">{all_words()["page_no_script"][lang]}</p>' in text for lang in LANGS)
