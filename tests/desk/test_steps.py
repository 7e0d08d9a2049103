"""Every step of the law that an official takes, by its form."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qyzmet.cases import actions, queries
from qyzmet.cases.actions import Author, Filed
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, CoExecutor, Paper
from qyzmet.cases.rules import rules
from qyzmet.desk.ways import WAYS
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 signed"


def pdf(name: str = "hat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def takes(room: Room, name: str, filed: Filed, code: str, /, **form: Any) -> Case:
    """The form opens, is sent, and leads on; the case as it stands then."""
    opened = room.form(name, filed.case, code)
    assert opened.status_code == 200, text(opened)
    sent = room.act(name, filed.case, code, **form)
    assert sent.status_code == 302, text(sent)
    return room.case(filed.case)


def last(case: Case) -> str:
    return str(case.steps.order_by("-n")[0].code)


def test_every_step_an_official_may_take_has_a_form() -> None:
    officials = {"registrar", "executor", "approver", "head", "challenged"}
    of_the_law = {
        step.code
        for rule in rules().procedures.values()
        for step in rule.steps.values()
        if rule.offered and officials & set(step.who) and step.from_ and not step.plain
    }
    assert of_the_law == set(WAYS)


def test_from_assignment_to_the_answer(room: Room) -> None:
    filed = room.file("application", "water", text="Ауламыздағы құбыр жарылды. Қашан жөндейсіздер?")
    executor = room.cast.water_executor.pk
    case = takes(room, "water_registrar", filed, "assign", executor_id=executor, note="Шұғыл")
    assert (case.state, case.executor_id) == ("in_work", executor)
    case = takes(room, "water_executor", filed, "list_questions", question_1="Қашан?", question_2="", question_3="Кім?")
    assert [question.text for question in case.questions.order_by("n")] == ["Қашан?", "Кім?"]
    draft = {"outcome": "act_adopted", "language": "kk", "facts": "Құбыр көрілді.", "ground": "ӘРПК 77-бап."}
    answers = {"answer_1": "Ертең.", "joined_2": "1"}
    case = takes(room, "water_executor", filed, "draft", base="0", **draft, **answers)
    assert case.drafts.get().answers == {"1": {"text": "Ертең.", "joined_to": None}, "2": {"text": "", "joined_to": 1}}
    case = takes(room, "water_executor", filed, "submit")
    case = takes(room, "water_approver", filed, "send_back", remark="Күнін жазыңыз.")
    assert "Күнін жазыңыз." in text(room.form("water_executor", filed.case, "draft"))
    takes(room, "water_executor", filed, "draft", base="1", then="submit", **draft, **answers)
    case = takes(room, "water_approver", filed, "approve")
    assert case.state == "for_signature"
    case = takes(room, "water_head", filed, "sign", provider="demo", sure="on")
    assert case.state == "signed"
    case = takes(room, "water_registrar", filed, "dispatch", sure="on")
    assert (case.state, case.outcome) == ("answered", "act_adopted")


def test_signed_by_an_uploaded_file(room: Room) -> None:
    filed = room.file("request", "water")
    room.assign(filed.case, "water")
    room.draft(filed.case, "water", "answered")
    room.do("submit", filed.case, "water_executor")
    room.do("approve", filed.case, "water_approver")
    refused = room.act("water_head", filed.case, "sign", provider="upload", sure="on")
    assert refused.status_code == 422
    assert "Upload the signed file." in text(refused)
    case = takes(room, "water_head", filed, "sign", provider="upload", paper=pdf("sheshim.pdf"), sure="on")
    assert case.drafts.get().signature_kind == "upload"
    assert case.papers.get().kind == "signature"


def test_the_demo_signature_is_offered_in_a_demo_alone(room: Room, settings: Any) -> None:
    filed = room.file("request", "water")
    room.assign(filed.case, "water")
    room.draft(filed.case, "water", "answered")
    room.do("submit", filed.case, "water_executor")
    room.do("approve", filed.case, "water_approver")
    assert "without legal force" in text(room.form("water_head", filed.case, "sign"))
    settings.DEMO = False
    assert "without legal force" not in text(room.form("water_head", filed.case, "sign"))


def test_a_decision_is_read_before_it_is_approved_signed_and_sent(room: Room) -> None:
    filed = room.file("request", "water")
    room.assign(filed.case, "water")
    room.draft(filed.case, "water", "answered", facts="Құбыр көрілді.")
    room.do("submit", filed.case, "water_executor")
    for step, who in (("approve", "approver"), ("sign", "head"), ("dispatch", "registrar")):
        page = text(room.form(f"water_{who}", filed.case, step))
        assert 0 < page.index("Құбыр көрілді.") < page.index('data-prevent-double-click="true"'), step
        room.do(step, filed.case, f"water_{who}", **({"provider": "demo"} if step == "sign" else {}))


def test_reassign_and_help(room: Room) -> None:
    filed = room.file("application", "dep")
    room.assign(filed.case, "dep")
    colleague = room.cast.colleague.pk
    form = text(room.form("dep_registrar", filed.case, "reassign"))
    assert room.cast.colleague.surname in form
    assert room.cast.dep_executor.surname not in form.split("<form method")[1], "the present executor is not offered"
    case = takes(room, "dep_registrar", filed, "reassign", executor_id=colleague)
    assert case.executor_id == colleague
    takes(room, "dep_head", filed, "add_co_executor", person_id=room.cast.dep_executor.pk)
    assert CoExecutor.objects.get(case=filed.case).person == room.cast.dep_executor
    assert filed.case.number in text(room.get("dep_executor", "/desk/"))


def test_redirect_whole_leads_back_to_the_queue(room: Room) -> None:
    filed = room.file("application", "centre")
    sent = room.act("centre_registrar", filed.case, "redirect", body="water", reason="Су мәселесі.", sure="on")
    assert sent["Location"] == "/desk/queue/"
    assert filed.case.number in text(room.get("centre_registrar", "/desk/queue/")), "the banner names it"
    assert filed.case.number not in text(room.get("centre_registrar", "/desk/queue/"))
    assert room.case(filed.case).body.code == "water"
    assert room.get("centre_registrar", f"/desk/cases/{filed.case.number}/").status_code == 404


def test_redirect_a_part(room: Room) -> None:
    filed = room.file("application", "centre")
    case = takes(room, "centre_registrar", filed, "redirect_part", body="water", part_text="Су.", reason="Су мәселесі.")
    assert case.children.get().body.code == "water"


def test_a_complaint_is_passed_up_or_satisfied(room: Room) -> None:
    first, second = room.file("complaint", "centre"), room.file("complaint", "centre")
    sent = room.act("centre_head", first.case, "pass_up", position="Келіспейміз.", sure="on")
    assert sent.status_code == 302
    assert room.case(first.case).body.code == "dep"
    given = {"outcome": "act_cancelled", "text": "Күші жойылды.", "ground": "ӘРПК 91(4).", "sure": "on"}
    assert takes(room, "centre_head", second, "satisfy", **given).state == "satisfied"


def test_defects_are_named_and_cured(room: Room) -> None:
    filed = room.file("application", "water", signature="unsigned", authors=[Author(name="Әлі Вали")])
    form = text(room.form("water_registrar", filed.case, "ask_to_cure"))
    assert form.count(" checked") == 2, "what was found by itself is ticked"
    wanted = {"defects": ["no_postal_address", "no_signature"], "days": "5", "note": "Мекенжайыңызды жазыңыз."}
    assert takes(room, "water_registrar", filed, "ask_to_cure", **wanted).state == "curing"
    given = {"address": "Абай даңғылы, 1", "signed": pdf("arыз.pdf")}
    case = takes(room, "water_registrar", filed, "cure", **given)
    assert (case.defects, case.signature, case.state) == ([], "signed", "registered")
    assert Paper.objects.get(case=case).origin == "applicant"


def test_what_was_missing_is_entered_before_it_is_asked_for_and_shown(room: Room) -> None:
    filed = room.file("application", "water", signature="unsigned", authors=[Author(name="Әлі Вали")])
    form = text(room.form("water_registrar", filed.case, "supply"))
    assert 'name="address"' in form and 'name="signed"' in form
    assert not any(f'name="{one}"' in form for one in ("name", "iin", "email", "phone"))
    assert "Enter what the person added" in text(room.act("water_registrar", filed.case, "supply", note=""))
    case = takes(room, "water_registrar", filed, "supply", address="Абай даңғылы, 1")
    assert (case.defects, case.state, case.due_on) == (["no_signature"], "registered", filed.case.due_on)
    shown = text(room.get("water_registrar", f"/desk/cases/{case.number}/"))
    assert "Supplied after filing" in shown and "Given: postal address" in shown
    assert "Still missing: " in shown
    case = takes(room, "water_registrar", filed, "supply", signed=pdf("arыз.pdf"))
    assert (case.defects, case.signature) == ([], "signed")
    assert "Nothing is missing any more" in text(room.get("water_registrar", f"/desk/cases/{case.number}/"))
    assert room.form("water_registrar", filed.case, "supply").status_code == 409


def test_too_many_days_to_cure_is_told_beside_the_field(room: Room) -> None:
    filed = room.file("application", "water")
    sent = room.act("water_registrar", filed.case, "ask_to_cure", defects=["no_date"], days="40", note="Күні жоқ")
    assert sent.status_code == 422
    assert 'id="id_days-error"' in text(sent)
    assert "Күні жоқ" in text(sent)


def test_a_signature_is_confirmed_at_a_visit_or_by_paper(room: Room) -> None:
    first = room.file("application", "water", signature="unsigned")
    second = room.file("application", "water", signature="unsigned")
    sent = room.act("water_registrar", first.case, "confirm_signature", how="visit")
    assert (sent.status_code, "Say how the identity was checked" in text(sent)) == (422, True)
    case = takes(room, "water_registrar", first, "confirm_signature", how="visit", note="Жеке куәлік көрсетілді.")
    assert case.signature == "signed"
    sent = room.act("water_registrar", second.case, "confirm_signature", how="paper")
    assert (sent.status_code, "Attach the signed paper" in text(sent)) == (422, True)
    case = takes(room, "water_registrar", second, "confirm_signature", how="paper", paper=pdf())
    assert (case.signature, case.papers.get().kind) == ("signed", "signed_paper")


def test_return_names_the_earlier_case(room: Room) -> None:
    earlier = room.file("application", "water", text="Құбыр жарылды.")
    filed = room.file("application", "water", text="Құбыр жарылды, тағы.")
    form = text(room.form("water_head", filed.case, "return"))
    assert earlier.case.number in form
    sent = room.act("water_head", filed.case, "return", ground="identical", reason="Бұрын қаралған.", sure="on")
    assert (sent.status_code, "Give the number of the earlier case." in text(sent)) == (422, True)
    room.answer(earlier.case, "water", "act_adopted")
    given = {"ground": "identical", "reason": "Бұрын қаралған.", "parent": earlier.case.number, "sure": "on"}
    assert takes(room, "water_head", filed, "return", **given).state == "returned"


def test_extension(room: Room) -> None:
    filed = room.file("application", "water")
    room.assign(filed.case, "water")
    assert room.act("water_head", filed.case, "extend", days="900", reason="Сараптама.").status_code == 422
    assert takes(room, "water_head", filed, "extend", days="25", reason="Сараптама.").due_on == date(2026, 5, 25)


def test_preliminary_objection_and_hearing(room: Room) -> None:
    filed = room.file("application", "water")
    room.assign(filed.case, "water")
    told = {"outcome": "act_adopted", "facts": "Негіз жоқ.", "ground": "ӘРПК."}
    unsaid = room.act("water_executor", filed.case, "preliminary", **told)
    assert unsaid.status_code == 422, "what is going to be decided must be said"
    decision = "Өтемақы төлеуден бас тарту."
    case = takes(room, "water_executor", filed, "preliminary", **told, decision=decision)
    assert case.state == "preliminary"
    letter = case.case_letters.get(letter__kind="preliminary").letter.body
    assert letter.index(decision) < letter.index("Негіз жоқ."), letter
    assert takes(room, "water_registrar", filed, "object", text="Қарсымын.").state == "in_work"
    room.do("preliminary", filed.case, "water_executor", **told)
    assert takes(room, "water_registrar", filed, "ask_hearing").state == "hearing"
    when = {"day_0": "17", "day_1": "4", "day_2": "2026", "clock": "11:00", "place": "12-кабинет"}
    case = takes(room, "water_head", filed, "set_hearing", **when)
    assert case.hearings.get().set_for.isoformat() == "2026-04-17T06:00:00+00:00"
    assert "17 April 2026, 11:00" in text(room.get("water_head", f"/desk/cases/{case.number}/"))
    early = room.act("water_executor", filed.case, "hold_hearing", protocol="Тыңдалды.")
    assert (early.status_code, "has not come yet" in text(early)) == (409, True)
    room.wait(days=2, hours=2)
    assert takes(room, "water_executor", filed, "hold_hearing", protocol="Тыңдалды.").state == "in_work"
    case = takes(room, "water_registrar", filed, "remark_protocol", text="Бәрі жазылмаған.")
    assert case.hearings.get().remarks == "Бәрі жазылмаған."
    page = text(room.get("water_executor", f"/desk/cases/{filed.case.number}/"))
    assert "Бәрі жазылмаған." in page
    assert "Тыңдалды." in page


def test_the_accused_is_heard_and_never_learns_who_complains(room: Room) -> None:
    filed = room.accuse("centre_head", "centre")
    room.assign(filed.case, "dep")
    warned = text(room.form("dep_executor", filed.case, "hear_accused"))
    assert "does not give the complainant away" in warned
    named = room.act("dep_executor", filed.case, "hear_accused", question="Серікбаева не дейді?", sure="on")
    assert (named.status_code, "gives the complainant away" in text(named)) == (422, True)
    case = takes(room, "dep_executor", filed, "hear_accused", question="Лайк талап етілді ме?", sure="on")
    assert last(case) == "hear_accused"


def test_whom_a_free_text_means_is_settled(room: Room) -> None:
    filed = room.file("message", "centre", about=actions.About("conduct", text="орталық басшысы"))
    case = room.case(filed.case)
    assert case.body.code == "dep"
    form = text(room.form("dep_registrar", filed.case, "resolve_about"))
    assert "Youth centre" in form
    form = text(room.form("dep_registrar", filed.case, "resolve_about", **{"in": "centre"}))
    assert room.cast.centre_head.surname in form
    post = room.cast.posts["centre_head"].code
    assert room.act("dep_registrar", filed.case, "resolve_about", post_code=post, sure="on").status_code == 422
    sent = room.act("dep_registrar", filed.case, "resolve_about", post_code=post, sure="on", **{"in": "centre"})
    assert sent.status_code == 302
    page = text(room.get("dep_registrar", f"/desk/cases/{filed.case.number}/"))
    assert room.cast.centre_head.full_name() in page


def test_who_settles_against_oneself_is_led_away(room: Room) -> None:
    filed = room.file("message", "centre", about=actions.About("conduct", text="басшысы"))
    post = room.cast.posts["dep_head"].code
    form = {"in": "dep", "post_code": post, "sure": "on"}
    sent = room.act("dep_registrar", filed.case, "resolve_about", **form)
    assert sent["Location"] == "/desk/queue/"
    assert room.get("dep_registrar", f"/desk/cases/{filed.case.number}/").status_code == 404


def test_withdrawal_and_termination(room: Room) -> None:
    first, second = room.file("application", "water"), room.file("request", "water")
    unsure = room.act("water_registrar", first.case, "withdraw", reason="Өз еркімен.")
    assert (unsure.status_code, "Confirm that you have checked it" in text(unsure)) == (422, True)
    assert "Өз еркімен." in text(unsure)
    assert takes(room, "water_registrar", first, "withdraw", sure="on").state == "withdrawn"
    given = {"ground": "repeated", "reason": "Бұрын жауап берілген.", "sure": "on"}
    assert takes(room, "water_head", second, "terminate", **given).state == "terminated"


def test_recusal(room: Room) -> None:
    filed = room.file("application", "dep")
    room.assign(filed.case, "dep")
    early = room.form("dep_head", filed.case, "decide_recusal")
    assert (early.status_code, "No recusal was asked." in text(early)) == (409, True)
    takes(room, "dep_executor", filed, "ask_recusal", reason="Туысым.")
    case = takes(room, "dep_head", filed, "decide_recusal", granted="yes", reason="Расталды.")
    assert (case.state, case.executor_id) == ("registered", None)
    offered = text(room.form("dep_registrar", filed.case, "assign")).split("<form method")[1]
    assert room.cast.dep_executor.surname not in offered


def test_after_the_answer(room: Room) -> None:
    filed = room.file("application", "water", answer_channel="post")
    room.answer(filed.case, "water", "act_adopted")
    takes(room, "water_registrar", filed, "ask_file")
    takes(room, "water_registrar", filed, "give_file", how="12-кабинетте көрсетілді.")
    takes(room, "water_registrar", filed, "ask_correction", text="Аты қате.")
    takes(room, "water_head", filed, "correct", text="Түзетілді.")
    takes(room, "water_registrar", filed, "ask_correction", text="Тағы қате.")
    takes(room, "water_head", filed, "refuse_correction", reason="Қате жоқ.")
    takes(room, "water_registrar", filed, "note_state_register", number="ЖТ-2026-001")
    assert room.case(filed.case).state_register_number == "ЖТ-2026-001"
    room.act("water_registrar", filed.case, "complain_further", text="Келіспеймін.")
    assert filed.case.children.get().procedure == "complaint"


def test_delivery_moves_the_term_to_complain(room: Room) -> None:
    filed = room.file("application", "water", answer_channel="post")
    room.answer(filed.case, "water", "act_adopted")
    letter = filed.case.case_letters.get(letter__kind__startswith="answer").letter
    post = letter.dispatches.get(channel="post")
    room.post("water_registrar", f"/desk/dispatch/{filed.case.number}/{post.pk}/posted/")
    room.wait(days=3)
    early = {"dispatch_id": post.pk, "day_0": "1", "day_1": "4", "day_2": "2026"}
    refused = room.act("water_registrar", filed.case, "delivered", **early)
    assert (refused.status_code, "before it left" in text(refused)) == (422, True)
    case = takes(room, "water_registrar", filed, "delivered", **{**early, "day_0": "17"})
    assert case.deadlines.get(key="complain", is_open=True).start_on == date(2026, 4, 17)


def test_a_new_code_is_shown_once(room: Room) -> None:
    filed = room.file("application", "water")
    assert room.act("water_registrar", filed.case, "reissue_code", identity="", sure="on").status_code == 422
    sent = room.act("water_registrar", filed.case, "reissue_code", identity="Жеке куәлік бойынша.", sure="on")
    assert sent.status_code == 200
    code = text(sent).split('desk-code">')[1].split("<")[0]
    assert queries.follow(filed.case.number, code).case == filed.case
    assert code not in text(room.get("water_registrar", f"/desk/cases/{filed.case.number}/"))


def test_papers_are_added(room: Room) -> None:
    filed = room.file("application", "water")
    room.assign(filed.case, "water")
    two = {"papers": [pdf("1.pdf"), pdf("2.pdf")], "note": "Акт", "origin": "official"}
    case = takes(room, "water_executor", filed, "add_paper", **two)
    assert sorted(paper.name for paper in case.papers.all()) == ["1.pdf", "2.pdf"]
    for wrong, said in ((b"", "is empty"), (b"MZ\x90", "are not taken")):
        file = SimpleUploadedFile("x.exe", wrong)
        sent = room.act("water_executor", filed.case, "add_paper", papers=file, note="Сақта", origin="official")
        assert (sent.status_code, said in text(sent), "Сақта" in text(sent)) == (422, True, True)
    assert Paper.objects.count() == 2, "nothing is kept of a refused step"


def test_a_lapsed_case_may_be_complained_of(room: Room) -> None:
    filed = room.file("application", "water")
    room.now += timedelta(days=40)
    tick(at=room.now)
    assert room.case(filed.case).state == "deemed_refused"
    takes(room, "water_registrar", filed, "complain_further", text="Жауап жоқ.")
