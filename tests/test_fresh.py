"""After a test that commits, the next one finds empty tables, and triggers that refuse as before."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from qyzmet.journal import actions
from qyzmet.journal.models import Entry

pytestmark = [pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("time", [1, 2])
def test_the_journal_is_empty_and_guarded(time: int) -> None:
    assert not Entry.objects.exists()
    with transaction.atomic():
        actions.record(at=AT, row=actions.Row({"case": "2026-AAAA-BBBB"}))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
