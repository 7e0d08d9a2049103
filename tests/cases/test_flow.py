"""One appeal of each chapter from filing to answer, by the actions alone."""

from datetime import date, timedelta

import pytest

from qyzmet.cases import actions, queries
from qyzmet.cases.actions.clock import tick
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing, Refused
from tests.cast import NOW, Cast
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db


def test_an_application_is_answered(desk: Desk) -> None:
    filed = desk.file("application", "water", text="Ауламыздағы құбыр жарылды. Қашан жөндейсіздер?")
    assert filed.case.state == "registered"
    assert filed.case.due_on == date(2026, 5, 8)
    desk.answer(filed.case, "water", "act_adopted")
    seen = queries.follow(filed.case.number, filed.code)
    assert seen.case.state == "answered"
    assert [step.code for step in seen.steps][-1] == "dispatch"
    assert [letter.kind for letter in seen.letters] == ["talon", "answer_act_adopted_favourable"]
