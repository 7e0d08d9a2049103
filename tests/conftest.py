"""Which tests run where, and what was skipped for want of PostgreSQL or a browser."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.fresh import allow_flush

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.tour_city import City

REQUIRED = frozenset(filter(None, os.environ.get("QYZMET_REQUIRE", "").split(",")))
# what also runs on PostgreSQL, besides the tests marked `postgres`
ON_POSTGRES = ("bodies", "journal", "letters", "cases", "test_fresh.py")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def on_postgres() -> bool:
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]


def postgres_answers() -> bool:
    database = settings.DATABASES["default"]
    try:
        with socket.create_connection((database["HOST"], int(database["PORT"] or 5432)), timeout=3):
            return True
    except OSError:
        return False


def find_chromium() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    wanted, left = [], []
    for item in items:
        marked = item.get_closest_marker("postgres") is not None
        room = item.path.relative_to(here).parts[0] if item.path.is_relative_to(here) else ""
        fits = marked or room in ON_POSTGRES if on_postgres() else not marked
        (wanted if fits else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = wanted
    _skip(items, "postgres", wanting=on_postgres() and not postgres_answers())
    _skip([item for item in items if item.get_closest_marker("chromium")], "chromium", wanting=find_chromium() is None)


def _skip(items: list[pytest.Item], what: str, *, wanting: bool) -> None:
    if not wanting or not items:
        return
    if what in REQUIRED:
        raise pytest.UsageError(f"{what} is required (QYZMET_REQUIRE) and is not there")
    for item in items:
        item.add_marker(pytest.mark.skip(reason=f"for want of {what}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if report.longrepr]
    counts = {what: sum(f"for want of {what}" in reason for reason in skipped) for what in ("postgres", "chromium")}
    said = ", ".join(f"{count} for want of {what}" for what, count in counts.items() if count) or "nothing"
    terminalreporter.write_line(f"Database: {'PostgreSQL' if on_postgres() else 'SQLite'}. Skipped: {said}.")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The journal is append-only, but the next test finds it empty."""
    allow_flush()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; tests that use it are marked `chromium`."""
    found = find_chromium()
    assert found, "mark the test with @pytest.mark.chromium"
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests marked `chromium`; it talks to nobody but the server under test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of its own, as wide as the smallest phone; addresses are relative to the server under test."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """No rate limit of one test is met by another."""
    yield
    if hasattr(cache, "_cache"):
        cache.clear()


@pytest.fixture(autouse=True)
def _files_of_the_calendar() -> None:
    """No test dates by an order that another one entered."""
    from qyzmet.cases.rules import forget

    forget()


@pytest.fixture
def cast(db: None) -> "Cast":
    """The people every test file knows, with a body beyond the city: see tests/cast.py."""
    from tests.cast import build

    return build()


@pytest.fixture
def cast_no_outside(db: None) -> "Cast":
    """The same people where the chain of superiors ends in the city."""
    from tests.cast import build

    return build(outside=False)


@pytest.fixture
def city(
    cast: "Cast",
    browser: Browser,
    live_server: LiveServer,
    settings: Any,
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> "Iterator[City]":
    """The small city behind a server, on 15 April 2026 at 10:00; for tests in a browser that tell a whole story."""
    from tests.journal.books import own_log
    from tests.tour_city import City

    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path
    settings.ADDRESS = live_server.url
    made = City(cast, browser, live_server.url, log=own_log(tmp_path, settings, monkeypatch))
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    yield made
    for visitor in made.visitors:
        visitor.leave()
