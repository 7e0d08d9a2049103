"""Each index is a page that an appeal writes: none is there twice, and what is looked up by a rare key has its own."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import models as cases
from qyzmet.cases import queries
from qyzmet.cases.queries import Filter
from qyzmet.journal.models import Entry, Opening
from qyzmet.letters.models import Dispatch, Letter
from tests.cases.desk import Desk
from tests.cases.test_walks import plan

pytestmark = pytest.mark.django_db
WRITTEN = [
    cases.Case, cases.Party, cases.Question, cases.Deadline, cases.Step, cases.CaseLetter, cases.Accusation,
    cases.Barred, cases.Standstill, Entry, Opening, Letter, Dispatch,
]  # fmt: skip
PARTIAL = {index.name for model in WRITTEN for index in model._meta.indexes if index.condition}


def indexes(model: type[models.Model]) -> dict[str, list[str]]:
    """Name -> columns of the indexes that hold every row of a table."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return {
        name: one["columns"]
        for name, one in found.items()
        if (one["index"] or one["unique"]) and name not in PARTIAL and not name.endswith("_like") and one["columns"]
    }


@pytest.mark.parametrize("model", WRITTEN)
def test_no_index_begins_another_one(model: type[models.Model]) -> None:
    found = indexes(model)
    for name, columns in found.items():
        longer = [other for other, more in found.items() if other != name and more[: len(columns)] == columns]
        assert not longer, f"{name} says what {longer} says"


def test_nobody_is_looked_up_by_who_received_or_was_challenged() -> None:
    alone = {columns[0] for columns in indexes(cases.Case).values()} | {
        columns[0] for columns in indexes(cases.Step).values()
    }
    assert alone.isdisjoint({"receiver_id", "challenged_id", "parent_id", "executor_id", "by_id"})


@pytest.mark.parametrize(("closed", "index"), [(False, "case_my_queue"), (True, "case_my_closed")])
def test_an_executor_finds_the_own_cases_by_an_index(desk: Desk, *, closed: bool, index: str) -> None:
    who = queries.reader(desk.cast.people["water_executor"], desk.now.date())
    assert index in _plans(lambda: queries.my_queue(who, Filter(closed=closed)))


@pytest.mark.parametrize("name", ["water_registrar", "administrator"])
def test_what_is_owed_after_the_end_is_found_by_its_own_index(desk: Desk, name: str) -> None:
    """However many bodies somebody sees: this list is short."""
    who = queries.reader(desk.cast.people[name], desk.now.date())
    owed = Filter(after_closing=True)
    assert "case_after_closing" in _plans(lambda: queries.body_queue(who, owed))


def test_cases_whose_clock_stands_are_found_by_an_index(desk: Desk) -> None:
    who = queries.reader(desk.cast.people["water_head"], desk.now.date())
    assert "case_standing" in _plans(lambda: queries.body_queue(who, Filter(standing=True)))


def test_what_hangs_on_a_case_is_found_by_an_index(desk: Desk) -> None:
    case = desk.file("application", "water").case
    assert "case_kin" in _plans(lambda: list(case.children.all()))


def test_a_letter_finds_its_translation_by_an_index(desk: Desk) -> None:
    desk.file("application", "water")
    letter = Letter.objects.latest("pk")
    assert "letter_courtesies" in _plans(lambda: list(Letter.objects.filter(courtesy_of=letter)))


def test_places_in_the_log_are_found_by_their_index() -> None:
    for rows in (
        Opening.objects.filter(index__gte=3, index__lt=9).order_by("index"),
        Opening.objects.filter(index__isnull=False).order_by("-index"),
    ):
        assert "opening_index_once" in _plans(lambda rows=rows: list(rows))


def _plans(ask: object) -> str:
    """The plans of what is asked; PostgreSQL would read a table of few rows whole, and is told not to."""
    with CaptureQueriesContext(connection) as caught:
        ask()  # type: ignore[operator]
    statements = [one["sql"] for one in caught if one["sql"].startswith("SELECT")]
    assert statements
    lines: list[str] = []
    if connection.vendor == "sqlite":
        return "\n".join(line for statement in statements for line in plan(statement))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in statements:
            cursor.execute(f"EXPLAIN {statement}")
            lines += [row[0] for row in cursor.fetchall()]
    return "\n".join(lines)


def test_a_list_asks_about_each_accusation_alone(desk: Desk) -> None:
    """PostgreSQL would read the table of accusations whole and keep it, for a list of fifty rows."""
    desk.file("application", "water")
    who = queries.reader(desk.cast.people["water_registrar"], desk.now.date())
    found = _plans(lambda: queries.body_queue(who))
    assert "hashed" not in found
    assert "SCAN U0" not in found
    assert "accusation" in found
