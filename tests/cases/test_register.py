"""Registering writes in one short transaction, and the answer needs no second look."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import opening, queries
from qyzmet.cases.models import Case, Step
from qyzmet.journal.models import Entry
from qyzmet.letters.models import Letter
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
TAKEN, FREE = b"\x00" * 5, b"\x01" * 5


def test_what_is_said_of_a_filing_is_what_is_stored(desk: Desk) -> None:
    for kind, body in (("application", "water"), ("complaint", "dep"), ("request", "")):
        filed = desk.file(kind, body)
        said, kept = filed.filing, queries.filing(filed.case)
        assert said is not None
        assert (said.body, said.due) == (kept.body, kept.due)
        told = ("on", "rule", "redaction", "status", "facts", "whose")
        assert [getattr(said.due, name) for name in told] == [getattr(kept.due, name) for name in told]


def test_nothing_is_asked_between_the_first_row_and_the_last(desk: Desk) -> None:
    desk.file("application", "water")
    with CaptureQueriesContext(connection) as asked:
        desk.file("application", "water")
    said = [one["sql"].split()[0] for one in asked.captured_queries]
    assert said == ["SELECT", "SAVEPOINT", *["INSERT"] * 10, "RELEASE"]


def test_a_number_that_is_taken_is_drawn_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter((TAKEN, TAKEN, TAKEN, FREE))
    own = opening.secrets.token_bytes
    monkeypatch.setattr(opening.secrets, "token_bytes", lambda size: next(drawn) if size == 5 else own(size))
    first = desk.file("application", "water").case
    second = desk.file("request", "water").case
    assert first.number != second.number
    assert Case.objects.count() == Step.objects.count() == Entry.objects.count() == Letter.objects.count() == 2
    assert Letter.objects.get(case_number=second.number).body.count(second.number) >= 1
    assert Case.objects.get(pk=second.pk).steps_count == 1


def test_another_fault_is_not_taken_for_a_number(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr(opening.rows, "insert_all", broken)
    with pytest.raises(IntegrityError, match="something else"):
        desk.file("application", "water")
    assert not Case.objects.exists()
