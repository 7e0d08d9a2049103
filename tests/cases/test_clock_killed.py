"""Ticks at once, and a tick killed at any moment: what they leave is what one undisturbed tick leaves."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from qyzmet.cases import actions
from qyzmet.text.dates import ALMATY
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = Path(__file__).with_name("clock_worker.py")
DAY = datetime(2026, 5, 9, tzinfo=ALMATY)
"""The first moment after the last day of what was filed on 15 April."""
LATER = DAY + timedelta(minutes=11)
"""When the outbox gives up a claim that nobody marked: the letter of a killed tick becomes `uncertain`."""
POINTS = 20
"""At how many moments a tick is killed; all of them take some minutes."""


OURS = {"register", "assign", "preliminary", "ask_to_cure", "draft", "submit", "approve", "sign"}
"""Steps by which the scene was set."""


class Databases:
    """Copies of the test database as it stands when this is made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, list[str]()
        self.postgres = connection.vendor == "postgresql"
        self.source = str(connection.settings_dict["NAME"])
        if not self.postgres:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / "source.sqlite3")])
            # as in earnest: two processes that both changed the journal's mode first would lock each other out
            with closing(sqlite3.connect(folder / "source.sqlite3")) as copied:
                copied.execute("PRAGMA journal_mode=WAL")
        connections.close_all()

    def copy(self, name: str) -> str:
        if not self.postgres:
            return str(shutil.copy(self.folder / "source.sqlite3", self.folder / f"{name}.sqlite3"))
        self.made.append(f"{self.source}_{name}")
        self._say(f'DROP DATABASE IF EXISTS "{self.made[-1]}" WITH (FORCE)')
        self._say(f'CREATE DATABASE "{self.made[-1]}" TEMPLATE "{self.source}"')
        return self.made[-1]

    def drop(self) -> None:
        for name in self.made:
            self._say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.made.clear()

    def _say(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


@dataclass
class Tick:
    """What a tick, or several, left behind."""

    state: dict[str, Any]
    book: Counter[str]


@dataclass
class Ticker:
    """The worker and the copies it works on."""

    worker: "subprocess.Popen[str]"
    databases: Databases
    folder: Path

    def order(self, **values: Any) -> Any:
        assert self.worker.stdin
        assert self.worker.stdout
        self.worker.stdin.write(json.dumps(values) + "\n")
        self.worker.stdin.flush()
        return json.loads(self.worker.stdout.readline())

    def run(self, name: str, *ticks: tuple[str, datetime, int, list[int]]) -> Tick:
        """Do these ticks (what, when, killed at which point, exit codes) one after the other on a copy of their own."""
        database, book = self.databases.copy(name), self.folder / name
        book.touch()
        for do, at, kill, codes in ticks:
            given = {"database": database, "book": str(book), "at": at.isoformat(), "kill": kill}
            assert self.order(do=do, **given) == codes
        state = self.order(do="look", database=database)
        self.databases.drop()
        return Tick(state, Counter(book.read_text().splitlines()))

    def points(self, name: str) -> int:
        """How many points the last tick on that copy had."""
        return int((self.folder / f"{name}.points").read_text())


@pytest.fixture
def ticker(desk: Desk, tmp_path: Path) -> Iterator[Ticker]:
    """A city in which everything a tick may do is due at `DAY`."""
    fill(desk)
    databases = Databases(tmp_path)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, str(WORKER)], stdin=pipe, stdout=pipe, text=True) as worker:
        yield Ticker(worker, databases, tmp_path)
        assert worker.stdin
        worker.stdin.close()
    databases.drop()


def fill(desk: Desk) -> None:
    for kind, language in (("application", "ru"), ("request", "en")):
        desk.file(kind, "water", language=language, answer_channel="email")
    desk.accuse("centre_head", "centre")
    signed = desk.file("message", "water", answer_channel="email").case
    desk.assign(signed, "water")
    desk.draft(signed, "water", "answered")
    for step, name in (("submit", "executor"), ("approve", "approver")):
        desk.do(step, signed, f"water_{name}")
    desk.do("sign", signed, "water_head", provider="demo")
    desk.now = datetime(2026, 4, 30, 10, tzinfo=ALMATY)
    desk.file("complaint", "centre", answer_channel="email")
    cured = desk.file("application", "water", signature="unsigned").case
    desk.do("ask_to_cure", cured, "water_registrar", defects=["no_signature"], days=2)
    heard = desk.file("application", "dep").case
    desk.assign(heard, "dep")
    desk.do("preliminary", heard, "dep_executor", outcome="act_adopted", facts="Негіз жоқ.", ground="ӘРПК.")
    desk.now = datetime(2026, 4, 16, 10, tzinfo=ALMATY)
    desk.file("application", "dep")
    actions.begin_draft(at=desk.at())


def seen(state: dict[str, Any]) -> list[str]:
    """The codes of the steps that the clock took."""
    steps = [step.split()[1] for case in state["cases"].values() for step in case[1]]
    return sorted(code for code in steps if code not in OURS)


def test_an_undisturbed_tick_does_it_all(ticker: Ticker) -> None:
    once = ticker.run("once", ("tick", DAY, 0, [0]))
    assert seen(once.state) == [
        "cure_lapsed",
        "dispatch",
        "lapse",
        "lapse",
        "lapse",
        "objection_lapsed",
        "pass_up_lapsed",
        "remind",
    ]
    assert once.state["drafts"] == 0
    assert once.state["flaws"] == []
    assert set(once.state["mail"].values()) == {"sent"}
    assert len(once.book) == len(once.state["mail"]) == 11
    twice = ticker.run("twice", ("tick", DAY, 0, [0]), ("tick", LATER, 0, [0]))
    assert twice == once


def test_ticks_at_once_do_nothing_twice(ticker: Ticker) -> None:
    once = ticker.run("once", ("tick", DAY, 0, [0]))
    for n in range(3):
        assert ticker.run(f"both{n}", ("ticks", DAY, 0, [0, 0])) == once


def test_killed_at_any_moment_the_next_tick_ends_the_work(ticker: Ticker) -> None:
    once = ticker.run("once", ("tick", DAY, 0, [0]))
    total = ticker.points("once")
    unsure = 0
    for kill in sorted({1 + n * total // POINTS for n in range(POINTS)}):
        # the second tick takes up the work at once, the third one asks a person about a letter that hung in the air
        left = ticker.run(f"kill{kill}", ("tick", DAY, kill, [-9]), ("tick", DAY, 0, [0]), ("tick", LATER, 0, [0]))
        mail = left.state["mail"]
        assert left.state == {**once.state, "mail": mail}, kill
        assert mail.keys() == once.state["mail"].keys(), kill
        states = Counter(mail.values())
        unsure += states["uncertain"]
        assert states["uncertain"] <= 1, kill
        assert states["sent"] == len(mail) - states["uncertain"], kill
        assert set(left.book.values()) == {1}, kill
        assert states["sent"] <= len(left.book) <= len(mail), kill
    assert unsure < POINTS
