"""A flood waits for a minute; a person is never refused, and loses nothing."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from qyzmet.cases.models import Case
from qyzmet.look import flood
from tests.cast import Cast

pytestmark = pytest.mark.django_db
APPEAL = {"kind": "request", "body": "water", "text": "Су жоқ.", "language": "kk", "author": {"name": "Серікбаева"}}


def file(key: str = "", address: str = "10.0.0.1", language: str = "kk") -> Any:
    headers = {"Accept-Language": language} | ({"Idempotency-Key": key} if key else {})
    return Client(REMOTE_ADDR=address).post("/api/v1/appeals", APPEAL, "application/json", headers=headers)


def test_programs_wait_for_the_minute_to_end(cast: Cast, settings: Any) -> None:
    settings.FILINGS = 3
    assert [file().status_code for _ in range(5)] == [201, 201, 201, 429, 429]
    refused = file(language="en")
    assert (refused.json()["code"], refused["Retry-After"]) == ("filing_must_wait", "60")
    assert "Yours is not lost" in refused.json()["message"]
    assert file(address="10.0.0.2").status_code == 201
    cache.clear()  # the minute is over
    assert file().status_code == 201
    settings.FILINGS = 0
    assert {file().status_code for _ in range(5)} == {201}


def test_a_repeated_request_is_no_second_filing(cast: Cast, settings: Any) -> None:
    settings.FILINGS = 2
    assert [file("one").status_code for _ in range(5)] == [201] * 5
    assert Case.objects.count() == 1
    assert file("two").status_code == 201
    assert file("three").status_code == 429


def test_one_home_is_one_network(settings: Any) -> None:
    ask = RequestFactory()
    networks = [
        flood.network(ask.get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "10.0.0.1")
    ]
    assert networks == ["2001:db8:1:2::/64", "2001:db8:1:2::/64", "2001:db8:1:3::/64", "10.0.0.1"]


def test_a_server_of_both_kinds_does_not_take_the_whole_old_net_for_one_home(settings: Any) -> None:
    ask = RequestFactory()
    networks = [flood.network(ask.get("/", REMOTE_ADDR=f"::ffff:10.0.0.{n}")) for n in (1, 2)]
    assert networks == ["10.0.0.1", "10.0.0.2"]
