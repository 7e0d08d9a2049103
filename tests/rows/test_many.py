"""A few columns of many rows are written as the ORM writes them, and no other column is."""

from datetime import date

import pytest

from qyzmet import rows
from qyzmet.cases.models import Case, Deadline
from tests.cases.desk import Desk
from tests.rows.test_rows import told

pytestmark = pytest.mark.django_db


def test_the_columns_named_and_no_others(desk: Desk) -> None:
    cases = [desk.file("application", "water").case for _ in range(3)]
    other = desk.file("application", "water").case
    before = {case.pk: told(Case.objects.get(pk=case.pk)) for case in [*cases, other]}
    changed = {"due_on": date(2026, 5, 30), "act_on": None, "steps_count": 7, "last_leaf": b"\x02" * 32}
    for case in cases:
        case.subject = "not written"
        for name, value in changed.items():
            setattr(case, name, value)
    rows.update_all(cases, list(changed))
    for case in cases:
        assert told(Case.objects.get(pk=case.pk)) == before[case.pk] | changed
    assert told(Case.objects.get(pk=other.pk)) == before[other.pk]


def test_json_of_rows_that_were_not_read_whole(desk: Desk) -> None:
    one = desk.file("application", "water").case.deadlines.first()
    assert one is not None
    facts = [{"fact": "event", "name": {"kk": "күн", "ru": 'a "day"'}}]
    rows.update_all([Deadline(pk=one.pk, on=date(2026, 6, 1), facts=facts)], ("on", "facts"))
    read = Deadline.objects.get(pk=one.pk)
    assert (read.on, read.facts, read.key, read.start_on) == (date(2026, 6, 1), facts, one.key, one.start_on)


def test_nothing_to_write() -> None:
    rows.update_all([], ("on",))
