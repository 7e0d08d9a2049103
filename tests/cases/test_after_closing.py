"""What a body owes when a case is closed: begun, seen in a list of its own, reminded of, done."""

from datetime import date

import pytest
from django.core import mail

from qyzmet.bodies.models import Person
from qyzmet.cases import actions, queries
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case
from qyzmet.cases.queries import Filter
from qyzmet.letters import actions as letters
from qyzmet.letters.models import Dispatch, Letter
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import Desk
from tests.cases.test_clock import happens_once, midnight

pytestmark = pytest.mark.django_db(transaction=True)
OWED = Filter(after_closing=True)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def owed(desk: Desk, name: str = "water_registrar") -> list[Case]:
    return queries.body_queue(queries.reader(desk.cast.people[name], desk.now.date()), OWED).rows


def answered(desk: Desk, kind: str = "message", outcome: str = "answered", **appeal: str) -> Case:
    case = desk.file(kind, "water", **appeal).case
    desk.answer(case, "water", outcome)
    return case


def carry_out(desk: Desk, case: Case) -> None:
    desk.do("take_plain", case, "water_registrar", code="carry_out", note="Шам орнатылды.")


def test_an_act_is_owed_until_somebody_says_that_it_was_carried_out(desk: Desk) -> None:
    case = answered(desk, "application", "act_adopted")
    assert (fresh(case).is_open, fresh(case).act_on) == (False, date(2026, 4, 22))
    assert owed(desk) == [case]
    carry_out(desk, case)
    assert (fresh(case).act_on, owed(desk)) == (None, [])
    assert case.steps.last().public


def test_that_an_act_was_carried_out_is_said_once(desk: Desk) -> None:
    case = answered(desk, "application", "act_adopted")
    carry_out(desk, case)
    with pytest.raises(Refused, match="nothing_to_carry_out"):
        carry_out(desk, case)
    assert case.steps.filter(code="carry_out").count() == 1


@pytest.mark.parametrize("name", ["city_registrar", "city_head", "dep_registrar", "centre_head", "administrator"])
def test_nobody_else_says_that_an_act_was_carried_out(desk: Desk, name: str) -> None:
    case = answered(desk, "application", "act_adopted")
    with pytest.raises((Refused, Missing)):
        desk.do("take_plain", case, name, code="carry_out")
    assert owed(desk) == [case]


def test_a_correction_and_the_file_are_owed_until_they_are_given(desk: Desk) -> None:
    case = answered(desk)
    assert (fresh(case).act_on, owed(desk)) == (None, [])
    actions.ask_correction(case, text="Жыл қате.", by=actions.APPLICANT, at=desk.at())
    desk.wait(days=1)
    actions.ask_file(case, by=actions.APPLICANT, at=desk.at())
    assert fresh(case).act_on == date(2026, 4, 20)
    desk.do("correct", case, "water_head", text="2026 жыл деп оқылсын.")
    assert fresh(case).act_on == date(2026, 4, 21)
    desk.do("give_file", case, "water_registrar", how="Көрсетілді.")
    assert (fresh(case).act_on, owed(desk)) == (None, [])


def test_a_refusal_orders_nothing(desk: Desk) -> None:
    case = desk.file("complaint", "centre").case
    desk.do("pass_up", case, "centre_head")
    desk.assign(case, "dep")
    desk.draft(case, "dep", "dismissed", exemption="asked_by_participant", exemption_reason="Өзі сұрады.")
    desk.do("submit", case, "dep_executor")
    desk.do("approve", case, "dep_approver")
    desk.do("sign", case, "dep_head", provider="demo")
    desk.do("dispatch", case, "dep_registrar")
    assert (fresh(case).state, fresh(case).act_on) == ("answered", None)
    with pytest.raises(Refused, match="nothing_to_carry_out"):
        desk.do("take_plain", case, "dep_registrar", code="carry_out")


def delivered(desk: Desk, case: Case, kind: str) -> None:
    way = Dispatch.objects.get(channel="post", letter__kind__startswith=kind, letter__case_number=case.number)
    letters.note_posted(way, at=desk.at())
    desk.wait(days=2)
    desk.do("delivered", case, "water_registrar", dispatch_id=way.pk, delivered_at=desk.at())


def test_from_the_delivery_of_the_act_it_is_counted(desk: Desk) -> None:
    case = answered(desk, "application", "act_adopted", answer_channel="post")
    delivered(desk, case, "answer")
    assert fresh(case).act_on == date(2026, 4, 24)


def test_what_was_carried_out_is_not_owed_again_when_the_letter_arrives(desk: Desk) -> None:
    case = answered(desk, "application", "act_adopted", answer_channel="post")
    carry_out(desk, case)
    delivered(desk, case, "answer")
    assert (fresh(case).act_on, owed(desk)) == (None, [])
    assert case.deadlines.get(key="complain", is_open=True).start_on == date(2026, 4, 17)


def test_a_complaint_that_was_lodged_gets_no_new_term(desk: Desk) -> None:
    case = answered(desk, "application", "act_adopted", answer_channel="post")
    actions.complain_further(case, text="Келіспеймін.", by=actions.APPLICANT, at=desk.at())
    delivered(desk, case, "answer")
    assert not case.deadlines.filter(key="complain", is_open=True).exists()


def test_whatever_else_ends_a_case_leaves_no_act_to_carry_out(desk: Desk) -> None:
    case = desk.file("application", "water", answer_channel="post").case
    desk.do("terminate", case, "water_head", ground="same_subject_decided", reason="Шешілген.")
    delivered(desk, case, "termination")
    assert fresh(case).act_on is None
    assert case.deadlines.get(key="complain", is_open=True).start_on == date(2026, 4, 17)


def test_what_is_narrowed_further(desk: Desk) -> None:
    first, second = answered(desk, "application", "act_adopted"), answered(desk)
    actions.ask_file(second, by=actions.APPLICANT, at=desk.at())
    who = queries.reader(desk.cast.water_registrar, desk.now.date())

    def listed(**narrowed: object) -> list[Case]:
        return queries.body_queue(who, Filter(after_closing=True, **narrowed)).rows  # type: ignore[arg-type]

    assert listed(procedure="message") == listed(due_by=date(2026, 4, 20)) == [second]
    assert listed(closed=True) == [second, first], "the nearest day first, not the newest"
    desk.wait(days=6)  # 21 April: the file was due the day before
    who = queries.reader(desk.cast.water_registrar, desk.now.date())
    assert listed(overdue=True) == [second]
    page = queries.body_queue(who, OWED, limit=1)
    assert page.rows == [second]
    assert queries.body_queue(who, OWED, after=page.after, limit=1).rows == [first]


def test_an_executor_has_a_list_of_what_is_owed_in_the_own_cases(desk: Desk) -> None:
    case, other = answered(desk), desk.file("message", "water").case
    desk.do("withdraw", other, "water_registrar")
    for one in (case, other):
        actions.ask_file(one, by=actions.APPLICANT, at=desk.at())
    who = queries.reader(desk.cast.water_executor, desk.now.date())
    assert queries.my_queue(who, OWED).rows == [case]
    assert queries.counts(who).after_closing == 1
    assert owed(desk) == [case, other]


# ---------------------------------------------------------------- reminders


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("kk", "Не істеу керек: Іс материалдарымен танысу\nСоңғы күн: 2026 жылғы 20 сәуір"),
        ("ru", "Что нужно сделать: Ознакомление с делом\nПоследний день: 20 апреля 2026 г."),
        ("en", "What is to be done: Access to the file\nLast day: 20 April 2026"),
    ],
)
def test_what_is_owed_is_reminded_of_once(desk: Desk, lang: str, words: str) -> None:
    case = answered(desk)
    Person.objects.filter(pk=desk.cast.water_executor.pk).update(language=lang)
    actions.ask_file(case, by=actions.APPLICANT, at=desk.at())
    happens_once("reminders", date(2026, 4, 17))  # Friday; the file is due on Monday
    (letter,) = Letter.objects.filter(case_number=case.number, kind="reminder")
    assert letter.to_email == desk.cast.water_executor.email
    assert words in letter.body
    assert [sent.to for sent in mail.outbox if case.number in sent.subject] == [[letter.to_email]]


def test_every_duty_has_its_reminder(desk: Desk) -> None:
    """One that was missed long ago does not hide the next."""
    case = answered(desk, "application", "act_adopted")
    happens_once("reminders", date(2026, 4, 21))
    desk.now = midnight(date(2026, 4, 27))
    actions.ask_file(case, by=actions.APPLICANT, at=desk.at())
    happens_once("reminders", date(2026, 4, 29))
    told = Letter.objects.filter(case_number=case.number, kind="reminder").order_by("id").values_list("body", flat=True)
    assert ["Актіні орындау" in body for body in told] == [True, False]


def test_what_was_done_is_not_reminded_of(desk: Desk) -> None:
    case = answered(desk, "application", "act_adopted")
    carry_out(desk, case)
    assert "reminders" not in tick(at=midnight(date(2026, 4, 22))).done


def test_nobody_below_the_accused_is_reminded(desk: Desk) -> None:
    case = desk.accuse("centre_head", "centre", kind="application").case
    desk.answer(case, "dep", "act_adopted")
    desk.cast.role(desk.cast.dep_executor, desk.cast.centre, "executor")
    tick(at=midnight(date(2026, 4, 22)))
    (letter,) = Letter.objects.filter(case_number=case.number, kind="reminder")
    assert letter.to_email == desk.cast.dep_registrar.email
