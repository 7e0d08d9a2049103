"""A browser as people hold it, and what every page they come to must keep. The story itself is in test_tour.py.

Whoever visits asks for words in English, the names they have in the code; on the page they are looked for in the
language of the visitor. A page that is not checked cannot be reached: `go`, `press` and `open` end with `see`.
"""

from __future__ import annotations

import gzip
import os
import re
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import Browser, Page, Request, Response, Route

PHONE, DESK = 360, 1280
MOST_BYTES = 100_000
"""Compressed, without fonts."""
MOST_TABS = 80
PICTURES = os.environ.get("TOUR_PICTURES", "")
"""A folder that gets a picture of each page, to look at; empty: none."""
SHOT = count(1)
NUMBER = r"\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"

# words that a Kazakh sentence has and a Russian one cannot have, and the other way round
RUSSIAN = re.compile(r"(?<!\w)(?:и|в|на|что|для|по|из|как|или|при|это|об|если|чтобы)(?!\w)")
KAZAKH = re.compile(r"(?<!\w)[а-яё]*[әғқңөұүһі][а-яёәғқңөұүһі]*")
LATIN = re.compile(r"[A-Za-z]{2,}")
NO_LANGUAGE = re.compile(
    r"""\S+@\S+ | https?://\S+ | [0-9A-Z]{4,5}(?:-[0-9A-Z]{4,5})+ | [0-9a-f]{64} | [A-Z2-7]{32} | \S+\.(?:pdf|txt|jpg)\b
    | \b(?:Qyzmet|PDF|JPG|PNG|DOCX|XLSX|ODT|TXT|MP3|MP4|WEBM|CSV|Atom)\b
    | \b(?:WCAG|AA|axe|EUPL|SHA|Enter|Tab|JavaScript|[Cc]ookie)\b""",
    re.VERBOSE,
)

TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = []
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    const text = walker.currentNode.data.trim()
    if (text && !parent.closest('script, style, svg, textarea, kbd')) found.push([parent.closest('[lang]').lang, text])
  }
  for (const element of document.querySelectorAll('[title], [aria-label], [alt], [placeholder]'))
    for (const name of ['title', 'aria-label', 'alt', 'placeholder'])
      if (element.getAttribute(name)) found.push([element.closest('[lang]').lang, element.getAttribute(name)])
  return found
}"""
FOCUS_SHOWS = """() => {
  const shows = (style) => style.boxShadow !== 'none'
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && !style.outlineColor.endsWith(', 0)'))
  const here = document.activeElement
  const label = here.matches('[type=radio], [type=checkbox]') && document.querySelector(`label[for="${here.id}"]`)
  return shows(getComputedStyle(here)) || Boolean(label) && shows(getComputedStyle(label, '::before'))
}"""


def words(english: str, lang: str = "kk", **values: Any) -> str:
    """The words of the interface in a language."""
    with translation.override(lang):
        return translation.gettext(english) % values if values else translation.gettext(english)


@dataclass
class Visitor:
    """Somebody at a screen, with a mouse. `scripts=False`: their browser runs no JavaScript."""

    browser: Browser
    base: str
    width: int = PHONE
    scripts: bool = True
    lang: str = "kk"
    said: list[str] = field(default_factory=list)
    page: Page = field(init=False)
    response: Response = field(init=False)

    def __post_init__(self) -> None:
        self.page = self._page(scripts=self.scripts)
        self.page.on("response", self._arrived)
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _page(self, *, scripts: bool) -> Page:
        height = 740 if self.width < DESK else 900
        size: Any = {"width": self.width, "height": height}
        context = self.browser.new_context(base_url=self.base, viewport=size, java_script_enabled=scripts)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    def _arrived(self, response: Response) -> None:
        request = response.request
        if request.resource_type == "document" and not 300 <= response.status < 400:
            self.response = response

    def leave(self) -> None:
        """Close the browser."""
        self.page.context.close()

    # coming to a page

    def go(self, address: str, status: int = 200) -> None:
        """Type an address."""
        self.page.goto(address)
        self.see(status)

    def press(self, english: str, status: int = 200, **values: Any) -> None:
        """Press the button with these words."""
        self.press_named(words(english, self.lang, **values), status)

    def press_named(self, name: str, status: int = 200) -> None:
        """Press the button of this name."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self.see(status)

    def open(self, english: str, **values: Any) -> None:
        """Follow the link with these words."""
        self.open_named(words(english, self.lang, **values))

    def open_named(self, name: str) -> None:
        """Follow the link of this name."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()
        self.see()

    # filling in a form

    def write(self, name: str, text: str) -> None:
        """Type into the field of this name."""
        self.page.locator(f"[name='{name}']").fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose an answer."""
        self.page.locator(f"[name='{name}'][value='{value}']").check()

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.page.locator(f"[name='{name}']").check()

    # reading

    @property
    def path(self) -> str:
        """The address of this page, without the server."""
        return self.page.url.removeprefix(self.base)

    @property
    def html(self) -> str:
        """The page as the server sent it."""
        return self.response.text()

    def text(self) -> str:
        """What can be read on the page, without its frame."""
        return self.page.locator("main").inner_text()

    def reads(self, *sentences: str) -> None:
        """These stand on the page."""
        text = " ".join(self.text().split())
        for sentence in sentences:
            assert " ".join(sentence.split()) in text, f"{self.path}: {sentence!r} is not in\n{text}"

    def download(self, english: str) -> bytes:
        """The file behind the first link with these words, as this browser may fetch it."""
        name = words(english, self.lang)
        link = self.page.get_by_role("link", name=re.compile(rf"^{re.escape(name)}")).first
        return self.fetch(str(link.get_attribute("href")))

    def fetch(self, address: str) -> bytes:
        """What this browser gets from an address without showing it."""
        response = self.page.request.get(address)
        assert response.ok, (address, response.status)
        return response.body()

    # what every page must keep

    def see(self, status: int = 200) -> None:
        """Look at the page that has come, and hold it to what every page must keep."""
        self.page.wait_for_load_state()
        here = f"{self.path} at {self.width} px"
        assert self.response.status == status, f"{here}: {self.response.status}\n{self.text()}"
        assert self.page.locator("html").get_attribute("lang") == self.lang, here
        self._speaks_its_languages(here)
        self._is_small(here)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, f"{here} is too wide"
        self._can_be_used_by_everybody(here)
        refused = [text for text in self.said if f"status of {status}" not in text]
        assert not refused, f"{here}: {refused}"
        self.said.clear()
        self._take_picture()

    def _speaks_its_languages(self, here: str) -> None:
        assert not LATIN.search(NO_LANGUAGE.sub("", self.page.title())), f"{here}: {self.page.title()!r}"
        for lang, text in self.page.evaluate(TEXTS):
            foreign = stranger(lang, text)
            assert foreign is None, f"{here}: {foreign!r} stands in {lang} without its language: {text!r}"

    def _is_small(self, here: str) -> None:
        body = self.response.body()
        parts = self.page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        kept = [part for part in parts if part.startswith(self.base) and not part.endswith(".woff2")]
        bytes_ = len(gzip.compress(body)) + sum(_compressed(self.page, part.removeprefix(self.base)) for part in kept)
        assert bytes_ < MOST_BYTES, f"{here} takes {bytes_} bytes"
        assert len(kept) >= 2, "a page has a style sheet and a mark"

    def _can_be_used_by_everybody(self, here: str) -> None:
        """Axe needs scripts: where the visitor's browser has none, it looks at the same page through a glass."""
        same = (self.width, self.scripts, without_tokens(re.sub(NUMBER, "", self.html)))
        if same in LOOKED_AT:
            return
        page = self.page if self.scripts else self._glass()
        found = Axe().run(page)
        LOOKED_AT.add(same)
        assert found.violations_count == 0, f"{here}:\n{found.generate_report()}"

    def _glass(self) -> Page:
        if not hasattr(self, "glass"):
            self.glass = self._page(scripts=True)
            self.glass.route("**/*", self._through)
        self.glass.goto(self.page.url)
        return self.glass

    def _through(self, route: Route, request: Request) -> None:
        if request.is_navigation_request():
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=self.response.body())
        elif request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    def _take_picture(self) -> None:
        if PICTURES:
            name = re.sub(r"[^a-z0-9_]+", "-", f"{next(SHOT):03}{self.path.split('?')[0].lower()}").strip("-")
            path = Path(PICTURES) / f"{name}-{self.width}.png"
            self.page.screenshot(path=path, full_page=True)


@dataclass
class Keyboard(Visitor):
    """Somebody who has no mouse: Tab, Enter, Space and the arrow keys. What has the focus must show it."""

    def press_named(self, name: str, status: int = 200) -> None:
        self._move_to(lambda here: here["button"] and here["name"] == name, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.see(status)

    def open_named(self, name: str) -> None:
        self._move_to(lambda here: here["link"] and here["name"] == name, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.see()

    def write(self, name: str, text: str) -> None:
        self._move_to(lambda here: here["field"] == name, name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, name: str, value: str) -> None:
        here = self._move_to(lambda here: here["field"] == name, name)
        if here["value"] == value:
            self.page.keyboard.press("Space")
            return
        for _ in range(MOST_TABS):
            self.page.keyboard.press("ArrowDown")
            if self._here()["value"] == value:
                return
        raise AssertionError(f"{self.path}: no arrow key leads to {name} {value}")

    def tick(self, name: str) -> None:
        self._move_to(lambda here: here["field"] == name, name)
        self.page.keyboard.press("Space")

    def skip(self) -> None:
        """Take the link that skips the frame of the page."""
        self.page.keyboard.press("Tab")
        assert self._here()["name"] == words("Skip to the main content", self.lang)
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("document.activeElement.id") == "main"

    def _move_to(self, found: Any, what: str) -> dict[str, Any]:
        for _ in range(MOST_TABS):
            here = self._here()
            if found(here):
                return here
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(FOCUS_SHOWS), f"{self.path}: nobody sees the focus on {self._here()}"
        raise AssertionError(f"{self.path}: no key leads to {what}")

    def _here(self) -> dict[str, Any]:
        return self.page.evaluate("""() => {
          const here = document.activeElement
          const button = here.matches('button, [role=button]')
          return { button, link: !button && here.matches('a[href]'), name: here.textContent.trim(),
                   field: here.matches('input, textarea, select') ? here.name : '', value: here.value || '' }
        }""")  # type: ignore[no-any-return]


LOOKED_AT: set[tuple[int, bool, str]] = set()
"""Pages that axe has seen: one that is the same to the letter, but for a number, needs no second look."""
_SIZES: dict[str, int] = {}


def without_tokens(html: str) -> str:
    """The page without what is new with each request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


def _compressed(page: Page, path: str) -> int:
    """Bytes of a style sheet, script or picture as they are sent, compressed."""
    if path not in _SIZES:
        _SIZES[path] = len(gzip.compress(page.request.get(path).body()))
    return _SIZES[path]


def stranger(lang: str, text: str) -> str | None:
    """A word of another language in a text that says it is in `lang`; None if there is none (`zxx`: no language)."""
    if lang == "zxx":
        return None
    plain = NO_LANGUAGE.sub("", text)
    other = {"kk": (LATIN, RUSSIAN), "ru": (LATIN, KAZAKH), "en": (RUSSIAN, KAZAKH)}[lang]
    found = next((match for match in (pattern.search(plain) for pattern in other) if match), None)
    return found[0] if found else None
