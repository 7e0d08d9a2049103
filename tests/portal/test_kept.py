"""Nothing typed is lost: errors, going back, a lost connection, a day gone by."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import IntakeDraft
from qyzmet.portal.drafting import COOKIE
from tests.cases.desk import Desk
from tests.portal.walk import ANSWERS, Walker, text


def test_the_cookie_holds_the_key_and_nothing_else_reads_it(walker: Walker) -> None:
    cookie = walker.answer("what", {"what": "x"}).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 24 * 3600
    assert bool(cookie["secure"]) == settings.SESSION_COOKIE_SECURE
    assert not IntakeDraft.objects.filter(token_hash__contains=cookie.value).exists()


def test_looking_at_the_first_page_keeps_nothing(walker: Walker) -> None:
    walker.client.get("/appeal/what/")
    assert not IntakeDraft.objects.exists()
    assert COOKIE not in walker.client.cookies


@pytest.mark.parametrize("page", [page for page in ANSWERS if page not in ("files", "body", "signature")])
def test_every_page_shows_what_was_typed_before(walker: Walker, page: str) -> None:
    shown = walker.go().read(page)
    for value in ANSWERS[page].values():
        assert str(value) in shown or "checked" in shown


def test_pages_may_be_shown_from_the_browsers_own_copy_when_going_back(walker: Walker) -> None:
    control = walker.go().client.get("/appeal/text/").headers["Cache-Control"]
    assert "private" in control
    assert "no-store" not in control


def test_a_lost_answer_can_be_sent_again(walker: Walker) -> None:
    walker.go()
    for _ in range(3):
        assert walker.answer("text", ANSWERS["text"]).status_code == 302
    assert IntakeDraft.objects.count() == 1


def test_an_unfinished_form_is_offered_on_the_first_page(walker: Walker) -> None:
    walker.answer("what", {"what": "x"})
    assert "/appeal/check/" in text(walker.client.get("/"))


def test_after_a_day_the_page_says_what_to_do_and_keeps_the_last_answer(walker: Walker, desk: Desk) -> None:
    walker.go()
    desk.wait(hours=25)
    assert walker.client.get("/appeal/text/").status_code == 404
    late = walker.answer("text", {"text": "Соңғы сөз", "language": "kk"})
    assert late.status_code == 410
    assert "/appeal/what/" in text(late)
    assert "Соңғы сөз" in walker.read("text")


def test_every_answer_begins_the_day_anew(walker: Walker, desk: Desk) -> None:
    walker.go()
    desk.wait(hours=20)
    walker.answer("how", ANSWERS["how"])
    desk.wait(hours=20)
    assert walker.client.get("/appeal/check/").status_code == 200


def test_the_clock_deletes_what_was_not_sent(walker: Walker, desk: Desk) -> None:
    walker.go()
    desk.wait(hours=25)
    tick(at=desk.now)
    assert not IntakeDraft.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "x" * 3000])
def test_a_wrong_key_opens_nothing(desk: Desk, token: str) -> None:
    client = Client()
    client.cookies[COOKIE] = token
    assert client.get("/appeal/text/").status_code == 404
    assert client.get("/appeal/sent/").status_code == 404
    assert client.get("/").status_code == 200


def test_without_cookies_every_page_says_so(desk: Desk) -> None:
    response = Client().get("/appeal/kind/")
    assert response.status_code == 404
    assert "cookie" in text(response)


def test_an_old_csrf_token_gets_a_page_that_says_what_to_do(desk: Desk) -> None:
    response = Client(enforce_csrf_checks=True).post("/appeal/what/", {"what": "x"})
    assert response.status_code == 403
    assert "тым ұзақ" in text(response) or "жаңарт" in text(response)


def test_an_unknown_page_is_missing(walker: Walker) -> None:
    assert walker.client.get("/appeal/nothing/").status_code == 404
    assert walker.client.get("/appeal/help/9/").status_code == 404


def test_other_methods_are_not_answered(walker: Walker) -> None:
    assert walker.go().client.delete("/appeal/text/").status_code == 405


def test_two_forms_do_not_mix(walker: Walker) -> None:
    other = Walker()
    walker.answer("what", {"what": "менікі"})
    other.answer("what", {"what": "басқа"})
    assert "менікі" in walker.read("what")
    assert "менікі" not in other.read("what")


def test_names_of_fields_that_nobody_asked_for_are_not_kept(walker: Walker) -> None:
    walker.answer("what", {"what": "x", "is_admin": "1"})
    data: dict[str, Any] = IntakeDraft.objects.get().data
    assert data["what"] == {"what": "x"}


def test_what_is_being_typed_is_kept_without_being_judged(walker: Walker) -> None:
    walker.go()
    response = walker.answer("text", {"text": "Жарты сөй", "language": "kk"}, "?keep=1")
    assert (response.status_code, response.content) == (204, b"")
    assert "Жарты сөй" in walker.read("text")
    assert walker.answer("person", {"name": "А", "iin": "1"}, "?keep=1").status_code == 204
    assert "govuk-error" not in walker.read("person")


def test_keeping_begins_nothing_and_changes_nothing_that_was_sent(walker: Walker) -> None:
    assert walker.answer("text", {"text": "x"}, "?keep=1").status_code == 204
    walker.answer("what", {"what": "x"}, "?keep=1")
    assert not IntakeDraft.objects.exists()
    walker.go().send()
    assert walker.answer("text", {"text": "басқа"}, "?keep=1").status_code == 204
    assert IntakeDraft.objects.get().data == {}


def test_only_pages_with_something_to_type_are_kept_so(walker: Walker) -> None:
    walker.go()
    assert "data-keep" in walker.read("text")
    for page in ("files", "signature", "check"):
        assert "data-keep" not in walker.read(page)
