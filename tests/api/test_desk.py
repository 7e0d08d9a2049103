"""The desk by tokens: lists, the case, and every step to the answer."""

import base64
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from qyzmet.bodies import actions as bodies
from qyzmet.cases import actions
from tests.api.conftest import APPEAL, Clock, Program
from tests.cases.desk import Desk
from tests.cast import NOW, Cast

Make = Callable[..., Program]


def test_an_appeal_goes_from_filing_to_answer(
    anybody: Program, program: Make, desk: Desk, cast: Cast, clock: Clock
) -> None:
    number = anybody.post("/appeals", APPEAL).json()["number"]
    registrar, executor, approver = program("water_registrar"), program("water_executor"), program("water_approver")
    queue = registrar.get("/desk/queue", {"list": "body"}).json()
    assert [row["number"] for row in queue["rows"]] == [number]
    who = registrar.get(f"/desk/cases/{number}/assignable").json()["rows"]
    assert [one["login"] for one in who] == ["water.executor"]
    assert registrar.step(number, "assign", {"executor": who[0]["login"]})["state"]["code"] == "in_work"
    assert [row["number"] for row in executor.get("/desk/queue").json()["rows"]] == [number]
    answers = [{"question": 1, "text": "Құбыр 20 сәуірде ауыстырылады."}]
    draft = {"outcome": "act_adopted", "facts": "Тексерілді.", "ground": "ӘРПК 77-бабы."}
    assert executor.step(number, "draft", draft)["draft"] == 1
    lacking = executor.step(number, "submit", status=422)
    assert (lacking["code"], lacking["detail"][0]["where"]) == ("gate", "answer_1")
    assert lacking["detail"][0]["message"]
    assert executor.step(number, "draft", {**draft, "answers": answers})["draft"] == 2
    executor.step(number, "submit")
    approver.step(number, "approve")
    desk.now = clock.now
    case = actions.sign(_case(cast, number), provider="demo", by=desk.by("water_head"), at=desk.at()).case
    clock.now = desk.now
    assert case.state == "signed"
    done = registrar.step(number, "dispatch")
    assert done["state"]["code"] == "answered"
    view = registrar.get(f"/desk/cases/{number}").json()
    assert [one["stage"] for one in view["drafts"]] == ["signed", "draft"]
    assert view["letters"][-1]["dispatches"][0]["channel"] == "page"
    assert view["steps"][-1]["by"] == cast.water_registrar.short_name()


def _case(cast: Cast, number: str) -> Any:
    from qyzmet.cases import queries

    return queries.find(queries.reader(cast.water_head, NOW.date()), number)


def test_what_is_owed_on_closed_cases_is_a_list(program: Make, desk: Desk) -> None:
    over, asked = desk.file("message", "water").case, desk.file("message", "water").case
    for case in (over, asked):
        desk.do("withdraw", case, "water_registrar")
    registrar = program("water_registrar")
    registrar.step(asked.number, "ask_file", {"text": "Іспен танысқым келеді."})
    (row,) = registrar.get("/desk/queue", {"list": "body", "after_closing": True}).json()["rows"]
    assert (row["number"], row["is_open"], row["working_days_left"]) == (asked.number, False, 3)
    assert registrar.get("/desk/queue", {"list": "mine", "after_closing": True}).json()["rows"] == []


def test_the_page_of_a_case_says_what_may_be_done_and_why_not(program: Make, desk: Desk) -> None:
    filed = desk.file("application", "water")
    view = program("water_executor").get(f"/desk/cases/{filed.case.number}")
    assert view.status_code == 404  # an executor sees the own ones
    desk.assign(filed.case, "water")
    view = program("water_executor").get(f"/desk/cases/{filed.case.number}", Accept_Language="en").json()
    reasons = {one["code"]: one["why_not"] for one in view["possible"]}
    assert reasons["draft"] is None
    assert reasons["assign"]["code"] == "not_in_this_state"
    assert reasons["reassign"] == {
        "where": "reassign",
        "code": "not_your_role",
        "message": "Your role does not allow this step.",
    }
    assert view["text"] == filed.case.text
    assert view["parties"][0]["name"].startswith("Серікбаева")


def test_a_token_cannot_sign(program: Make, desk: Desk) -> None:
    filed = desk.file("application", "water")
    answer = program("water_head").step(filed.case.number, "sign", status=409)
    assert answer["code"] == "sign_needs_two_factors"
    assert program("centre_head").step(filed.case.number, "sign", status=404)["code"] == "missing"


def test_refused_by_state_and_by_rights(program: Make, desk: Desk) -> None:
    number = desk.file("application", "water").case.number
    early = program("water_registrar").step(number, "dispatch", status=409)
    assert (early["code"], "«Тіркелді»" in early["message"]) == ("not_in_this_state", True)
    assert (
        program("water_approver").step(number, "assign", {"executor": "water.executor"}, status=409)["code"]
        == "not_your_role"
    )
    assert program("water_registrar").step(number, "pass_up", status=409)["code"] == "not_in_this_procedure"
    assert program("city_registrar").step(number, "dispatch", status=404)["code"] == "missing"


@pytest.mark.parametrize("login", ["nobody", "water.approver", "dep.executor", ""])
def test_whoever_may_not_get_a_case_looks_like_nobody(program: Make, desk: Desk, login: str) -> None:
    number = desk.file("application", "water").case.number
    answer = program("water_registrar").step(number, "assign", {"executor": login}, status=422)
    assert answer["code"] == "not_assignable"


def test_a_case_sent_away_is_told_as_it_left(program: Make, desk: Desk) -> None:
    number = desk.file("application", "centre").case.number
    registrar = program("centre_registrar")
    part = registrar.step(number, "redirect_part", {"body": "dep", "part_text": "Үйірме.", "reason": "Құзыреті."})
    assert part["child"] not in (None, number)
    assert part["number"] == number
    gone = registrar.step(number, "redirect", {"body": "water", "reason": "Су мәселесі."})
    assert (gone["state"]["code"], gone["child"]) == ("registered", None)
    assert registrar.get(f"/desk/cases/{number}").status_code == 404


def test_a_new_code_is_given_once(anybody: Program, program: Make, desk: Desk) -> None:
    filed = desk.file("application", "water")
    given = program("water_registrar").step(filed.case.number, "reissue_code", {"identity": "Жеке куәлік"})
    assert anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=given["code"]).status_code == 200
    assert anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=filed.code).status_code == 404


def test_a_length_the_law_does_not_allow(program: Make, desk: Desk) -> None:
    filed = desk.file("application", "water")
    answer = program("water_head").step(filed.case.number, "extend", {"days": 200, "reason": "Сараптама."}, status=422)
    assert answer["message"]
    for days in (0, -5, 10**40, "5", 2.5, True):
        answer = program("water_head").step(filed.case.number, "extend", {"days": days, "reason": "а"}, status=422)
        assert answer["code"] == "request_not_taken"


@pytest.mark.parametrize(
    "when", ["tomorrow", 5, "2026-04-20", "2026-04-20T10:00:00", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59Z"]
)
def test_moments_are_moments_of_our_time(program: Make, desk: Desk, when: Any) -> None:
    number = desk.file("application", "water").case.number
    answer = program("water_head").step(number, "set_hearing", {"when": when, "place": "12"}, status=422)
    assert answer["code"] == "request_not_taken"


def test_a_hearing_and_its_protocol(anybody: Program, program: Make, desk: Desk, clock: Clock) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    executor = program("water_executor")
    said = {"outcome": "act_adopted", "facts": "Негіз жоқ.", "ground": "ӘРПК."}
    number = filed.case.number
    executor.step(number, "preliminary", said)
    anybody.post(f"/appeals/{number}/steps/ask_hearing", X_Follow_Code=filed.code)
    executor.step(number, "set_hearing", {"when": "2026-04-16T10:00:00+05:00", "place": "12-кабинет"})
    executor.step(number, "hold_hearing", {"protocol": "Тыңдалды."}, status=409)
    clock.wait(days=1, hours=1)
    assert executor.step(number, "hold_hearing", {"protocol": "Тыңдалды."})["state"]["code"] == "in_work"
    assert executor.get(f"/desk/cases/{number}").json()["hearing"]["protocol"] == "Тыңдалды."


def test_registered_for_a_person_from_paper(anybody: Program, program: Make) -> None:
    paper = {
        **APPEAL,
        "channel": "paper",
        "signature": "signed",
        "received_at": "2026-04-14T11:00:00+05:00",
        "received_ground": "Кеңсеге қағазбен келді.",
    }
    registrar = program("water_registrar")
    first = registrar.post("/desk/cases", paper, Idempotency_Key="a")
    assert first.status_code == 201, first.content.decode()
    assert registrar.post("/desk/cases", paper, Idempotency_Key="a").json() == first.json()
    assert anybody.post("/appeals", APPEAL, Idempotency_Key="a").json()["number"] != first.json()["number"]
    assert first.json()["registered_on"] == "2026-04-14"
    view = registrar.get(f"/desk/cases/{first.json()['number']}").json()
    assert (view["channel"], view["signature"]) == ("paper", "signed")
    assert registrar.post("/desk/cases", {**paper, "received_ground": ""}).json()["code"] == "ground_needed"
    later = {**paper, "received_at": "2026-05-14T11:00:00+05:00"}
    assert registrar.post("/desk/cases", later).json()["code"] == "received_in_future"
    assert program("water_executor").post("/desk/cases", paper).status_code == 409


def test_files_for_those_who_see_the_case(program: Make, desk: Desk) -> None:
    filed = desk.file("application", "water")
    sent = {"papers": [{"name": "хат.txt", "content": base64.b64encode("Хат.".encode()).decode()}]}
    program("water_registrar").step(filed.case.number, "add_paper", sent)
    paper = program("water_head").get(f"/desk/cases/{filed.case.number}").json()["papers"][0]
    path = f"/desk/cases/{filed.case.number}/papers/{paper['id']}"
    got = program("water_head").get(path)
    assert b"".join(got.streaming_content) == "Хат.".encode()
    assert program("centre_head").get(path).status_code == 404
    assert program("water_head").get(f"/desk/cases/{filed.case.number}/papers/999").status_code == 404


def test_a_file_says_from_whom_it_comes(program: Make, anybody: Program, desk: Desk) -> None:
    filed = desk.accuse("centre_head", "centre")
    registrar, path = program("dep_registrar"), f"/appeals/{filed.case.number}"
    paper = {"name": "хат.pdf", "content": base64.b64encode(b"%PDF-1.7").decode()}
    for origin in ("accused", "applicant", "official"):
        registrar.step(filed.case.number, "add_paper", {"papers": [paper], "note": origin, "origin": origin})
    registrar.step(filed.case.number, "add_paper", {"papers": [paper]})
    view = registrar.get(f"/desk/cases/{filed.case.number}").json()
    assert [one["origin"] for one in view["papers"]] == ["accused", "applicant", "official", "official"]
    assert view["accusation"]["explanation"] == "accused"
    seen = anybody.get(path, X_Follow_Code=filed.code).json()
    assert [one["origin"] for one in seen["papers"]] == ["applicant"]
    wrong = registrar.step(filed.case.number, "add_paper", {"papers": [paper], "origin": "nobody"}, status=422)
    assert wrong["code"] == "request_not_taken"
    plain = desk.file("request", "water")
    given = {"papers": [paper], "origin": "accused"}
    assert (
        program("water_registrar").step(plain.case.number, "add_paper", given, status=409)["code"] == "nobody_accused"
    )


def test_what_a_registrar_enters_for_a_person_is_the_persons(program: Make, desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned")
    paper = {"name": "хат.pdf", "content": base64.b64encode(b"%PDF-1.7").decode(), "kind": "signed_paper"}
    registrar = program("water_registrar")
    registrar.step(filed.case.number, "supply", {"papers": [paper]})
    view = registrar.get(f"/desk/cases/{filed.case.number}").json()
    assert ([one["origin"] for one in view["papers"]], view["signature"]) == (["applicant"], "signed")


def test_a_protocol_as_a_file_is_read_by_the_person(program: Make, anybody: Program, desk: Desk, clock: Clock) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    desk.do("preliminary", filed.case, "water_executor", outcome="act_adopted", facts="Бар.", ground="Бап.")
    actions.ask_hearing(filed.case, by=actions.APPLICANT, at=desk.at())
    desk.do("set_hearing", filed.case, "water_executor", when=desk.now + timedelta(hours=1), place="12-бөлме")
    clock.now = desk.now + timedelta(hours=2)
    paper = {"name": "хаттама.pdf", "content": base64.b64encode(b"%PDF-1.7").decode()}
    program("water_executor").step(filed.case.number, "hold_hearing", {"papers": [paper]})
    seen = anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=filed.code).json()
    assert [(one["kind"], one["origin"]) for one in seen["papers"]] == [("protocol", "official")]


def test_steps_that_only_their_procedure_knows(program: Make, desk: Desk) -> None:
    filed = desk.file("petition", "water")
    number, executor = filed.case.number, program("water_executor")
    desk.assign(filed.case, "water")
    visit = f"/desk/cases/{number}/steps/plain/visit"
    assert program("centre_executor").post(visit, {}).status_code == 404
    assert program("water_approver").post(visit, {}).json()["code"] == "not_your_role"
    done = executor.post(visit, {"note": "Орнында қаралды."})
    assert (done.status_code, done.json()["step"], done.json()["state"]["code"]) == (200, "visit", "in_work")
    assert filed.case.steps.order_by("-n")[0].note == "Орнында қаралды."
    for step, code in (
        ("announce", "not_in_this_state"),
        ("draft", "not_in_this_procedure"),
        ("x", "not_in_this_procedure"),
    ):
        refused = executor.post(f"/desk/cases/{number}/steps/plain/{step}", {})
        assert (refused.status_code, refused.json()["code"]) == (409, code)


def test_a_queue_is_paged_filtered_and_sorted_by_date(program: Make, desk: Desk) -> None:
    numbers = []
    for n in range(7):
        numbers.append(desk.file("application" if n % 2 else "message", "water").case.number)
        desk.wait(days=1)
    registrar, seen, after = program("water_registrar"), [], ""
    while True:
        page = registrar.get("/desk/queue", {"list": "body", "limit": 3, "after": after}).json()
        seen += page["rows"]
        after = page["after"]
        if not after:
            break
    assert sorted(row["number"] for row in seen) == sorted(numbers)
    days = [row["act_on"] for row in seen]
    assert days == sorted(days)
    kinds = registrar.get("/desk/queue", {"list": "body", "procedure": "message"}).json()["rows"]
    assert {row["procedure"] for row in kinds} == {"message"}
    assert len(registrar.get("/desk/queue", {"list": "body", "due_by": seen[0]["act_on"]}).json()["rows"]) >= 1
    assert registrar.get("/desk/queue", {"list": "body", "closed": "true"}).json()["rows"] == []
    assert registrar.get("/desk/queue", {"list": "body", "unassigned": "1"}).json()["rows"]


@pytest.mark.parametrize(
    "query",
    [
        {"list": "all"},
        {"overdu": "true"},
        {"limit": "0"},
        {"limit": "1000"},
        {"limit": "9" * 50},
        {"due_by": "soon"},
        {"overdue": "perhaps"},
        {"procedure": "a\x00b"},
        {"after": "%%%"},
        {"after": "WzFd"},  # [1]
        {"after": "WyJhIiwgMV0"},  # ["a", 1]
        {"after": "WzEsIDFd"},  # [1, 1]
        {"after": "WyIyMDI2LTA0LTE1IiwgIlx1MDAwMCJd"},  # ["2026-04-15", "\u0000"]
        {"after": "WyIyMDI2LTA0LTE1IiwgInRlbiJd"},  # ["2026-04-15", "ten"]
        {"after": "bnVsbA"},
        {"after": "ә"},
    ],
)
def test_questions_to_a_queue_that_make_no_sense(program: Make, desk: Desk, query: dict[str, str]) -> None:
    desk.file("application", "water")
    response = program("water_registrar").get("/desk/queue", {"list": "body", **query})
    assert response.status_code == 422, response.content.decode()


def test_a_page_key_with_a_number_nobody_has(program: Make, desk: Desk) -> None:
    desk.file("application", "water")
    key = "WyIyMDI2LTA0LTE1IiwgOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ"  # ["2026-04-15", 999…]
    assert program("water_registrar").get("/desk/queue", {"list": "body", "after": key}).status_code in (200, 422)


def test_found_by_number_and_by_name(program: Make, desk: Desk) -> None:
    filed = desk.file("application", "water")
    registrar = program("water_registrar")
    for text in (filed.case.number, filed.case.number.lower().replace("-", ""), "Серикбаева", "серікб"):
        assert [row["number"] for row in registrar.get("/desk/look-up", {"text": text}).json()["rows"]] == [
            filed.case.number
        ]
    assert registrar.get("/desk/look-up", {"text": "с"}).json()["rows"] == []
    assert registrar.get("/desk/look-up").status_code == 422
    assert program("centre_registrar").get("/desk/look-up", {"text": filed.case.number}).json()["rows"] == []


def test_earlier_appeals_of_the_same_person(program: Make, desk: Desk) -> None:
    first, second = desk.file("application", "water"), desk.file("message", "water")
    rows = program("water_registrar").get(f"/desk/cases/{second.case.number}/earlier").json()["rows"]
    assert [row["number"] for row in rows] == [first.case.number]


def test_keys_and_what_they_are_good_for(anybody: Program, program: Make, desk: Desk, cast: Cast) -> None:
    number = desk.file("application", "water").case.number
    reads, acts = program("water_registrar", ["read"]), program("water_registrar", ["act"])
    for path in ("/desk/queue", f"/desk/cases/{number}", "/desk/look-up", "/desk/nothing"):
        wanted = 404 if path.endswith("nothing") else 401
        response = anybody.get(path)
        assert response.status_code == wanted
        assert Program("no such token").get(path).status_code == wanted
    assert anybody.get("/desk/queue")["WWW-Authenticate"] == "Bearer"
    lacking = acts.get("/desk/queue", Accept_Language="en")
    assert (lacking.status_code, lacking.json()["code"]) == (403, "scope_missing")
    assert "read" in lacking.json()["message"]
    assert reads.get("/desk/queue").status_code == 200
    reads.step(number, "assign", {"executor": "water.executor"}, status=403)
    acts.step(number, "assign", {"executor": "water.executor"})


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer \xff", "Bearer a b", "bearer\tx"])
def test_headers_that_are_no_key(anybody: Program, header: str) -> None:
    assert anybody.client.get("/api/v1/desk/queue", headers={"Authorization": header}).status_code == 401


def test_ended_and_revoked_keys_and_people_who_left(program: Make, cast: Cast, clock: Clock) -> None:
    person = cast.water_registrar
    short = bodies.issue_token(person=person, name="a", scopes=["read"], until=date(2026, 4, 16), at=NOW)
    revoked = bodies.issue_token(person=person, name="b", scopes=["read"], at=NOW)
    assert Program(short.text).get("/desk/queue").status_code == 200
    bodies.revoke_token(token=revoked.token, at=NOW)
    assert Program(revoked.text).get("/desk/queue").status_code == 401
    clock.now = NOW + timedelta(days=3)
    assert Program(short.text).get("/desk/queue").status_code == 401


def test_a_role_that_ended_ends_with_the_key_still_alive(program: Make, cast: Cast, desk: Desk, clock: Clock) -> None:
    number = desk.file("application", "water").case.number
    registrar = program("water_registrar")
    bodies.end_role(person=cast.water_registrar, body=cast.water, role="registrar", until=date(2026, 4, 16), at=NOW)
    assert registrar.get(f"/desk/cases/{number}").status_code == 200
    clock.wait(days=2)
    assert registrar.get(f"/desk/cases/{number}").status_code == 404
    assert registrar.get("/desk/queue", {"list": "body"}).json()["rows"] == []
