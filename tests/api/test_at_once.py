"""Two programs send the same request at the same moment, really: two threads, two connections, committed rows."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from qyzmet.cases.models import Case, Idempotency
from tests.api.conftest import APPEAL, Program
from tests.cast import build

SENDERS = 4


def send_at_once(requests: list[dict[str, Any]], key: str) -> list[Any]:
    """The answers to requests that meet."""
    meet, answers = Barrier(len(requests)), [None] * len(requests)

    def send(place: int) -> None:
        try:
            meet.wait()
            answers[place] = Program().post("/appeals", requests[place], Idempotency_Key=key)
        finally:
            connection.close()

    threads = [Thread(target=send, args=(place,)) for place in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def one_case_from_one_key() -> None:
    """However often the key is sent at once, there is one case, and everybody is told the same."""
    build()
    for turn in range(3):
        answers = send_at_once([APPEAL] * SENDERS, f"turn-{turn}")
        assert [one.status_code for one in answers] == [201] * SENDERS, [one.content.decode() for one in answers]
        assert len({one.content for one in answers}) == 1
        assert Case.objects.count() == Idempotency.objects.count() == turn + 1


def one_of_two_requests() -> None:
    """Two different requests with one key: one is taken, the other is told that the key is used."""
    build()
    other = {**APPEAL, "text": "Басқа мәселе."}
    answers = send_at_once([APPEAL, other], "shared")
    assert sorted(one.status_code for one in answers) == [201, 422]
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_case_from_one_key() -> None:
    one_case_from_one_key()


@pytest.mark.django_db(transaction=True)
def test_one_of_two_requests() -> None:
    one_of_two_requests()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_case_from_one_key_on_postgres() -> None:
    one_case_from_one_key()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_of_two_requests_on_postgres() -> None:
    one_of_two_requests()
