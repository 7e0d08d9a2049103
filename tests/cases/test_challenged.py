"""Who challenged the act, who had a hand in it and who answers to them: none of them decides (APPC 91(4), 97(2))."""

from datetime import UTC, date, datetime

import pytest

from qyzmet.bodies import actions as bodies
from qyzmet.bodies.models import Role
from qyzmet.cases import actions, queries
from qyzmet.cases.actions import About, Filed
from qyzmet.cases.models import Case
from qyzmet.text.refusal import Refused
from tests.cases.desk import Desk
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def club(desk: Desk) -> object:
    """A body below the centre, whose executor works for the department too."""
    made = bodies.found_body(
        code="club", kind="local", names={"kk": "Клуб", "ru": "Клуб", "en": "Club"}, superior=desk.cast.centre, at=NOW
    )
    desk.cast.role(desk.cast.dep_executor, made, "executor")
    return made


def complained(desk: Desk, body: str = "centre") -> Case:
    """A complaint about an act that the body decided, passed up."""
    filed = desk.file("application", body)
    desk.answer(filed.case, body, "act_adopted")
    child = actions.complain_further(filed.case, text="Келіспеймін.", by=actions.APPLICANT, at=desk.at()).case
    desk.do("pass_up", child, f"{body}_head")
    child.refresh_from_db()
    return child


def may_get(case: Case, desk: Desk) -> list[object]:
    return list(queries.assignable(Case.objects.get(pk=case.pk), desk.now.date()))


def test_whoever_works_below_the_challenged_body_does_not_decide(desk: Desk, club: object) -> None:
    case = complained(desk)
    assert case.body.code == "dep"
    assert desk.cast.dep_executor not in may_get(case, desk)
    with pytest.raises(Refused, match="challenged_may_not_decide"):
        desk.do("redirect", case, "dep_registrar", body="club", reason="Сол жақта.")


def test_whoever_wrote_the_act_does_not_decide_on_a_part_of_the_complaint(desk: Desk) -> None:
    case = complained(desk)
    part = desk.do("redirect_part", case, "dep_registrar", body="water", part_text="Су жоқ.", reason="Құзыреті.").case
    writer = desk.cast.centre_executor
    desk.cast.role(writer, desk.cast.water, "executor")
    Role.objects.filter(person=writer, body=desk.cast.centre).delete()  # only the hand in the act is left
    part.refresh_from_db()
    assert writer not in may_get(part, desk)
    assert desk.cast.water_executor in may_get(part, desk)


def test_a_head_who_has_the_case_may_step_aside_and_not_stay_by_own_word(desk: Desk) -> None:
    desk.cast.role(desk.cast.water_head, desk.cast.water, "executor")
    case = desk.file("application", "water").case
    desk.do("assign", case, "water_registrar", executor_id=desk.cast.water_head.pk)
    actions.ask_recusal(case, reason="Туысы.", by=actions.APPLICANT, at=desk.at())
    with pytest.raises(Refused, match="own_recusal"):
        desk.do("decide_recusal", case, "water_head", granted=False, reason="Негіз жоқ.")
    desk.do("decide_recusal", case, "water_head", granted=True, reason="Рас, туысым.")
    assert Case.objects.get(pk=case.pk).executor_id is None
    assert desk.cast.water_head not in may_get(case, desk)


def test_the_recused_decide_in_no_other_role_either(desk: Desk) -> None:
    """A head who was recused as executor does not sign what another one wrote; the page says so beforehand."""
    desk.cast.role(desk.cast.water_head, desk.cast.water, "executor")
    case = desk.file("application", "water").case
    desk.do("assign", case, "water_registrar", executor_id=desk.cast.water_head.pk)
    actions.ask_recusal(case, reason="Туысы.", by=actions.APPLICANT, at=desk.at())
    desk.do("decide_recusal", case, "water_head", granted=True, reason="Рас, туысым.")
    desk.assign(case, "water")
    desk.draft(case, "water", "act_adopted")
    desk.do("submit", case, "water_executor")
    desk.do("approve", case, "water_approver")
    with pytest.raises(Refused, match="recused_may_not_decide"):
        desk.do("sign", case, "water_head", provider="demo")
    who = queries.reader(desk.cast.water_head, desk.now.date())
    said = {one.step.code: one.why_not for one in queries.case_view(who, case.number).possible}
    assert str(said["sign"].code) == "recused_may_not_decide"
    desk.cast.role(desk.cast.dep_head, desk.cast.water, "head")
    desk.do("sign", case, "dep_head", provider="demo")
    assert Case.objects.get(pk=case.pk).state == "signed"


def same(desk: Desk, **appeal: object) -> Filed:
    return desk.file("application", "water", **appeal)


def test_an_identical_appeal_names_one_of_the_same_person_that_was_considered(desk: Desk) -> None:
    other = desk.file("application", "water", authors=[actions.Author(name="Басқа Адам", address="Абай, 1")])
    elsewhere, open_one, done, again = desk.file("application", "dep"), same(desk), same(desk), same(desk)
    for filed, body in ((other, "water"), (elsewhere, "dep"), (done, "water")):
        desk.answer(filed.case, body, "act_adopted")
    hidden = elsewhere.case.number
    for number in (other.case.number, hidden, open_one.case.number, again.case.number, "2026-0000-0000", "бұрынғы"):
        with pytest.raises(Refused, match="earlier_case_unfit"):
            desk.do("return_appeal", again.case, "water_head", ground="identical", reason="Қаралған.", parent=number)
    step = desk.do(
        "return_appeal", again.case, "water_head", ground="identical", reason="Қаралған.",
        parent=done.case.number.lower(),
    )  # fmt: skip
    assert step.facts["earlier"] == done.case.number


def test_a_complaint_of_silence_about_somebody_unknown_goes_up_at_once(desk: Desk) -> None:
    filed = desk.file("message", "centre", about=About("conduct", text="бір қызметкер"))
    assert filed.case.body.code == "dep"
    desk.wait(days=40)
    actions.lapse(filed.case, at=desk.at())
    child = actions.complain_further(filed.case, text="Жауап жоқ.", by=actions.APPLICANT, at=desk.at()).case
    assert (child.body.code, child.state, child.challenged.code) == ("city", "registered", "dep")
    desk.do("resolve_about", child, "city_registrar", post_code=desk.cast.posts["centre_head"].code)
    assert Case.objects.get(pk=child.pk).body.code == "city"


def test_an_old_paper_finds_its_way_to_court(desk: Desk) -> None:
    """The redaction of the court term before 30.12.2025 was not read; the letter still names the way."""
    old = datetime(2025, 12, 1, 6, tzinfo=UTC)
    case = desk.file("complaint", "centre", received_at=old, received_ground="Пошта мөртабаны").case
    assert case.registered_on == date(2025, 12, 1)
    desk.do("pass_up", case, "centre_head")
    desk.wait(days=60)
    actions.lapse(case, at=desk.at())
    assert "136(6)" in case.case_letters.get(letter__kind="deemed_refusal", letter__language="kk").letter.body
