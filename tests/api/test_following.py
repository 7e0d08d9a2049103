"""Following a case with its code, and the steps of the person who filed it."""

import base64
from typing import Any

import pytest

from qyzmet.api import throttle
from qyzmet.cases import actions
from qyzmet.cases.actions import Filed
from qyzmet.cases.models import Case
from tests.api.conftest import APPEAL, Clock, Program
from tests.cases.desk import Desk

PDF = base64.b64encode(b"%PDF-1.7\n%%EOF").decode()


def follow(anybody: Program, filed: Filed) -> Any:
    response = anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=filed.code)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def take(anybody: Program, filed: Filed, step: str, given: Any = None, *, status: int = 200) -> Any:
    response = anybody.post(f"/appeals/{filed.case.number}/steps/{step}", given, X_Follow_Code=filed.code)
    assert response.status_code == status, response.content.decode()
    return response.json()


def test_everything_the_person_is_shown(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.answer(filed.case, "water", "act_adopted")
    seen = follow(anybody, filed)
    assert seen["state"]["code"] == "answered"
    assert seen["outcome"]["code"] == "act_adopted"
    assert [one["code"] for one in seen["steps"]] == ["register", "sign", "dispatch"]
    assert seen["letters"][0]["kind"] == "talon"
    assert seen["letters"][-1]["text"]
    assert [one["key"] for one in seen["deadlines"]] == ["complain"]
    assert len(seen["deadlines"][0]["why"]["kk"]) > 2
    assert {"complain_further", "rate", "ask_file"} <= {one["code"] for one in seen["possible"]}
    assert "executor" not in str(seen["steps"])


def test_a_number_and_a_code_as_people_type_them(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    typed = filed.code.lower().replace("-", " ")
    number = filed.case.number.replace("-", "").lower()
    assert anybody.get(f"/appeals/{number}", X_Follow_Code=typed).status_code == 200


@pytest.mark.parametrize("number", ["2026-0000-0000", "nothing", "%00", "a" * 500, "..%2f", "ә"])
def test_a_wrong_number_and_a_wrong_code_look_alike(anybody: Program, desk: Desk, number: str) -> None:
    filed = desk.file("application", "water")
    absent = anybody.get(f"/appeals/{number}", X_Follow_Code=filed.code)
    wrong = anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code="AAAAA-AAAAA-AAAAA-AAAAA")
    none = anybody.get(f"/appeals/{filed.case.number}")
    assert {one.status_code for one in (absent, wrong, none)} == {404}
    assert absent.content == wrong.content == none.content


def test_too_many_wrong_codes_hold_up_whoever_tries_them(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    other = desk.file("application", "water")
    for n in range(throttle.MOST_A_NUMBER):
        assert anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=f"WRONG-{n}").status_code == 404
    held = anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=filed.code)
    assert held.status_code == 429
    assert int(held["Retry-After"]) > 0
    assert held.json()["code"] == "too_many_attempts"
    take(anybody, filed, "withdraw", status=429)
    assert follow(anybody, other)
    elsewhere = anybody.client.get(
        f"/api/v1/appeals/{filed.case.number}", headers={"X-Follow-Code": filed.code}, REMOTE_ADDR="203.0.113.9"
    )
    assert elsewhere.status_code == 200


def test_guesses_at_many_numbers_are_held_up_too(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    for n in range(throttle.MOST_A_NETWORK):
        assert anybody.get(f"/appeals/2026-0000-{n:04d}", X_Follow_Code="x").status_code == 404
    assert anybody.get(f"/appeals/{filed.case.number}", X_Follow_Code=filed.code).status_code == 429


def test_a_home_with_many_addresses_is_one_place(anybody: Program, desk: Desk) -> None:
    address = f"/api/v1/appeals/{desk.file('application', 'water').case.number}"
    statuses = [
        anybody.client.get(address, headers={"X-Follow-Code": "x"}, REMOTE_ADDR=f"2001:db8:1:2::{n:x}").status_code
        for n in range(1, throttle.MOST_A_NUMBER + 2)
    ]
    assert statuses == [404] * throttle.MOST_A_NUMBER + [429]


def test_right_codes_are_never_counted(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    for _ in range(throttle.MOST_A_NUMBER + 5):
        follow(anybody, filed)


def test_withdrawn(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    taken = take(anybody, filed, "withdraw", {"reason": "Мәселе шешілді."})
    assert (taken["step"], taken["state"]["code"]) == ("withdraw", "withdrawn")
    again = take(anybody, filed, "withdraw", status=409)
    assert again["code"] == "not_in_this_state"
    assert follow(anybody, filed)["outcome"]["code"] == "withdrawn"


def test_heard_before_a_decision(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.assign(filed.case, "water")
    said = {"outcome": "act_adopted", "facts": "Негіз жоқ.", "ground": "ӘРПК."}
    desk.do("preliminary", filed.case, "water_executor", **said)
    take(anybody, filed, "object", {"text": " "}, status=422)
    assert take(anybody, filed, "object", {"text": "Келіспеймін."})["state"]["code"] == "in_work"
    desk.do("preliminary", filed.case, "water_executor", **said)
    assert take(anybody, filed, "ask_hearing")["state"]["code"] == "hearing"


def test_complained_further_and_followed_with_the_same_code(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    desk.answer(filed.case, "water", "act_adopted")
    take(anybody, filed, "rate", {"stars": 2, "text": "Кеш."})
    child = take(anybody, filed, "complain_further", {"text": "Келіспеймін."})["child"]
    assert anybody.get(f"/appeals/{child}", X_Follow_Code=filed.code).json()["procedure"]["code"] == "complaint"
    assert [one["number"] for one in follow(anybody, filed)["children"]] == [child]
    assert take(anybody, filed, "complain_further", {"text": "Тағы."}, status=409)["code"] == "complained_already"


@pytest.mark.parametrize("stars", [0, 6, -1, 10**30])
def test_stars_have_bounds(anybody: Program, desk: Desk, stars: int) -> None:
    filed = desk.file("application", "water")
    desk.answer(filed.case, "water", "act_adopted")
    assert take(anybody, filed, "rate", {"stars": stars}, status=422)["code"] == "stars"


@pytest.mark.parametrize("stars", ["5", 4.0, True, None, [5]])
def test_stars_are_a_whole_number(anybody: Program, desk: Desk, stars: Any) -> None:
    filed = desk.file("application", "water")
    assert take(anybody, filed, "rate", {"stars": stars}, status=422)["code"] == "request_not_taken"


def test_what_is_missing_is_supplied_before_the_body_asks(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned", authors=[actions.Author(name="Әлі Вали")])
    assert "supply" in {one["code"] for one in follow(anybody, filed)["possible"]}
    assert take(anybody, filed, "supply", {"given": {"name": "Басқа"}}, status=422)["code"] == "not_lacking"
    paper = {"name": "өтініш.pdf", "content": PDF, "kind": "signed_paper"}
    taken = take(anybody, filed, "supply", {"given": {"address": "Абай даңғылы, 1"}, "papers": [paper]})
    assert taken["state"]["code"] == "registered"
    seen = follow(anybody, filed)
    assert (seen["defects"], seen["signature"], seen["due_on"]) == ([], "signed", filed.case.due_on.isoformat())
    assert take(anybody, filed, "supply", {"note": "Тағы"}, status=409)["code"] == "nothing_lacking"


def test_a_further_complaint_takes_where_the_person_lives(anybody: Program, desk: Desk) -> None:
    lives = actions.Author(name="Әлі Вали", address="Абай даңғылы, 1")
    filed = desk.file("request", "water", authors=[lives])
    desk.answer(filed.case, "water", "answered")
    given = {"text": "Келіспеймін.", "residence": "Сарыарқа көшесі, 5-үй"}
    child = take(anybody, filed, "complain_further", given)["child"]
    seen = anybody.get(f"/appeals/{child}", X_Follow_Code=filed.code).json()
    assert seen["defects"] == []
    assert Case.objects.get(number=child).parties.get().residence == "Сарыарқа көшесі, 5-үй"


def test_defects_cured_by_words_and_a_signed_paper(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned", authors=[actions.Author(name="Әлі Вали")])
    defects = ["no_postal_address", "no_signature"]
    desk.do("ask_to_cure", filed.case, "water_registrar", defects=defects, days=5)
    paper = {"name": "өтініш.pdf", "content": PDF, "kind": "signed_paper"}
    taken = take(anybody, filed, "cure", {"given": {"address": "Абай даңғылы, 1"}, "papers": [paper]})
    assert taken["state"]["code"] == "registered"
    seen = follow(anybody, filed)
    assert (seen["defects"], seen["signature"]) == ([], "signed")
    assert [(one["name"], one["media_type"]) for one in seen["papers"]] == [("өтініш.pdf", "application/pdf")]
    path = f"/appeals/{filed.case.number}/papers/{seen['papers'][0]['id']}"
    got = anybody.get(path, X_Follow_Code=filed.code)
    assert b"".join(got.streaming_content) == base64.b64decode(PDF)
    assert got["Content-Disposition"].startswith("attachment")
    assert anybody.get(path, X_Follow_Code="wrong").status_code == 404
    assert anybody.get(f"/appeals/{filed.case.number}/papers/999", X_Follow_Code=filed.code).status_code == 404
    assert anybody.get(f"/appeals/{filed.case.number}/papers/{10**30}", X_Follow_Code=filed.code).status_code == 422


def test_a_signature_is_not_confirmed_without_a_paper(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned")
    assert take(anybody, filed, "confirm_signature", status=422)["code"] == "signed_paper_needed"
    assert take(anybody, filed, "confirm_signature", {"how": "confirmed"}, status=422)["code"] == "request_not_taken"


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "file_empty"), ("AAAA", "file_type"), ("%%%", "request_not_taken"), (5, "request_not_taken")],
)
def test_files_that_cannot_be_taken(anybody: Program, desk: Desk, content: Any, code: str) -> None:
    filed = desk.file("application", "water")
    given = {"papers": [{"name": "a.pdf", "content": content}]}
    assert take(anybody, filed, "add_paper", given, status=422)["code"] == code


def test_a_file_of_a_refused_step_is_not_kept(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    take(anybody, filed, "withdraw")
    take(anybody, filed, "add_paper", {"papers": [{"name": "a.pdf", "content": PDF}]}, status=409)
    assert follow(anybody, filed)["papers"] == []


def test_steps_of_officials_are_not_here(anybody: Program, desk: Desk) -> None:
    filed = desk.file("application", "water")
    for step in ("assign", "sign", "lapse", "register", "nothing"):
        take(anybody, filed, step, {}, status=404)


def test_a_number_of_filing_is_followed_at_once(anybody: Program, clock: Clock) -> None:
    talon = anybody.post("/appeals", APPEAL).json()
    seen = anybody.get(f"/appeals/{talon['number']}", X_Follow_Code=talon["code"]).json()
    assert (seen["number"], seen["due_on"], seen["registered_at"]) == (
        talon["number"],
        talon["due_on"],
        talon["registered_at"],
    )
