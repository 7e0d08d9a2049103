"""Rows of the journal: append-only, chained, opened by salt and content, whole after erasure."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from qyzmet.journal import actions, queries
from qyzmet.journal.models import Entry, Opening
from qyzmet.ledger import commitment, leaf_hash

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 5, 0, 0, 123456, tzinfo=UTC)
ROW = actions.Row({"case": "2026-AAAA-BBBB", "event": "register"}, rule="APPC 99", due_on=date(2026, 5, 8))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET leaf = 'x'",
        "UPDATE journal_entry SET at = at",
        "DELETE FROM journal_entry",
        pytest.param("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE journal_entry CASCADE", marks=pytest.mark.postgres),
    ],
)
def test_triggers_refuse_every_change(statement: str) -> None:
    actions.record(at=AT, row=ROW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_a_row_holds_and_opens() -> None:
    entry = actions.record(at=AT, row=ROW)
    leaf = json.loads(entry.leaf)
    assert leaf == {"v": 1, "t": "2026-04-15T05:00:00.123+00:00", "c": leaf["c"], "r": "APPC 99", "d": "2026-05-08"}
    assert bytes(entry.leaf_hash) == leaf_hash(entry.leaf.encode())
    content = queries.content_of(entry)
    assert content == {"case": "2026-AAAA-BBBB", "event": "register", "rule": "APPC 99", "due_on": "2026-05-08"}
    salt = bytes(Opening.objects.get(pk=entry.pk).salt)
    assert leaf["c"] == commitment(salt, content).hex()
    assert queries.holds(entry)


def test_sealed_shows_neither_rule_nor_date() -> None:
    entry = actions.record(at=AT, row=actions.Row(ROW.content, rule=ROW.rule, due_on=ROW.due_on, sealed=True))
    assert set(json.loads(entry.leaf)) == {"v", "t", "c"}
    assert (queries.content_of(entry) or {})["due_on"] == "2026-05-08"


def test_same_content_gives_another_commitment() -> None:
    first, second = actions.record(at=AT, row=ROW), actions.record(at=AT, row=ROW)
    assert first.leaf != second.leaf


def test_erasing_salt_and_content_leaves_the_row_whole() -> None:
    entry = actions.record(at=AT, row=ROW)
    Opening.objects.filter(pk=entry.pk).update(salt=None, content=None)
    assert queries.content_of(entry) is None
    assert queries.holds(Entry.objects.get(pk=entry.pk))


def test_a_changed_opening_is_noticed() -> None:
    entry = actions.record(at=AT, row=ROW)
    Opening.objects.filter(pk=entry.pk).update(content='{"case":"2026-AAAA-CCCC"}')
    assert not queries.holds(entry)


def test_pending_rows_are_the_oldest_without_a_place() -> None:
    entries = actions.record_many(at=AT, rows=[ROW, ROW, ROW])
    assert [entry.pk for entry in queries.pending(2)] == [entry.pk for entry in entries[:2]]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.record(at=AT, row=ROW)
    assert not Entry.objects.exists()
