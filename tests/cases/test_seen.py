"""What a locked row may be seen by is what the lists say of it."""

import pytest

from qyzmet.cases import seen
from qyzmet.cases.models import Case
from tests.cases.desk import Desk
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


def test_a_locked_case_is_seen_by_those_whose_lists_show_it(desk: Desk) -> None:
    plain = desk.file("application", "water").case
    desk.do("assign", plain, "water_registrar", executor_id=desk.cast.water_executor.pk)
    helped = desk.file("application", "dep").case
    desk.do("assign", helped, "dep_registrar", executor_id=desk.cast.dep_executor.pk)
    desk.do("add_co_executor", helped, "dep_registrar", person_id=desk.cast.colleague.pk)
    accused = desk.accuse("centre_head", "centre").case
    desk.cast.role(desk.cast.administrator, desk.cast.dep, "registrar")
    desk.cast.away("dep_registrar", substitute="water_executor")
    told = {}
    for case in (plain, helped, accused):
        locked = Case.objects.get(pk=case.pk)
        for name, person in desk.cast.people.items():
            who = seen.reader(person, TODAY)
            told[case.pk, name] = seen.may_see_locked(who, locked)
            assert told[case.pk, name] == seen.may_see(who, case.pk), name
    assert told[plain.pk, "water_executor"]
    assert not told[plain.pk, "dep_executor"]
    assert told[helped.pk, "colleague"]
    assert told[helped.pk, "administrator"]
    assert told[accused.pk, "dep_head"]
    assert not told[accused.pk, "administrator"]
