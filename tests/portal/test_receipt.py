"""The receipt on the person's pages, and the log under /log/."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from qyzmet.ledger.policy import parse_policy
from qyzmet.ledger.receipt import parse_receipt
from qyzmet.ledger.verdict import check_receipt
from qyzmet.look.checker import PAGE
from tests.cases.desk import Desk
from tests.journal.books import Log, own_log, take_in
from tests.portal.walk import Walker, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Log:
    return own_log(tmp_path, settings, monkeypatch)


def test_the_page_of_the_case_says_how_far_it_is_proved(own: Log, desk: Desk, walker: Walker) -> None:
    filed = desk.file("application", "water")
    page = f"/{filed.case.number}"
    walker.open(filed.case.number, filed.code)
    assert "уәде беріп, қол қойды" in text(walker.client.get(page))
    take_in(own)
    assert "Тек қала қол қойды" in text(walker.client.get(page))
    answer = walker.client.get(f"{page}/receipt.json")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="receipt-{filed.case.number}.json"'
    assert "no-store" in answer.headers["Cache-Control"]
    policy = parse_policy(Client().get("/log/policy").content)
    assert check_receipt(parse_receipt(answer.content), policy).holds


def test_with_the_log_away_the_page_says_that_the_receipt_follows(desk: Desk, walker: Walker) -> None:
    filed = desk.file("application", "water")
    walker.open(filed.case.number, filed.code)
    assert "түбіртек кейін беріледі" in text(walker.client.get(f"/{filed.case.number}"))
    assert walker.client.get(f"/{filed.case.number}/receipt.json").status_code == 404


def test_the_receipt_is_its_owners_alone(own: Log, desk: Desk) -> None:
    filed = desk.file("application", "water")
    take_in(own)
    answer = Client().get(f"/{filed.case.number}/receipt.json")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/follow/?number={filed.case.number}")


def test_the_log_is_served_for_ever_and_its_head_for_a_moment(own: Log, desk: Desk) -> None:
    for _ in range(3):
        desk.file("application", "water")
    take_in(own)
    client = Client()
    head = client.get("/log/checkpoint")
    assert head.content == own.store.read("checkpoint")
    assert (head.headers["Content-Type"], head.headers["Cache-Control"]) == (
        "text/plain; charset=utf-8",
        "public, max-age=2",
    )
    for path in ("tile/0/000.p/3", "tile/entries/000.p/3"):
        answer = client.get(f"/log/{path}")
        assert answer.content == own.store.read(path)
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert "immutable" in answer.headers["Cache-Control"]


def test_a_file_of_the_log_is_the_same_for_everybody(own: Log, desk: Desk) -> None:
    """Whoever asks, in whatever language and logged in or not: caches on the way may keep one for all."""
    desk.file("application", "water")
    take_in(own)
    client = Client(headers={"Accept-Language": "ru"})
    client.force_login(desk.cast.people["water_head"])
    client.cookies["qyzmet_til"] = "en"
    for path in ("checkpoint", "policy", "tile/0/000.p/1", "tile/entries/000.p/1", "verify.html"):
        answer = client.get(f"/log/{path}")
        assert not {"Vary", "Content-Language"} & set(answer.headers), path
        assert not answer.cookies
        assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert client.get("/log/").headers["Vary"] == "Cookie"
    missing = client.get("/log/tile/0/000.p/2")
    assert "public" not in missing.headers.get("Cache-Control", "")
    assert (missing.headers["Vary"], missing.headers["Content-Language"]) == ("Cookie", "en")


@pytest.mark.parametrize("path", ["checkpoint", "tile/entries/000.p/1", "verify.html"])
def test_who_has_a_file_of_the_log_is_not_sent_it_again(own: Log, desk: Desk, path: str) -> None:
    desk.file("application", "water")
    take_in(own)
    client = Client()
    first = client.get(f"/log/{path}")
    again = client.get(f"/log/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert "Vary" not in again.headers
    assert client.head(f"/log/{path}").headers["ETag"] == first.headers["ETag"]
    part = client.get(f"/log/{path}", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content) == (200, first.content)


def test_a_new_head_is_told_from_the_one_before_it_however_soon_it_comes(own: Log, desk: Desk) -> None:
    desk.file("application", "water")
    take_in(own)
    tag = Client().get("/log/checkpoint").headers["ETag"]
    desk.file("application", "water")
    take_in(own)
    answer = Client().get("/log/checkpoint", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (200, own.store.read("checkpoint"))


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001",
        "tile/0/000.p/4",
        "tile/64/000",
        "tile/entries/1",
        "tile/0/000.p",
        "tile",
        "nothing",
        "../secret-key",
    ],
)
def test_nothing_else_of_the_folder_is_served(own: Log, desk: Desk, path: str) -> None:
    desk.file("application", "water")
    take_in(own)
    (own.store.root.parent / "secret-key").write_text("secret")
    assert Client().get(f"/log/{path}").status_code == 404


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "Ашық журнал"), ("ru", "Открытый журнал"), ("en", "The public log")]
)
def test_a_page_says_what_the_log_is(own: Log, desk: Desk, language: str, said: str) -> None:
    client = Client(headers={"Accept-Language": language})
    client.cookies["qyzmet_til"] = language
    assert said in text(client.get("/log/"))
    desk.file("application", "water")
    take_in(own)
    assert str(own.key) in text(client.get("/log/"))


def test_the_public_log_holds_neither_number_nor_body_nor_person(own: Log, desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre")
    take_in(own)
    line = own.store.read("tile/entries/000.p/1")[2:]
    assert set(json.loads(line)) == {"v", "t", "c"}
    assert filed.case.number.encode() not in line


def test_the_page_for_checking_is_served_under_its_own_policy() -> None:
    answer = Client().get("/log/verify.html")
    assert answer.content == PAGE.read_bytes()
    assert "Content-Security-Policy" not in answer.headers
    assert b"Content-Security-Policy" in answer.content
