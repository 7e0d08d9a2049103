"""A newsroom's place: registered once, checked later, asks from the first minute, and one code opens what it asked."""

import io
from typing import Any

import pytest

from qyzmet.cases import actions, newsrooms, papers, queries
from qyzmet.cases.actions import APPLICANT, Opened
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case, Inquiry, Newsroom
from qyzmet.text.dates import local
from qyzmet.text.refusal import Missing, Refused
from tests.cases.desk import Desk
from tests.cast import TODAY

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "«Таң нұры» газеті",
    "registration_number": "KZ00VPY00000001",
    "address": "Тәуелсіздік даңғылы, 10",
    "email": "tan@nury.example",
}


def open_newsroom(desk: Desk, **changes: Any) -> Opened:
    given: dict[str, Any] = {"given": GIVEN, "languages": ["ru", "kk"], "signers": [("Жақсыбаева Әлия", "editor")]}
    return actions.register_newsroom(**{**given, **changes}, at=desk.at())


def ask(desk: Desk, newsroom: Newsroom, *bodies: str, **changes: Any) -> list[Case]:
    given: dict[str, Any] = {
        "text": "Биыл қанша құбыр ауыстырылды? Қандай қаражатқа?",
        "language": "kk",
        "signer_id": queries.signers(newsroom)[0].pk,
        "together": "a" * 32,
    }
    filed = actions.ask_bodies(newsroom, bodies=bodies, **{**given, **changes}, at=desk.at())
    return [one.case for one in filed]


def reader(desk: Desk, name: str) -> queries.Reader:
    return queries.reader(desk.cast.people[name], local(desk.now).date())


def refusal(call: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **given)
    return refused.value.code


def test_the_kind_is_the_laws_own_or_a_request() -> None:
    from qyzmet.cases.rules import rules

    assert newsrooms.kind() == ("newsroom" if "newsroom" in rules().procedures else "request")


def test_an_unconfirmed_newsroom_asks_all_the_same(desk: Desk) -> None:
    opened = open_newsroom(desk)
    (case,) = ask(desk, opened.newsroom, "water")
    case = Case.objects.get(pk=case.pk)
    assert (case.procedure, case.signature, case.body.code) == (newsrooms.kind(), "unsigned", "water")
    names = list(case.parties.order_by("n").values_list("role", "name", "is_company"))
    assert names == [("applicant", GIVEN["name"], True), ("representative", "Жақсыбаева Әлия", False)]
    assert case.parties.get(n=1).email == GIVEN["email"]


def test_the_code_confirms_the_address_that_stands_there(desk: Desk) -> None:
    opened = open_newsroom(desk)
    assert refusal(actions.confirm_newsroom, opened.newsroom, email="x@y.example", at=desk.at()) == "newsroom_email"
    actions.confirm_newsroom(opened.newsroom, email=GIVEN["email"], at=desk.at())
    (case,) = ask(desk, queries.newsroom_by_code(opened.code), "water")
    assert case.signature == "confirmed"


def test_one_code_opens_the_newsroom_and_each_of_its_cases(desk: Desk) -> None:
    opened = open_newsroom(desk)
    cases = ask(desk, opened.newsroom, "water", "dep")
    assert queries.newsroom_by_code(opened.code.lower()) == opened.newsroom
    for case in cases:
        assert queries.case_by_code(case.number, opened.code).pk == case.pk
    other = desk.file("request", "water")
    with pytest.raises(Missing):
        queries.case_by_code(other.case.number, opened.code)
    with pytest.raises(Missing):
        queries.newsroom_by_code(other.code)


def test_several_bodies_get_a_case_each_and_sent_twice_nothing_is_filed_twice(desk: Desk) -> None:
    opened = open_newsroom(desk)
    paper = papers.keep(io.BytesIO(b"%PDF-1"), name="a.pdf", kind="attachment", origin="applicant", at=desk.now)
    first = ask(desk, opened.newsroom, "water", "dep", "water", papers=[paper])
    again = ask(desk, opened.newsroom, "water", "dep")
    assert [case.body.code for case in first] == ["water", "dep"]
    assert [case.pk for case in again] == [case.pk for case in first]
    assert [case.papers.get().sha256 for case in first] == [paper.sha256] * 2
    assert Inquiry.objects.values("together").distinct().count() == 1


def test_a_new_code_opens_everything_and_the_old_one_nothing(desk: Desk) -> None:
    opened = open_newsroom(desk)
    (case,) = ask(desk, opened.newsroom, "water")
    desk.answer(case, "water", "answered")
    child = actions.complain_further(case, text="Жауап толық емес.", by=APPLICANT, at=desk.at()).case
    fresh = actions.change_newsroom_code(opened.newsroom)
    for number in (case.number, child.number):
        assert queries.case_by_code(number, fresh.code).number == number
        with pytest.raises(Missing):
            queries.case_by_code(number, opened.code)
    with pytest.raises(Missing):
        queries.newsroom_by_code(opened.code)


def test_a_body_cannot_give_out_a_code_that_opens_a_newsrooms_cases(desk: Desk) -> None:
    (case,) = ask(desk, open_newsroom(desk).newsroom, "water")
    by = desk.by("water_registrar")
    said = refusal(actions.reissue_code, case, identity="Куәлік.", by=by, at=desk.at())
    assert said == "newsroom_has_own_code"


@pytest.mark.parametrize("name", ["city_registrar", "administrator"])
def test_the_citys_desk_checks_a_registration(desk: Desk, name: str) -> None:
    opened = open_newsroom(desk)
    given = {"is_known": True, "note": "Тізілімде бар.", "by": desk.by(name), "at": desk.at()}
    checked = actions.check_newsroom(opened.newsroom.pk, **given)
    assert (checked.is_known, checked.checked_by) == (True, desk.cast.people[name])
    assert [one.pk for one in queries.newsrooms(reader(desk, name)).rows] == [checked.pk]
    assert refusal(actions.check_newsroom, opened.newsroom.pk, **{**given, "note": " "}) == "reason_needed"


@pytest.mark.parametrize("name", ["water_registrar", "dep_head", "city_head", "city_executor"])
def test_nobody_else_meets_the_list_of_newsrooms(desk: Desk, name: str) -> None:
    pk = open_newsroom(desk).newsroom.pk
    for look in (
        lambda: queries.newsrooms(reader(desk, name)),
        lambda: queries.newsroom_to_check(reader(desk, name), pk),
    ):
        with pytest.raises(Missing):
            look()
    by = desk.by(name)
    with pytest.raises(Missing):
        actions.check_newsroom(pk, is_known=True, note="Бар.", by=by, at=desk.at())
    with pytest.raises(Missing):
        actions.reissue_newsroom_code(pk, identity="Куәлік.", by=by, at=desk.at())


def test_a_code_reissued_by_the_desk_needs_a_check_of_who_asks(desk: Desk) -> None:
    opened, by = open_newsroom(desk), desk.by("city_registrar")
    call = actions.reissue_newsroom_code
    assert refusal(call, opened.newsroom.pk, identity=" ", by=by, at=desk.at()) == "identity_check_needed"
    fresh = call(opened.newsroom.pk, identity="Сенімхат көрсетілді.", by=by, at=desk.at())
    assert queries.newsroom_by_code(fresh.code) == opened.newsroom
    kept = Newsroom.objects.get()
    assert (kept.reissued_to, kept.reissued_by) == ("Сенімхат көрсетілді.", desk.cast.people["city_registrar"])


def test_who_left_signs_nothing_and_the_last_signer_stays(desk: Desk) -> None:
    newsroom = open_newsroom(desk).newsroom
    first = queries.signers(newsroom)[0]
    assert refusal(actions.remove_signer, newsroom, signer_id=first.pk, at=desk.at()) == "signer_needed"
    second = actions.add_signer(newsroom, name="Омаров Ерік", capacity="accredited", at=desk.at())
    actions.remove_signer(newsroom, signer_id=first.pk, at=desk.at())
    assert queries.signers(newsroom) == [second]
    assert refusal(ask, desk, newsroom, "water", signer_id=first.pk) == "signer_needed"
    stranger = queries.signers(open_newsroom(desk).newsroom)[0]
    assert refusal(ask, desk, newsroom, "water", signer_id=stranger.pk) == "signer_needed"
    with pytest.raises(Missing):
        actions.remove_signer(newsroom, signer_id=stranger.pk, at=desk.at())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"given": {**GIVEN, "name": " "}}, "newsroom_name"),
        ({"given": {**GIVEN, "name": "а" * 251}}, "field_too_long"),
        ({"given": {**GIVEN, "email": "a\x00b"}}, "control_characters"),
        ({"signers": []}, "signer_needed"),
        ({"signers": [("Омаров Ерік", "owner")]}, "unknown_choice"),
        ({"signers": [(f"Омаров {n}", "editor") for n in range(51)]}, "too_many_signers"),
    ],
)
def test_what_no_table_holds_is_refused_and_leaves_nothing(desk: Desk, changes: dict[str, Any], code: str) -> None:
    assert refusal(open_newsroom, desk, **changes) == code
    assert not Newsroom.objects.exists()


@pytest.mark.parametrize(
    ("bodies", "code"),
    [
        ([], "how_many_bodies"),
        ([f"b{n}" for n in range(21)], "how_many_bodies"),
        (["water", "moon"], "unknown_body"),
        ([""], "unknown_body"),
    ],
)
def test_an_inquiry_that_cannot_be_filed_files_nothing(desk: Desk, bodies: list[str], code: str) -> None:
    newsroom = open_newsroom(desk).newsroom
    assert refusal(ask, desk, newsroom, *bodies) == code
    assert not Case.objects.exists() and not Inquiry.objects.exists()


def test_the_clock_of_each_inquiry(desk: Desk) -> None:
    newsroom = open_newsroom(desk).newsroom
    answered, silent = ask(desk, newsroom, "water", "dep")
    desk.answer(answered, "water", "answered")
    open_ones = {one.case.pk: one for one in queries.clocks(queries.inquiries(newsroom).rows, TODAY)}
    assert open_ones[answered.pk].answered_at and open_ones[answered.pk].may_complain
    assert not open_ones[silent.pk].may_complain and open_ones[silent.pk].first
    assert {one.together for one in open_ones.values()} == {2}
    desk.wait(days=90)
    tick(at=desk.at())
    late = next(one for one in queries.clocks(queries.inquiries(newsroom).rows, TODAY) if one.case.pk == silent.pk)
    assert late.case.state == "deemed_refused" and late.may_complain
    assert late.way.above == desk.cast.city
    actions.complain_further(late.case, text="Жауап берілмеді.", by=APPLICANT, at=desk.at())
    late = next(one for one in queries.clocks(queries.inquiries(newsroom).rows, TODAY) if one.case.pk == silent.pk)
    assert late.complained and not late.may_complain and late.complaint


def test_the_clock_costs_the_same_for_many(desk: Desk, django_assert_max_num_queries: Any) -> None:
    newsroom = open_newsroom(desk).newsroom
    for n in range(4):
        ask(desk, newsroom, "water", together=f"{n}" * 32)
    rows = queries.inquiries(newsroom).rows
    with django_assert_max_num_queries(4 + len(rows)):  # the superior body of each
        assert len(queries.clocks(rows, TODAY)) == 4


def test_pages_of_inquiries_by_key(desk: Desk) -> None:
    newsroom = open_newsroom(desk).newsroom
    cases = [ask(desk, newsroom, "water", together=f"{n}" * 32)[0].pk for n in range(3)]
    first = queries.inquiries(newsroom, size=2)
    second = queries.inquiries(newsroom, after=first.after, size=2)
    assert [one.case_id for one in (*first.rows, *second.rows)] == cases[::-1]
    assert second.after is None
    assert queries.inquiries(open_newsroom(desk).newsroom).rows == []
    assert refusal(queries.inquiries, newsroom, after="x") == "bad_page_key"


def test_the_desk_reads_who_asks_and_whom_else(desk: Desk) -> None:
    newsroom = open_newsroom(desk).newsroom
    case, _other = ask(desk, newsroom, "water", "dep")
    told = queries.asked_by(reader(desk, "water_registrar"), case)
    assert told and told.newsroom == newsroom and [body.code for body in told.others] == ["dep"]
    assert queries.asked_by(reader(desk, "water_registrar"), desk.file("request", "water").case) is None
    with pytest.raises(Missing):
        queries.asked_by(reader(desk, "dep_registrar"), case)
