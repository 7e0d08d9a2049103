"""Appeals of each chapter from filing to their end, by the actions alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qyzmet.cases import actions, queries
from qyzmet.cases.actions import Actor
from qyzmet.cases.actions.clock import tick
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import AUTHOR, Desk

pytestmark = pytest.mark.django_db


def codes(desk: Desk, filed: actions.Filed) -> list[str]:
    return [step.code for step in queries.follow(filed.case.number, filed.code).steps]


def test_an_application_is_answered(desk: Desk) -> None:
    filed = desk.file("application", "water", text="Ауламыздағы құбыр жарылды. Қашан жөндейсіздер?")
    assert filed.case.state == "registered"
    assert filed.case.due_on == date(2026, 5, 8)
    desk.answer(filed.case, "water", "act_adopted")
    seen = queries.follow(filed.case.number, filed.code)
    assert seen.case.state == "answered"
    assert seen.steps[-1].code == "dispatch"
    assert [letter.kind for letter in seen.letters] == ["talon", "answer_act_adopted_favourable"]
    assert {deadline.key for deadline in seen.deadlines} == {"complain"}


@pytest.mark.parametrize("kind", ["message", "request", "suggestion"])
def test_the_simplified_kinds_are_answered(desk: Desk, kind: str) -> None:
    filed = desk.file(kind, "water")
    desk.answer(filed.case, "water", "answered")
    assert queries.follow(filed.case.number, filed.code).case.outcome == "answered"


def test_a_response_is_taken_note_of(desk: Desk) -> None:
    filed = desk.file("response", "water")
    desk.answer(filed.case, "water", "noted")
    assert queries.follow(filed.case.number, filed.code).case.outcome == "noted"


def test_a_complaint_goes_up_and_is_decided_there(desk: Desk) -> None:
    filed = desk.file("complaint", "centre")
    assert filed.case.state == "at_challenged"
    with pytest.raises(Refused, match="not_in_this_state"):
        desk.assign(filed.case, "centre")
    desk.do("pass_up", filed.case, "centre_head", position="Келіспейміз.")
    desk.assign(filed.case, "dep")
    desk.do("preliminary", filed.case, "dep_executor", outcome="dismissed", facts="Дәлел жоқ.", ground="ӘРПК 98-бабы.")
    desk.wait(days=9)
    actions.objection_lapsed(filed.case, at=desk.at())
    desk.draft(filed.case, "dep", "dismissed")
    for step, who in (("submit", "dep_executor"), ("approve", "dep_approver")):
        desk.do(step, filed.case, who)
    desk.do("sign", filed.case, "dep_head", provider="demo")
    desk.do("dispatch", filed.case, "dep_registrar")
    seen = queries.follow(filed.case.number, filed.code)
    assert (seen.case.state, seen.case.outcome) == ("answered", "dismissed")
    assert {deadline.key for deadline in seen.deadlines} == {"court"}
    with pytest.raises(Refused, match="court_is_next"):
        actions.complain_further(filed.case, text="Келіспеймін.", by=actions.APPLICANT, at=desk.at())


def test_the_challenged_body_satisfies_in_full(desk: Desk) -> None:
    filed = desk.file("complaint", "centre")
    desk.do("satisfy", filed.case, "centre_head", outcome="act_cancelled", text="Күші жойылды.", ground="ӘРПК 91(4).")
    assert queries.follow(filed.case.number, filed.code).case.state == "satisfied"


def test_satisfied_late_it_is_not_satisfied(desk: Desk) -> None:
    """From the fourth working day on only passing up is left, though the clock has not come by yet."""
    filed = desk.file("complaint", "centre")
    desk.wait(days=6)  # Wednesday 15 April to Tuesday: three working days and a day
    with pytest.raises(Refused, match="days_for_this_over"):
        desk.do("satisfy", filed.case, "centre_head", outcome="act_cancelled", text="Жойылды.", ground="ӘРПК 91(4).")
    desk.do("pass_up", filed.case, "centre_head")
    assert queries.follow(filed.case.number, filed.code).case.body.code == "dep"


def test_a_complaint_nobody_touches_goes_up_by_itself(desk: Desk) -> None:
    filed = desk.file("complaint", "centre")
    desk.wait(days=6)
    assert tick(at=desk.at()).done["pass_up"] == 1
    assert tick(at=desk.at()).done.get("pass_up", 0) == 0
    case = queries.follow(filed.case.number, filed.code).case
    assert (case.state, case.body.code) == ("registered", "dep")


def test_silence_is_a_refusal_on_the_day_after(desk: Desk) -> None:
    filed = desk.file("application", "water")
    last_second = datetime(2026, 5, 8, 18, 59, 59, tzinfo=UTC)  # 23:59:59 in Almaty on the last day
    assert tick(at=last_second).done.get("lapse", 0) == 0
    assert tick(at=last_second + timedelta(seconds=1)).done["lapse"] == 1
    assert tick(at=last_second + timedelta(seconds=2)).done.get("lapse", 0) == 0
    seen = queries.follow(filed.case.number, filed.code)
    assert (seen.case.state, seen.case.outcome) == ("deemed_refused", "deemed_refusal")
    assert [letter.kind for letter in seen.letters] == ["talon", "deemed_refusal"]
    child = actions.complain_further(seen.case, text="Жауап бермеді.", by=actions.APPLICANT, at=desk.at())
    assert (child.case.state, child.case.procedure) == ("at_challenged", "complaint")
    assert queries.follow(child.case.number, filed.code).case == child.case


def test_defects_are_cured_or_the_appeal_is_returned(desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned", authors=[actions.Author(name="Әлі Вали")])
    assert filed.case.defects == ["no_name", "no_postal_address", "no_signature"][1:]
    desk.do("ask_to_cure", filed.case, "water_registrar", defects=["no_postal_address", "no_signature"], days=5)
    actions.cure(filed.case, by=actions.APPLICANT, at=desk.at(), given={"address": "Абай даңғылы, 1"})
    seen = queries.follow(filed.case.number, filed.code)
    assert (seen.case.state, seen.case.defects) == ("registered", ["no_signature"])
    with pytest.raises(Refused, match="cure_period_not_over"):
        desk.do("return_appeal", filed.case, "water_head", ground="not_cured", reason="Қол қойылмаған.")
    desk.do("ask_to_cure", filed.case, "water_registrar", defects=["no_signature"], days=2)
    desk.wait(days=5)
    assert tick(at=desk.at()).done["cure"] == 1
    desk.do("return_appeal", filed.case, "water_head", ground="not_cured", reason="Қол қойылмаған.")
    assert queries.follow(filed.case.number, filed.code).case.state == "returned"


def test_redirected_whole_the_term_begins_anew(desk: Desk) -> None:
    filed = desk.file("application", "centre")
    desk.wait(days=1)
    desk.do("redirect", filed.case, "centre_registrar", body="water", reason="Су мәселесі.")
    seen = queries.follow(filed.case.number, filed.code)
    assert (seen.case.body.code, seen.case.state) == ("water", "registered")
    assert seen.case.due_on == date(2026, 5, 12)
    told = seen.case.case_letters.exclude(letter__kind="talon").order_by("id")
    assert [(link.letter.kind, link.letter.body_code) for link in told] == [
        ("redirect", "centre"),
        ("redirect_body", "centre"),
    ]
    assert "Су шаруашылығы басқармасы" in told[0].letter.body
    with pytest.raises(Missing):
        queries.find(queries.reader(desk.cast.centre_registrar, desk.now.date()), filed.case.number)


def test_redirected_in_part_the_person_follows_both(desk: Desk) -> None:
    filed = desk.file("application", "centre")
    part = desk.do(
        "redirect_part", filed.case, "centre_registrar", body="water", part_text="Су.", reason="Су мәселесі."
    )
    assert queries.follow(part.case.number, filed.code).case.body.code == "water"
    assert [case.number for case in queries.follow(filed.case.number, filed.code).children] == [part.case.number]


def test_the_body_that_gets_a_part_is_told_from_whom_and_why(desk: Desk) -> None:
    filed = desk.file("application", "centre", received_at=desk.now - timedelta(days=1), received_ground="пошта")
    given = {"body": "water", "part_text": "Су.", "reason": "Су мәселесі."}
    part = desk.do("redirect_part", filed.case, "centre_registrar", **given).case
    letter = part.case_letters.get(letter__kind="redirect_body").letter
    assert (letter.body_code, [way.channel for way in letter.dispatches.all()]) == ("centre", ["email"])
    for told in ("Су мәселесі.", part.number, "2026 жылғы 14 сәуір"):
        assert told in letter.body, letter.body
    first = part.steps.get(n=1)
    assert queries.acting_bodies([first])[first.pk].code == "centre"


def test_extension_moves_the_date_and_has_a_ceiling(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    with pytest.raises(Refused, match="law_cannot_answer"):
        desk.do("extend", filed.case, "water_head", days=90, reason="Сараптама керек.")
    with pytest.raises(Refused, match="extension_too_short"):
        desk.do("extend", filed.case, "water_head", days=2, reason="Сараптама керек.")
    desk.do("extend", filed.case, "water_head", days=25, reason="Сараптама керек.")
    assert queries.follow(filed.case.number, filed.code).case.due_on == date(2026, 5, 25)
    with pytest.raises(Refused, match="extended_already"):
        desk.do("extend", filed.case, "water_head", days=30, reason="Тағы да.")


def test_a_hearing_with_protocol_and_remarks(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    desk.do("preliminary", filed.case, "water_executor", outcome="act_adopted", facts="Негіз жоқ.", ground="ӘРПК.")
    actions.ask_hearing(filed.case, by=actions.APPLICANT, at=desk.at())
    desk.do("set_hearing", filed.case, "water_head", when=desk.now + timedelta(days=2), place="12-кабинет")
    with pytest.raises(Refused, match="hearing_not_yet"):
        desk.do("hold_hearing", filed.case, "water_executor", protocol="Тыңдалды.")
    desk.wait(days=2, hours=1)
    desk.do("hold_hearing", filed.case, "water_executor", protocol="Тыңдалды.")
    actions.remark_protocol(filed.case, text="Бәрі жазылмаған.", by=actions.APPLICANT, at=desk.at())
    assert codes(desk, filed)[-1] == "remark_protocol"


def test_withdrawal_and_termination(desk: Desk) -> None:
    first, second = desk.file("application", "water"), desk.file("request", "water")
    actions.withdraw(first.case, by=actions.APPLICANT, at=desk.at())
    desk.do("terminate", second.case, "water_head", ground="repeated", reason="Бұрын жауап берілген.")
    assert queries.follow(first.case.number, first.code).case.state == "withdrawn"
    assert queries.follow(second.case.number, second.code).case.state == "terminated"


def test_recusal_takes_the_case_from_the_executor(desk: Desk) -> None:
    filed = desk.file("application", "dep")
    desk.assign(filed.case, "dep")
    actions.ask_recusal(filed.case, reason="Туысы.", by=actions.APPLICANT, at=desk.at())
    desk.do("decide_recusal", filed.case, "dep_head", granted=True, reason="Расталды.")
    case = queries.follow(filed.case.number, filed.code).case
    assert (case.state, case.executor) == ("registered", None)
    with pytest.raises(Refused, match="not_assignable"):
        desk.assign(filed.case, "dep")
    assert [person.pk for person in queries.assignable(case, desk.now.date())] == [desk.cast.colleague.pk]


@pytest.mark.parametrize(
    ("granted", "words"), [(True, "қанағаттандырылды. Себебі бар."), (False, "қанағаттандырылмады.")]
)
def test_the_letter_says_whether_a_recusal_is_granted(desk: Desk, granted: bool, words: str) -> None:
    filed = desk.file("application", "dep")
    desk.assign(filed.case, "dep")
    actions.ask_recusal(filed.case, reason="Туысы.", by=actions.APPLICANT, at=desk.at())
    desk.do("decide_recusal", filed.case, "dep_head", granted=granted, reason="Себебі бар.")
    letter = queries.follow(filed.case.number, filed.code).letters[-1]
    assert letter.kind == "recusal"
    assert words in letter.body


def test_after_the_answer(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.answer(filed.case, "water", "act_adopted")
    actions.rate(filed.case, stars=5, text="", by=actions.APPLICANT, at=desk.at())
    actions.ask_file(filed.case, by=actions.APPLICANT, at=desk.at())
    desk.do("give_file", filed.case, "water_registrar", how="12-кабинетте көрсетілді.")
    actions.ask_correction(filed.case, text="Аты қате.", by=actions.APPLICANT, at=desk.at())
    desk.do("correct", filed.case, "water_head", text="Түзетілді.")
    new = desk.do("reissue_code", filed.case, "water_registrar", identity="Жеке куәлік бойынша.")
    with pytest.raises(Missing):
        queries.follow(filed.case.number, filed.code)
    assert queries.follow(filed.case.number, new.code).case.state == "answered"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"procedure": "wish"}, "unknown_kind"),
        ({"procedure": "discipline"}, "unknown_kind"),
        ({"text": "  \n "}, "no_text"),
        ({"text": "a\x07b"}, "control_characters"),
        ({"text": "a" * 40_001}, "text_too_long"),
        ({"channel": "moon"}, "unknown_choice"),
        ({"received_at": datetime(2026, 4, 1, tzinfo=UTC)}, "ground_needed"),
        ({"received_at": datetime(2027, 4, 1, tzinfo=UTC)}, "received_in_future"),
    ],
)
def test_only_what_cannot_be_taken_is_refused(desk: Desk, given: dict[str, object], code: str) -> None:
    appeal = {"procedure": "request", "body": "water", "text": "Сұрақ.", "language": "kk", "authors": [AUTHOR]}
    with pytest.raises(Refused) as refused:
        actions.register(by=actions.APPLICANT, at=desk.at(), **{**appeal, **given})  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.kind) == (code, "input")


def test_a_body_and_a_language_that_nobody_knows_are_taken(desk: Desk) -> None:
    filed = desk.file("request", "moon", text="Скажите, когда починят дорогу?", language="de", answer_channel="fax")
    case = filed.case
    assert (case.body.code, case.language, case.answer_language, case.answer_channel) == ("city", "ru", "ru", "page")
    assert desk.file("request", "a\x00b").case.body.code == "city"  # which no look-up in PostgreSQL would survive


def test_a_wrong_iin_is_a_defect_and_no_obstacle(desk: Desk) -> None:
    filed = desk.file("request", "water", authors=[actions.Author(name="А", address="Б", iin="123")])
    assert filed.case.defects == ["wrong_iin"]


def test_paper_of_yesterday_is_dated_from_yesterday(desk: Desk) -> None:
    yesterday = desk.now - timedelta(days=1)
    filed = actions.register(
        procedure="request", body="water", text="Сұрақ.", language="ru", authors=[AUTHOR], at=desk.at(),
        by=Actor.official(desk.cast.water_registrar), channel="post",
        received_at=yesterday, received_ground="Пошта арқылы",
    )  # fmt: skip
    assert filed.case.registered_on == date(2026, 4, 14)
    assert filed.case.steps.get().note == "Пошта арқылы"


def test_an_answer_is_given_though_the_term_to_complain_ends_after_the_calendar(desk: Desk) -> None:
    desk.now = datetime(2027, 11, 10, 5, tzinfo=UTC)
    filed = desk.file("application", "water")
    desk.answer(filed.case, "water", "act_adopted")
    seen = queries.follow(filed.case.number, filed.code)
    assert seen.case.state == "answered"
    assert "complain" not in {deadline.key for deadline in seen.deadlines}


def test_what_a_recused_executor_wrote_goes_no_further(desk: Desk) -> None:
    filed = desk.file("application", "dep")
    desk.assign(filed.case, "dep")
    desk.draft(filed.case, "dep", "act_adopted")
    desk.do("submit", filed.case, "dep_executor")
    actions.ask_recusal(filed.case, reason="Туысы.", by=actions.APPLICANT, at=desk.at())
    desk.do("decide_recusal", filed.case, "dep_head", granted=True, reason="Расталды.")
    assert queries.follow(filed.case.number, filed.code).case.state == "registered"
    desk.do("assign", filed.case, "dep_registrar", executor_id=desk.cast.colleague.pk)
    with pytest.raises(Refused, match="no_draft"):
        desk.do("submit", filed.case, "colleague")


def test_a_signed_answer_nobody_sent_is_sent_by_the_clock(desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    desk.draft(filed.case, "water", "act_adopted")
    desk.do("submit", filed.case, "water_executor")
    desk.do("approve", filed.case, "water_approver")
    desk.do("sign", filed.case, "water_head", provider="demo")
    assert "dispatched" not in tick(at=desk.at()).done
    desk.wait(days=30)
    assert tick(at=desk.at()).done["dispatched"] == 1
    seen = queries.follow(filed.case.number, filed.code)
    assert (seen.case.state, seen.letters[-1].kind) == ("answered", "answer_act_adopted_favourable")


def test_a_cure_period_ends_before_the_decision_is_due(desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned")
    with pytest.raises(Refused, match="cure_too_long"):
        desk.do("ask_to_cure", filed.case, "water_registrar", defects=["no_signature"], days=15)
    assert queries.follow(filed.case.number, filed.code).case.state == "registered"
