"""The pages about the law: all that the files say, as of a day, usable by everybody, whatever procedures there are."""

import html
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from qyzmet import law
from qyzmet.cases.rules import files, rules
from qyzmet.law.calendar import DayRow
from qyzmet.law.letter_list import PLACEHOLDERS, letter_codes, readable
from qyzmet.law.lists import APART
from qyzmet.law.procedure import CHAPTERS, ROLES
from qyzmet.law.read_calendar import REASONS
from qyzmet.law.read_procedure import GROUNDS
from qyzmet.law.sentences import long_date
from qyzmet.portal.law import said
from qyzmet.portal.law.procedure_page import sections
from tests.cases.desk import Desk
from tests.portal.test_pages import check_controls, check_frame
from tests.portal.walk import Walker, text
from tools import messages

pytestmark = pytest.mark.django_db

LANGS: tuple[Any, ...] = law.LANGS
KINDS = list(law.kz().procedures)
QUESTION = "/law/date/?kind=application&term=decision&day=2026-03-19&hour=19%3A05"
ADDRESSES = [
    "/law/",
    *(f"/law/{kind}/" for kind in KINDS),
    "/law/complaint/?on=2024-01-01",
    "/law/complaint/?print=1",
    "/law/calendar/2025/",
    "/law/date/",
    "/law/date/?kind=complaint",
    QUESTION,
    "/law/date/?kind=application&term=cure&day=2026-03-19",
]

MONTH = re.compile(r'scope="row"[^>]*>(\w+)</th><td[^>]*>(\d+)</td>')


def read(address: str, lang: str = "en") -> str:
    client = Client()
    client.cookies["qyzmet_til"] = lang
    response = client.get(address)
    assert response.status_code == 200, address
    return text(response)


def plain(shown: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", shown)))


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_whole(lang: str) -> None:
    english = [key[0] for key in messages.used("portal") if len(key[0]) > 12 and "%(" not in key[0]]
    for address in ADDRESSES:
        shown = read(address, lang)
        check_frame(address, shown)
        check_controls(address, shown)
        # letters stand there in all three languages, the page itself in one
        own = html.unescape(re.sub(r'<(div|p)\b[^>]*\blang="en".*?</\1>', "", shown, flags=re.DOTALL))
        assert lang == "en" or not [words for words in english if words in own], address


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_all_that_the_files_say(kind: str, lang: str) -> None:
    shown, found = plain(read(f"/law/{kind}/", lang)), rules().procedure(kind)
    parts = [found.states, found.steps, found.outcomes, *(getattr(found, section) for section in GROUNDS)]
    for part in parts:
        for one in part.values():
            assert one.name[lang] in shown, one.code
    for term in found.terms.values():
        assert term.name[lang] in shown
        for value in term.values:
            assert long_date(value.valid_from, lang) in shown
            assert value.source.said(lang) in shown
            assert " ".join(value.note.get(lang, "").split()) in shown
    for example in law.examples(found):
        assert " ".join(example.says[lang].split()) in shown
    for code in letter_codes(rules(), found):
        for one in LANGS:
            letter = readable(law.letter_text(found, code, one), one)
            assert " ".join(letter.subject.split()) in shown, (code, one)
    assert not re.search(r"\{[a-z_]+\}", shown), "placeholders are told in words"


def test_every_code_of_the_law_has_words() -> None:
    assert set(ROLES) <= set(said.ROLES)
    assert set(CHAPTERS) <= set(said.CHAPTERS)
    assert {*REASONS, "worked", "weekend"} == set(said.KINDS)
    known = {part for kind in rules().procedures.values() for part in vars(kind)} - set(APART)
    assert set(GROUNDS) <= known & set(said.SECTIONS)
    for kind in rules().procedures.values():
        assert len(sections(kind)) == sum(bool(getattr(kind, section)) for section in said.SECTIONS if section in known)


def test_every_placeholder_of_every_letter_has_words_in_every_language() -> None:
    words = tomllib.loads(PLACEHOLDERS.read_text(encoding="utf-8"))
    used = set()
    for kind in rules().procedures.values():
        for code in letter_codes(rules(), kind):
            for lang in LANGS:
                found = law.letter_text(kind, code, lang)
                used |= found.placeholders
                assert "{" not in readable(found, lang).body
    assert set(words) >= used
    assert all(set(one) == set(LANGS) and all(one.values()) for one in words.values())


def test_letters_are_those_the_procedure_can_send() -> None:
    message = letter_codes(rules(), rules().procedure("message"))
    assert {"talon", "answer_answered", "redirect_body"} <= set(message)
    assert not {"hearing_invitation", "preliminary", "passed_up", "answer_dismissed"} & set(message)
    complaint = letter_codes(rules(), rules().procedure("complaint"))
    assert {"passed_up", "satisfied", "answer_dismissed"} <= set(complaint)
    assert "extension" not in complaint
    assert "answer_noted" not in complaint


def test_the_list_names_who_begins_main_term_and_status() -> None:
    shown = plain(read("/law/"))
    part = shown[shown.index("Complaint A demand") :]
    assert part.index("applicant, registrar") < part.index("20 working days")
    for kind in KINDS:
        assert f'href="/law/{kind}/"' in read("/law/")


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_is_grouped_by_chapter_and_every_part_is_reached_from_its_top(lang: str) -> None:
    shown = read("/law/", lang)
    chapters = re.findall(r'<h2[^>]* id="(\w+)"', shown)
    assert chapters == [code for code in CHAPTERS if code in {kind.chapter for kind in rules().procedures.values()}]
    parts = re.split(r"<h2 ", shown.split("<main")[1])
    for chapter, part in zip(chapters, parts[1:], strict=True):
        stands = re.findall(r'<h3[^>]* id="kind-([\w-]+)"', part)
        assert stands == [code for code, kind in rules().procedures.items() if kind.chapter == chapter]
    ids = re.findall(r' id="([\w-]+)"', parts[0] + shown)
    leads = re.findall(r'href="#([\w-]+)"', parts[0])
    assert sorted(leads) == sorted([*chapters, *(f"kind-{code}" for code in KINDS)])
    assert {*leads} <= {*ids}


def test_as_of_a_day_only_the_wording_of_that_day_is_shown() -> None:
    old, new, all_of_it = (read(f"/law/application/{query}") for query in ("?on=2024-01-01", "?on=2026-02-02", ""))

    def decision(shown: str) -> str:
        return plain(re.findall(r'id="term-decision">(.*?)<h3', shown, re.DOTALL)[0])

    assert "the day of the event is day one" in decision(old)
    assert "the count begins the next day" not in decision(old)
    assert "the count begins the next day" in decision(new)
    assert "the day of the event is day one" not in decision(new)
    assert decision(all_of_it).count("In force") == 2
    assert "shown as of 1 January 2024" in plain(old)
    assert "No wording of this rule is known for that day." in plain(old), "76(3) before Law 241-VIII was not read"
    typed = Client().get("/law/application/", {"day_0": "1", "day_1": "1", "day_2": "2024"})
    assert typed.headers["Location"] == "/law/application/?on=2024-01-01"
    assert "Enter a real date" in read("/law/application/?on=2024-13-01")


def test_a_value_that_nobody_checked_says_that_it_decides_nothing() -> None:
    shown = plain(read("/law/application/?on=2024-01-01"))
    assert "not verified" in shown
    assert "This value decides nothing until a body switches it on." in shown
    assert "decides nothing" not in plain(read("/law/application/?on=2026-02-02"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("kk", "Мынау аяқталғанша жасалмайды: Тақырыптық салықтық тексеру"),
        ("ru", "Нельзя, пока длится: тематическая налоговая проверка"),
        ("en", "Not while this lasts: thematic tax audit"),
    ],
)
def test_a_step_says_during_what_nobody_takes_it(lang: str, said: str) -> None:
    assert plain(read("/law/tax-monitoring-complaint/", lang)).count(said) == 1
    assert said not in plain(read("/law/complaint/", lang))


def test_letters_are_folded_but_open_for_printing() -> None:
    assert '<details class="govuk-details" open>' not in read("/law/application/")
    folded = read("/law/application/?print=1")
    assert folded.count('<details class="govuk-details" open>') == len(
        letter_codes(rules(), rules().procedure("application"))
    )


@pytest.mark.parametrize("lang", LANGS)
def test_the_year_lists_every_row_with_its_order(lang: str) -> None:
    for year in (2021, 2025, 2027):
        shown = plain(read(f"/law/calendar/{year}/", lang))
        rows = [row for row in rules().calendar.rows.values() if row.day.year == year]
        assert len(rows) > 5
        for row in rows:
            check_row(shown, row, lang)


def check_row(shown: str, row: DayRow, lang: str) -> None:
    assert long_date(row.day, lang) in shown
    assert row.name[lang] in shown
    assert row.order in shown
    assert not row.instead_of or long_date(row.instead_of, lang) in shown


def test_the_year_counts_working_days_and_draws_all_days() -> None:
    shown = read("/law/calendar/2025/")
    months = dict(MONTH.findall(shown))
    # January 2025: 23 weekdays, less 1, 2, 3 (moved) and 7, and Sunday 5 worked; May: 22 less 1, 7, 9
    assert (months["January"], months["May"], len(months)) == ("20", "19", 12)
    assert len(re.findall(r"<rect ", shown)) == 365
    assert MONTH.findall(read("/law/calendar/2021/"))[0] == ("July", "20"), (
        "22 weekdays less 5, 6 and 20, and Saturday 3 worked"
    )


def test_unknown_procedures_and_years_are_the_one_page_that_says_so() -> None:
    for address in ("/law/nope/", "/law/calendar/1999/", "/law/calendar/99999/", "/law/appeal/"):
        assert Client().get(address).status_code == 404


FOLDER = {
    "code": '"schedule"',
    "extends": '"simplified"',
    "chapter": '"simplified"',
    "act": '"LC"',
    "url": '"https://adilet.zan.kz/"',
    "checked": "2026-11-21",
    "article": '"93"',
    "status": '"inferred"',
    "name": '{ kk = "Кесте", ru = "График <b>", en = "Schedule <b>" }',
    "definition": '{ kk = "Демалыс кестесі", ru = "График отпусков", en = "Leave schedule" }',
}


@pytest.fixture
def own_procedure(tmp_path: Path, settings: Any) -> Iterator[str]:
    """A city's own procedure, begun by the head of a body; it has no examples."""
    folder = tmp_path / "schedule"
    folder.mkdir()
    lines = [f"{key} = {value}" for key, value in FOLDER.items()]
    (folder / "procedure.toml").write_text("\n".join([*lines, "[steps.register]", 'who = ["head"]']), encoding="utf-8")
    settings.LAW_FOLDERS = [str(tmp_path)]
    files.cache_clear()
    yield "schedule"
    files.cache_clear()


def test_a_procedure_nobody_here_knows_has_its_page_too(own_procedure: str) -> None:
    shown = read(f"/law/{own_procedure}/")
    assert "<b>" not in shown, "the words of a file are escaped, in the drawing too"
    assert "Who begins it: head of the body." in plain(shown)
    assert 'id="examples"' not in shown
    assert "schedule" in read("/law/date/")
    assert "23 February 2026" in read("/law/date/?kind=schedule&term=decision&day=2026-02-02")
    assert 'href="/law/schedule/"' in read("/law/")


def test_the_law_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read("/law/")
    monkeypatch.setattr(
        import_module("qyzmet.law.load"), "load", lambda *folders: pytest.fail("the files are read again")
    )
    for address in ADDRESSES:
        read(address)


@pytest.mark.django_db
def test_the_page_of_a_case_leads_to_the_rule_behind_its_day(desk: Desk) -> None:
    filed = desk.file("application", "water")
    walker = Walker("en")
    walker.open(filed.case.number, filed.code)
    shown = text(walker.client.get(f"/{filed.case.number}"))
    links = re.findall(r'href="(/law/application/#term-[a-z_]+)"', shown)
    assert "/law/application/#term-decision" in links
    page = read("/law/application/")
    for link in links:
        assert f'id="{link.split("#")[1]}"' in page
    assert 'href="/law/date/"' in shown, "the footer"


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lang", LANGS)
def test_everybody_can_use_them_on_the_smallest_phone(page: Page, lang: str) -> None:
    said_by_browser: list[str] = []
    page.on("console", lambda message: said_by_browser.append(message.text))
    for address in ("/law/", "/law/complaint/?print=1", "/law/calendar/2025/", "/law/date/", QUESTION, ADDRESSES[-1]):
        page.goto("/law/")
        page.goto(f"/til/?til={lang}&next=/law/")
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == lang
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    assert not said_by_browser


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
def test_a_keyboard_is_enough_to_count_a_day(page: Page) -> None:
    page.goto("/law/date/")
    page.locator("#id_kind").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/law/date/?kind=application")
    page.locator("#id_term").focus()
    for typed in ("19", "3", "2026", "19:05"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**day=2026-03-19&hour=19%3A05")
    assert page.locator("time").first.get_attribute("datetime") == "2026-04-15"


@pytest.mark.chromium
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lang", LANGS)
def test_words_stay_within_the_boxes_of_the_picture(page: Page, lang: str) -> None:
    for kind in KINDS:
        page.goto(f"/til/?til={lang}&next=/law/{kind}/")
        page.evaluate("document.fonts.ready")
        out = page.evaluate(
            """() => {
              const svg = document.querySelector('svg[aria-labelledby^=states]')
              const boxes = [...svg.querySelectorAll('rect')].map((one) => one.getBBox())
              return [...svg.querySelectorAll('text[font-weight]')].filter((words) => {
                const has = words.getBBox()
                return !boxes.some((box) => box.x <= has.x && has.x + has.width <= box.x + box.width
                  && box.y <= has.y && has.y + has.height <= box.y + box.height)
              }).map((words) => words.textContent)
            }"""
        )
        assert out == [], kind
