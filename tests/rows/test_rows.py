"""Rows written and read by prepared statements are the rows the ORM writes and reads."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from qyzmet import rows
from qyzmet.bodies.models import Body, Person
from qyzmet.cases.models import Barred, Case, Deadline, Party
from qyzmet.journal.models import Entry, Opening
from qyzmet.letters.models import Dispatch, Letter
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 5, 0, 0, 123456, tzinfo=UTC)


def told(row: models.Model) -> dict[str, object]:
    """All columns of a row but its key, as Python has them."""
    read = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in read.items()}


def entry(**changes: object) -> Entry:
    return Entry(**{"at": AT, "leaf": "{}", "leaf_hash": b"\x01" * 32} | changes)


@pytest.mark.parametrize("model", [Case, Party, Deadline, Letter, Dispatch, Opening])
def test_a_copy_of_a_row_reads_as_the_row(desk: Desk, model: type[models.Model]) -> None:
    desk.file("application", "water")
    one = model._default_manager.latest("pk")
    copy = model(**told(one))
    if model is Opening:
        fresh = entry()
        rows.insert(fresh)
        copy.pk = fresh.pk
    for name in ("number", "key"):
        if hasattr(copy, name) and model is not Deadline:
            setattr(copy, name, "another")
    if model is Party:
        setattr(copy, "n", 9)  # noqa: B010
    wanted = told(copy)
    rows.insert(copy)
    assert not copy._state.adding
    assert copy.pk != one.pk
    assert told(model._default_manager.get(pk=copy.pk)) == wanted


def test_many_rows_get_their_own_keys_in_their_order() -> None:
    many = [entry(leaf=str(n), leaf_hash=n.to_bytes(32, "big")) for n in range(700)]
    with CaptureQueriesContext(connection) as asked:
        rows.insert_all(many)
    assert len(asked) == 3
    kept = {one.pk: one.leaf for one in Entry.objects.all()}
    assert [kept[one.pk] for one in many] == [str(n) for n in range(700)]


def test_no_rows_no_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        rows.insert_all([])
    assert not asked.captured_queries


def test_constraints_hold_and_errors_are_djangos(desk: Desk) -> None:
    rows.insert(entry())
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(entry())
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Opening(salt=b"", content=""))
    case = desk.file("application", "water").case
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert_all([Barred(case=case, person=desk.cast.head) for _ in range(2)])


def test_a_changed_row_is_written_whole(desk: Desk) -> None:
    case = Case.objects.get(pk=desk.file("application", "water").case.pk)
    case.subject, case.due_on, case.defects, case.state_register_number = "Жаңа", date(2026, 5, 5), ["no_name"], "7"
    wanted = told(case)
    rows.update(case)
    assert told(Case.objects.get(pk=case.pk)) == wanted
    case.pk = 0
    with pytest.raises(Case.DoesNotExist):
        rows.update(case)


@pytest.mark.parametrize("model", [Body, Person, Case])
def test_a_row_read_by_hand_is_the_orms(desk: Desk, model: type[models.Model]) -> None:
    desk.file("application", "water")
    one = model._default_manager.order_by("pk")[0]
    statement = f"SELECT {rows.columns(model, 'one')} FROM {model._meta.db_table} one WHERE one.id = %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [one.pk])
        found = cursor.fetchone()
    made = rows.made(model, found)
    assert made is not None
    assert made.pk == one.pk
    assert told(made) == told(one)
    assert len(found) == rows.width(model)
    assert rows.made(model, [None] * rows.width(model)) is None
