"""No two requests count past each other; what nobody needs any more is forgotten."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from qyzmet.cases import actions
from qyzmet.cases.actions import clock
from qyzmet.cases.models import Idempotency, Tries
from tests.cases.desk import AUTHOR, Desk
from tests.cast import NOW


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_five_are_let_through() -> None:
    together, taken = Barrier(12), []

    def one() -> None:
        together.wait()
        taken.append(actions.claim_try("key", most=5, at=NOW))
        connection.close()

    threads = [Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False] * 7 + [True] * 5
    assert actions.tries_left("key", most=5) == 0
    assert actions.tries_left("another", most=5) == 5


@pytest.mark.django_db
def test_the_clock_forgets_counts_after_a_day_and_keys_after_the_days_of_the_setting(desk: Desk, settings: Any) -> None:
    settings.KEYS_DAYS = 3
    actions.claim_try("key", most=5, at=NOW)
    actions.register_once(
        key="k", request_hash="h", procedure="request", body="water", text="Су жоқ.", language="kk", authors=[AUTHOR],
        by=actions.APPLICANT, at=NOW,
    )  # fmt: skip
    clock.tick(at=NOW + timedelta(hours=23))
    assert (Tries.objects.count(), Idempotency.objects.count()) == (1, 1)
    clock.tick(at=NOW + timedelta(days=2))
    assert (Tries.objects.count(), Idempotency.objects.count()) == (0, 1)
    assert clock.tick(at=NOW + timedelta(days=3, seconds=1)).done["keys"] == 1
    assert Idempotency.objects.count() == 0


@pytest.mark.django_db
def test_a_tick_looks_at_no_case_that_was_reminded_of(desk: Desk, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        desk.file("request", "water")
    near = NOW + timedelta(days=22)  # the working day before 8 May
    assert clock.tick(at=near).done["reminders"] == 20
    with django_assert_max_num_queries(30):
        assert "reminders" not in clock.tick(at=near + timedelta(minutes=1)).done
