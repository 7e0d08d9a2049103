"""What looks like no answer, in a real browser at the width of a phone: shown to the drafter, overruled with a reason.

Who approves reads it, the head finds it counted. Every page is held to what tour_pages.py asks of a page.
"""

import pytest

from tests.cases.desk import Desk
from tests.test_tour import state, step
from tests.tour_city import City
from tests.tour_pages import PHONE, words

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True)]

ONLY = "Өтінішіңіз қаралды."
WHY = "Адам тек хабарлады, ештеңе сұраған жоқ."


def test_a_formula_is_shown_overruled_and_counted(city: City) -> None:
    """From the draft to the head's page of counts."""
    desk = Desk(city.cast, city.now)
    case = desk.file("request", "water", text="Құбыр ағып тұр. Қашан жөндейсіздер?").case
    desk.assign(case, "water")
    the_drafter_sees_and_overrules_it(city, case.number)
    the_approver_reads_why(city, case.number)
    head = city.official("water_head", factor=True, width=PHONE)
    head.open("How we answer")
    head.reads(words("Findings by month"), words("Overruled, and why"), WHY, ONLY, case.number)
    head.go("/desk/help/")
    head.open("What looked like no answer, month by month")
    head.reads("04.2026")
    nobody = city.official("water_executor", width=PHONE)
    assert nobody.page.locator("a[href='/desk/answers/']").count() == 0
    nobody.go("/desk/answers/", 404)


def the_drafter_sees_and_overrules_it(city: City, number: str) -> None:
    """The remark stands beside the answer; a reason of two words is none."""
    here = city.official("water_executor", width=PHONE)
    here.open_named(number)
    here.open_named(step("draft", "request"))
    here.choose("outcome", "answered")
    here.write("facts", "Құбыр көрілді.")
    here.write("ground", "ӘРПК 89.")
    here.write("answer_1", ONLY)
    here.press("Save and submit for approval")
    here.reads(words("The draft is saved, but not submitted."), f"Жолданымның қаралғаны ғана айтылған: «{ONLY}»")
    here.open("Submit with a reason")
    here.write("overrule", "Олай емес.")
    here.press_named(step("submit", "request"), 422)
    here.write("overrule", WHY)
    here.press_named(step("submit", "request"))
    here.reads(state("on_approval", "request"))


def the_approver_reads_why(city: City, number: str) -> None:
    """Finding and reason, before anything is approved."""
    here = city.official("water_approver", factor=True, width=PHONE)
    here.go(f"/desk/cases/{number}/do/approve/")
    here.reads(WHY, ONLY)
    here.press_named(step("approve", "request"))
