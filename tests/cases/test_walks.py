"""What is chosen by a key of its own is found by that key: nothing walks over a body's cases for it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import queries
from qyzmet.cases.queries.nearest import nearest
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
LOOK_UPS: dict[str, Callable[[Any, Any], Any]] = {
    "earlier appeals": queries.earlier_of,
    "the term behind a day": lambda who, case: nearest(who, [case]),
    "the case page": lambda who, case: queries.case_view(who, case.number),
    "what I help with": lambda who, case: queries.helping(who),
}


@pytest.mark.parametrize("name", ["water_registrar", "water_executor"])
@pytest.mark.parametrize("asked", LOOK_UPS)
def test_no_index_of_a_body_is_used(desk: Desk, name: str, asked: str) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    desk.file("application", "water")
    who = queries.reader(desk.cast.people[name], desk.now.date())
    with CaptureQueriesContext(connection) as caught:
        LOOK_UPS[asked](who, case)
    statements = [one["sql"] for one in caught if one["sql"].startswith("SELECT")]
    assert statements
    for statement in statements:
        assert not [line for line in plan(statement) if "case_body" in line or "case_by_name" in line], statement


def plan(statement: str) -> list[str]:
    """SQLite has no statistics here, as in a city that was never analysed: what it plans for few rows it keeps."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":  # PostgreSQL plans by its statistics, and has none of a test's few rows
            return []
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        return [row[3] for row in cursor.fetchall()]
