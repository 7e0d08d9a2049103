"""What filing found missing in a person's own data is put right before the body asks for it."""

import io

import pytest

from qyzmet.cases import actions, papers, queries
from qyzmet.cases.actions import APPLICANT, Author
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, Deadline, Step
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import Desk

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "880703400129", "880703400121"
"""The second has another last digit than its sum asks for."""


def deadlines(case: Case) -> list[tuple[object, ...]]:
    return list(Deadline.objects.filter(case=case).order_by("id").values_list("key", "on", "is_open", "rule"))


def test_a_wrong_number_is_put_right_at_once_and_no_term_moves(desk: Desk) -> None:
    author = Author(name="Әлі Вали", address="Абай даңғылы, 1", iin=WRONG)
    filed = desk.file("application", "water", authors=[author])
    assert filed.case.defects == ["wrong_iin"]
    before = deadlines(filed.case)
    step = actions.supply(filed.case, given={"iin": RIGHT}, by=APPLICANT, at=desk.at())
    case = Case.objects.get(pk=filed.case.pk)
    assert (case.state, case.defects, case.due_on) == ("registered", [], filed.case.due_on)
    assert deadlines(case) == before
    assert case.parties.get().iin == RIGHT
    assert step.facts == {"given": ["iin"], "left": []}
    assert step.entry_id and RIGHT not in step.entry.opening.content
    assert [one.code for one in queries.follow(case.number, filed.code).steps] == ["register", "supply"]
    assert Case.objects.get(pk=case.pk).case_letters.count() == 1, "no letter but the talon"


@pytest.mark.parametrize("state", ["in_work", "on_approval"])
def test_it_may_be_done_while_the_body_works(desk: Desk, state: str) -> None:
    filed = desk.file("request", "water", authors=[Author(name="Әлі Вали")])
    desk.assign(filed.case, "water")
    if state == "on_approval":
        desk.draft(filed.case, "water", "answered")
        desk.do("submit", filed.case, "water_executor")
    step = actions.supply(filed.case, given={"address": "Абай даңғылы, 1"}, by=APPLICANT, at=desk.at())
    assert (step.to_state, Case.objects.get(pk=filed.case.pk).defects) == (state, [])


def test_a_signed_paper_and_the_address_together(desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned", authors=[Author(name="Әлі Вали")])
    paper = papers.keep(io.BytesIO(b"%PDF-1.7"), name="a.pdf", kind="signed_paper", origin="applicant", at=desk.at())
    given = {"address": "Абай даңғылы, 1"}
    step = actions.supply(filed.case, given=given, papers=[paper], by=APPLICANT, at=desk.at())
    case = Case.objects.get(pk=filed.case.pk)
    assert (case.defects, case.signature) == ([], "signed")
    assert f'"paper1":"{paper.sha256}"' in step.entry.opening.content


def test_only_what_is_missing_can_be_given(desk: Desk) -> None:
    filed = desk.file("application", "water", authors=[Author(name="Әлі Вали")])
    for given in ({"name": "Басқа Адам"}, {"address": "Абай, 1", "email": "x@mail.example"}):
        with pytest.raises(Refused, match="not_lacking"):
            actions.supply(filed.case, given=given, by=APPLICANT, at=desk.at())
    with pytest.raises(Refused, match="nothing_given"):
        actions.supply(filed.case, given={"address": " "}, by=APPLICANT, at=desk.at())
    assert Case.objects.get(pk=filed.case.pk).parties.get().name == "Әлі Вали"


def test_where_nothing_is_missing_or_the_body_has_asked_it_is_not_possible(desk: Desk) -> None:
    whole = desk.file("application", "water")
    with pytest.raises(Refused, match="nothing_lacking"):
        actions.supply(whole.case, note="Тағы", by=APPLICANT, at=desk.at())
    assert "supply" not in {step.code for step in queries.follow(whole.case.number, whole.code).possible}
    asked = desk.file("application", "water", authors=[Author(name="Әлі Вали")])
    assert "supply" in {step.code for step in queries.follow(asked.case.number, asked.code).possible}
    desk.do("ask_to_cure", asked.case, "water_registrar", defects=["no_postal_address"], days=5)
    with pytest.raises(Refused, match="not_in_this_state"):
        actions.supply(asked.case, given={"address": "Абай, 1"}, by=APPLICANT, at=desk.at())


def test_of_several_people_the_one_whose_number_is_wrong(desk: Desk) -> None:
    people = [Author(name="Әлі Вали", address="Абай, 1", iin=RIGHT), Author(name="Вали Әлі", role="joined", iin=WRONG)]
    filed = desk.file("request", "water", authors=people)
    actions.supply(filed.case, given={"iin": RIGHT}, by=APPLICANT, at=desk.at())
    case = Case.objects.get(pk=filed.case.pk)
    assert ([one.iin for one in case.parties.order_by("n")], case.defects) == ([RIGHT, RIGHT], [])


def test_after_a_period_that_lapsed_the_right_to_return_ends_with_what_was_missing(desk: Desk) -> None:
    filed = desk.file("application", "water", authors=[Author(name="Әлі Вали")])
    desk.do("ask_to_cure", filed.case, "water_registrar", defects=["no_postal_address"], days=2)
    desk.wait(days=5)
    assert tick(at=desk.at()).done["cure"] == 1
    assert Deadline.objects.get(case=filed.case, key="return").is_open
    actions.supply(filed.case, given={"address": "Абай, 1"}, by=APPLICANT, at=desk.at())
    assert not Deadline.objects.get(case=filed.case, key="return").is_open
    with pytest.raises(Refused, match="cure_period_not_over"):
        desk.do("return_appeal", filed.case, "water_head", ground="not_cured", reason="Мекенжайы жоқ.")


def test_what_only_a_reader_sees_is_answered_in_words(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.do("ask_to_cure", filed.case, "water_registrar", defects=["no_substance"], days=5)
    actions.cure(filed.case, note="Құбыр 1 сәуірде жарылды.", by=APPLICANT, at=desk.at())
    assert Case.objects.get(pk=filed.case.pk).defects == []


def test_a_registrar_enters_it_and_the_barred_find_nothing(desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre", authors=[Author(name="Әлі Вали")])
    with pytest.raises(Missing):
        desk.do("supply", filed.case, "centre_registrar", given={"address": "Абай, 1"})
    with pytest.raises(Refused, match="not_your_role"):
        desk.do("supply", filed.case, "dep_head", given={"address": "Абай, 1"})
    desk.do("supply", filed.case, "dep_registrar", given={"address": "Абай, 1"})
    assert Step.objects.get(case=filed.case, code="supply").by == desk.cast.dep_registrar
