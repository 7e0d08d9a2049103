"""The columns hold what a person may give; making them wider writes no table anew."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from qyzmet.cases import accuse, listed
from qyzmet.cases.actions import LIMITS
from qyzmet.cases.models import Accusation, Case, Party


def test_the_columns_are_as_wide_as_the_limits() -> None:
    assert {name: Party._meta.get_field(name).max_length for name in LIMITS} == LIMITS
    assert Accusation._meta.get_field("text").max_length == accuse.ROOM
    assert Case._meta.get_field("applicant_name").max_length == listed.NAME
    for model, name in ((Case, "applicant_key"), (Case, "applicant_fold"), (Party, "name_fold")):
        assert model._meta.get_field(name).max_length == listed.KEY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_citys_people_are_not_written_anew(backwards: bool) -> None:
    """A table written anew on SQLite takes minutes in a large city, and leaves its triggers behind."""
    loader = MigrationLoader(connection)
    step = loader.get_migration("cases", "0013_room_for_what_is_given")
    said = [line for line in loader.collect_sql([(step, backwards)]) if not line.startswith("--")]
    touched = [line for line in said if "cases_party" in line or "cases_accusation" in line]
    if connection.vendor == "sqlite":
        assert touched == []
    else:
        assert len(touched) == 6 and all("ALTER COLUMN" in line and " TYPE varchar(" in line for line in touched)
