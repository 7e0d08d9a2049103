"""Filing an appeal by a program."""

from datetime import date
from typing import Any

import pytest

from qyzmet.cases import actions, queries
from qyzmet.look import words
from qyzmet.text.languages import known
from tests.api.conftest import APPEAL, AUTHOR, Program
from tests.cases.desk import Desk
from tests.cast import Cast


def filed(anybody: Program, **changes: Any) -> Any:
    response = anybody.post("/appeals", {**APPEAL, **changes})
    assert response.status_code == 201, response.content.decode()
    return response.json()


def test_an_appeal_gets_a_number_a_code_and_a_date_that_explains_itself(anybody: Program) -> None:
    talon = filed(anybody)
    assert talon["registered_on"] == "2026-04-15"
    assert talon["due_on"] == "2026-05-08"
    assert talon["body"] == "water"
    assert talon["url"].endswith("/" + talon["number"])
    assert set(talon["due"]["why"]) == {"kk", "ru", "en"}
    assert "76" in talon["due"]["rule"]
    case = queries.case_by_code(talon["number"], talon["code"])
    assert (case.channel, case.signature, case.due_on) == ("api", "unsigned", date(2026, 5, 8))


def test_what_is_missing_is_a_defect_and_no_reason_to_refuse(anybody: Program) -> None:
    talon = filed(anybody, author={"iin": "123"})
    case = queries.case_by_code(talon["number"], talon["code"])
    assert {"no_name", "no_postal_address", "wrong_iin", "no_signature"} <= set(case.defects)


def test_the_least_that_is_taken(anybody: Program) -> None:
    response = anybody.post("/appeals", {"kind": "message", "text": "Көше шамы жанбайды."})
    assert response.status_code == 201
    assert response.json()["body"] == "city"


def test_a_company_and_others_who_file_together(anybody: Program) -> None:
    talon = filed(
        anybody, author={"name": "«Жетісу су» ЖШС", "bin": "1"}, authors=[AUTHOR, {**AUTHOR, "role": "representative"}]
    )
    seen = queries.follow(talon["number"], talon["code"])
    assert [(one.is_company, one.role) for one in seen.parties] == [
        (True, "applicant"),
        (False, "joined"),
        (False, "representative"),
    ]
    assert "wrong_bin" in seen.case.defects


def test_about_a_post_goes_to_the_body_above(anybody: Program, cast: Cast) -> None:
    talon = filed(anybody, kind="message", body="centre", about=cast.posts["centre_head"].code)
    assert talon["body"] == "dep"
    assert queries.case_by_code(talon["number"], talon["code"]).is_accusation


def test_about_in_words_is_left_to_the_intake_above(anybody: Program) -> None:
    talon = filed(anybody, kind="message", body="centre", about="орталық басшысы Ысқақов")
    assert talon["body"] == "dep"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "wish"}, "unknown_kind"),
        ({"kind": "appeal"}, "unknown_kind"),
        ({"kind": "discipline"}, "unknown_kind"),
        ({"text": " \n "}, "no_text"),
        ({"text": "а\u0007б"}, "control_characters"),
        ({"text": "а\x00б"}, "control_characters"),
        ({"author": {"name": "а\x1bб"}}, "control_characters"),
        ({"text": "а" * 40_001}, "text_too_long"),
        ({"author": {"name": "а" * 2001}}, "field_too_long"),
        ({"text": None}, "request_not_taken"),
        ({"text": 5}, "request_not_taken"),
        ({"author": []}, "request_not_taken"),
        ({"author": {"iin": 990101300123}}, "request_not_taken"),
        ({"authors": "all"}, "request_not_taken"),
    ],
)
def test_what_cannot_be_taken(anybody: Program, changes: dict[str, Any], code: str) -> None:
    response = anybody.post("/appeals", {**APPEAL, **changes})
    assert response.status_code == 422, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == code
    assert response.json()["message"]


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({"body": "nowhere"}, {"body": "city"}),
        ({"body": " water\n"}, {"body": "water"}),
        (
            {"language": "de", "text": "На дороге яма, прошу починить."},
            {"language": "ru", "answer_language": "ru"},
        ),
        ({"language": "", "text": "Жолда шұңқыр бар."}, {"language": "kk", "answer_language": "kk"}),
        ({"language": "xx", "text": "There is a hole in the road."}, {"language": "en", "answer_language": "kk"}),
        ({"language": "ru", "answer_language": "fr"}, {"language": "ru", "answer_language": "ru"}),
        ({"language": "ru", "answer_language": "kk"}, {"language": "ru", "answer_language": "kk"}),
        ({"answer_channel": "fax"}, {"answer_channel": "page"}),
        ({"answer_channel": "post"}, {"answer_channel": "post"}),
    ],
)
def test_what_nobody_knows_is_taken_and_the_answer_says_as_what(
    anybody: Program, changes: dict[str, Any], taken: dict[str, str]
) -> None:
    talon = filed(anybody, **changes)
    assert {name: talon[name] for name in taken} == taken
    case = queries.case_by_code(talon["number"], talon["code"])
    assert (case.language, case.answer_language, case.answer_channel) == (
        talon["language"],
        talon["answer_language"],
        talon["answer_channel"],
    )


def test_an_unknown_code_of_a_post_is_words(anybody: Program) -> None:
    talon = filed(anybody, kind="message", body="centre", about="no-such-post")
    assert talon["body"] == "dep"
    assert queries.case_by_code(talon["number"], talon["code"]).is_accusation


@pytest.mark.parametrize("day", ["yesterday", "15.04.2026", "2026-12-01", "1900-01-01", "2026-02-30", ""])
def test_a_day_of_learning_that_is_none_counts_as_not_said(anybody: Program, day: str) -> None:
    talon = filed(anybody, kind="complaint", learned_on=day)
    assert "late" not in queries.case_by_code(talon["number"], talon["code"]).defects


def test_what_a_person_gives_of_themselves_is_taken_as_it_is(anybody: Program) -> None:
    own = {"name": "Ә" * 2000, "address": "б" * 2000, "residence": "в" * 2000, "phone": "7" * 2000}
    wrong = {"iin": "1" * 5000, "email": "қате мекенжай", "role": "friend"}
    talon = filed(anybody, author={**own, **wrong}, authors=[{"name": "Омаров", "role": "witness"}])
    seen = queries.follow(talon["number"], talon["code"])
    first, second = seen.parties
    assert {name: getattr(first, name) for name in own} == own
    assert (first.role, first.email, len(first.iin)) == ("applicant", "қате мекенжай", 100)
    assert (second.name, second.role) == ("Омаров", "joined")
    assert "wrong_iin" in seen.case.defects
    assert (len(seen.case.applicant_name), seen.case.applicant_name[-1]) == (250, "…")


def test_what_is_too_long_is_told_with_the_number(anybody: Program) -> None:
    response = anybody.post("/appeals", {**APPEAL, "author": {"address": "а" * 2001}}, Accept_Language="en")
    assert response.json()["message"] == "One of the fields is too long: 2,001 characters, at most 2,000."


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"body": "nowhere"}, "unknown_body"),
        ({"language": "de"}, "unknown_language"),
        ({"answer_channel": "fax"}, "request_not_taken"),
        ({"learned_on": "yesterday"}, "request_not_taken"),
        ({"kind": "complaint", "learned_on": "2026-12-01"}, "learned_after_filing"),
    ],
)
def test_an_official_corrects_a_slip(program: Any, changes: dict[str, Any], code: str) -> None:
    response = program("water_registrar").post("/desk/cases", {**APPEAL, "channel": "paper", **changes})
    assert (response.status_code, response.json()["code"]) == (422, code)


def test_a_field_nobody_knows_is_named(anybody: Program) -> None:
    response = anybody.post("/appeals", {**APPEAL, "colour": "red", "author": {"nmae": "А"}}, Accept_Language="en")
    assert response.status_code == 422
    detail = response.json()["detail"]
    assert {(one["where"], one["code"]) for one in detail} == {
        ("colour", "extra_forbidden"),
        ("author.nmae", "extra_forbidden"),
    }
    assert detail[0]["message"] == "There is no such field. Check how its name is written."


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 400),
        (b"[]", 422),
        (b"null", 422),
        (b"5", 422),
        (b'"text"', 422),
        (b"\xff\xfe{\x00}\x00", 400),
        (b"\xd0", 400),
        (b'{"kind": NaN}', 400),
        (b'{"kind": ' + b"9" * 5000 + b"}", 400),
        (b'{"kind": 1e999}', 422),
        (b"[" * 100_000, 400),
        (b'{"text":' * 500 + b"1" + b"}" * 500, 400),
        (b'{"kind": "message", "text": "\\ud800"}', 422),
        (b'{"kind": "message", "text": "\\u0000"}', 422),
        (b'{"kind": "message", "\\u0000": "a"}', 422),
        (b'{"kind": "message", "text": "' + b"a" * 6_000_000 + b'"}', 413),
    ],
)
def test_bytes_that_are_no_appeal(anybody: Program, body: bytes, status: int) -> None:
    response = anybody.raw("/appeals", body)
    assert response.status_code == status
    assert set(response.json()) == {"code", "message", "detail"}


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(anybody: Program, media_type: str) -> None:
    response = anybody.raw("/appeals", b'{"kind": "message", "text": "a"}', media_type)
    assert (response.status_code, response.json()["code"]) == (415, "json_wanted")


@pytest.mark.parametrize(
    ("asked", "lang"),
    [("", "kk"), ("ru", "ru"), ("en-GB, ru;q=0.5", "en"), ("de, ru-KZ;q=0.1", "ru"), ("de", "kk"), ("x" * 900, "kk")],
)
def test_a_problem_speaks_the_language_asked_for(anybody: Program, asked: str, lang: str) -> None:
    response = anybody.post("/appeals", {**APPEAL, "text": ""}, Accept_Language=asked)
    assert response["Content-Language"] == lang
    assert response.json()["message"] == words.say("no_text", known(lang))


def test_nothing_is_kept_on_the_way(anybody: Program) -> None:
    response = anybody.post("/appeals", APPEAL)
    assert response["Cache-Control"] == "no-store"
    assert "Accept-Language" in response["Vary"]


def test_the_same_key_and_request_are_one_case(anybody: Program) -> None:
    first = anybody.post("/appeals", APPEAL, Idempotency_Key="one")
    second = anybody.post("/appeals", dict(reversed(APPEAL.items())), Idempotency_Key="one")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert queries.case_by_code(second.json()["number"], second.json()["code"])


def test_a_repeated_request_is_answered_alike_whatever_happened_since(anybody: Program, desk: Desk) -> None:
    first = anybody.post("/appeals", APPEAL, Idempotency_Key="one").json()
    case = queries.case_by_code(first["number"], first["code"])
    desk.do("redirect", case, "water_registrar", body="dep", reason="Құзыреті сонда.")
    assert anybody.post("/appeals", APPEAL, Idempotency_Key="one").json() == first


def test_a_key_is_for_one_request(anybody: Program) -> None:
    anybody.post("/appeals", APPEAL, Idempotency_Key="one")
    response = anybody.post("/appeals", {**APPEAL, "text": "Басқа мәселе."}, Idempotency_Key="one")
    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")


def test_a_request_that_was_refused_leaves_its_key_free(anybody: Program) -> None:
    assert anybody.post("/appeals", {**APPEAL, "kind": "wish"}, Idempotency_Key="one").status_code == 422
    assert anybody.post("/appeals", APPEAL, Idempotency_Key="one").status_code == 201


def test_another_key_is_another_case_and_no_key_too(anybody: Program) -> None:
    numbers = {anybody.post("/appeals", APPEAL, Idempotency_Key=key).json()["number"] for key in ("one", "two")}
    numbers |= {anybody.post("/appeals", APPEAL).json()["number"] for _ in range(2)}
    assert len(numbers) == 4


@pytest.mark.parametrize("key", ["a" * 129, "two words", "кілт"])
def test_a_key_has_a_form(anybody: Program, key: str) -> None:
    assert anybody.post("/appeals", APPEAL, Idempotency_Key=key).status_code == 422


def test_a_replaced_code_is_not_told_again(anybody: Program, desk: Desk) -> None:
    first = anybody.post("/appeals", APPEAL, Idempotency_Key="one").json()
    case = queries.case_by_code(first["number"], first["code"])
    actions.reissue_code(case, identity="Жеке куәлік", by=desk.by("water_registrar"), at=desk.at())
    response = anybody.post("/appeals", APPEAL, Idempotency_Key="one")
    assert (response.status_code, response.json()["code"]) == (409, "code_replaced")


def test_codes_do_not_follow_from_what_a_sender_knows(anybody: Program, settings: Any) -> None:
    first = anybody.post("/appeals", APPEAL, Idempotency_Key="one").json()
    settings.SECRET_KEY = "another key of another server"
    response = anybody.post("/appeals", APPEAL, Idempotency_Key="one")
    assert response.status_code == 409
    assert first["code"] not in response.content.decode()
