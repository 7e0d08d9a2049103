"""The signature: none, a code by e-mail, a signed paper."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from qyzmet.cases.models import Case, IntakeDraft
from tests.cases.desk import Desk
from tests.portal.walk import ANSWERS, Walker, text

JPG = b"\xff\xd8\xff\xe0sample"


@pytest.fixture
def asked(walker: Walker) -> Walker:
    """A walker to whom a code was sent."""
    walker.go(signature={"signature": "code"})
    return walker


def newest() -> str:
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found
    return found[0]


def signature_of(walker: Walker) -> str:
    number, _ = walker.send()
    return Case.objects.get(number=number).signature


def test_a_demo_shows_the_code_that_nobody_gets(asked: Walker, settings: Any) -> None:
    page = asked.client.get("/appeal/code/")
    assert newest() in text(page)
    assert "тек демонстрация көрсетеді" in text(page)
    settings.DEMO = False
    assert newest() not in text(asked.client.get("/appeal/code/"))


def test_the_code_confirms(walker: Walker, settings: Any) -> None:
    settings.DEMO = False
    asked = walker
    asked.go(signature={"signature": "code"})
    assert mail.outbox[0].to == [ANSWERS["contacts"]["email"]]
    code = newest()
    assert code not in str(IntakeDraft.objects.get().data)
    assert asked.answer("code", {"code": f" {code[:3]} {code[3:]}"}).headers["Location"] == "/appeal/check/"
    number, _ = asked.send()
    case = Case.objects.get(number=number)
    assert (case.signature, case.defects) == ("confirmed", [])


def test_a_wrong_code_does_not(asked: Walker) -> None:
    wrong = "000000" if newest() != "000000" else "111111"
    assert "govuk-error-message" in text(asked.answer("code", {"code": wrong}))
    assert signature_of(asked) == "unsigned"


def test_after_five_wrong_codes_the_right_one_is_not_taken(asked: Walker) -> None:
    right = newest()
    for _ in range(5):
        asked.answer("code", {"code": "abc"})
    assert "govuk-error-message" in text(asked.answer("code", {"code": right}))
    assert signature_of(asked) == "unsigned"


def test_after_a_quarter_of_an_hour_the_code_is_not_taken(asked: Walker, desk: Desk) -> None:
    right = newest()
    desk.wait(minutes=16)
    assert "govuk-error-message" in text(asked.answer("code", {"code": right}))


def test_a_new_code_replaces_the_old_one(asked: Walker) -> None:
    old = newest()
    asked.answer("code", {"again": "1"})
    new = newest()
    if old != new:
        assert "govuk-error-message" in text(asked.answer("code", {"code": old}))
    assert asked.answer("code", {"code": new}).status_code == 302


def test_at_most_three_codes_are_sent(asked: Walker) -> None:
    for _ in range(4):
        asked.answer("code", {"again": "1"})
    assert len(mail.outbox) == 3


def test_a_code_for_one_address_does_not_confirm_another(asked: Walker) -> None:
    asked.answer("code", {"code": newest()})
    asked.answer("contacts", ANSWERS["contacts"] | {"email": "other@qala.example"})
    assert signature_of(asked) == "unsigned"


def test_going_on_without_a_code(asked: Walker) -> None:
    assert asked.answer("code", {"without": "1"}).headers["Location"] == "/appeal/check/"
    assert signature_of(asked) == "unsigned"


def test_a_mailbox_is_not_flooded_from_many_forms(desk: Desk) -> None:
    for _ in range(8):
        Walker().go(signature=None).answer("signature", {"signature": "code"})
    assert len(mail.outbox) == 6


def test_a_mail_server_that_fails_does_not_stop_the_appeal(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("qyzmet.portal.one_time.send_mail", broken)
    walker.go(signature=None)
    response = walker.answer("signature", {"signature": "code"})
    assert response.status_code == 200
    assert "govuk-error-message" in text(response)
    assert signature_of(walker) == "unsigned"


@pytest.mark.parametrize("email", ["", "қате"])
def test_without_a_mailbox_no_code_is_offered(walker: Walker, email: str) -> None:
    walker.go(contacts=None, signature=None)
    for _ in range(2):
        walker.answer("contacts", {"email": email})
    assert 'value="code"' not in walker.read("signature")
    assert walker.answer("signature", {"signature": "code"}).status_code == 200


def test_a_signed_paper_signs(walker: Walker) -> None:
    walker.go(signature={"signature": "paper"})
    response = walker.answer("paper", {"file": SimpleUploadedFile("қол.jpg", JPG)})
    assert response.headers["Location"] == "/appeal/check/"
    assert "қол.jpg" not in walker.read("files")
    assert "қол.jpg" in walker.read("paper")
    number, _ = walker.send()
    case = Case.objects.get(number=number)
    assert (case.signature, case.defects, case.papers.get().kind) == ("signed", [], "signed_paper")


def test_a_signed_paper_that_was_not_given_is_no_signature(walker: Walker) -> None:
    walker.go(signature={"signature": "paper"})
    walker.answer("paper", {})
    assert signature_of(walker) == "unsigned"


def test_a_signed_paper_of_another_type_is_refused(walker: Walker) -> None:
    walker.go(signature={"signature": "paper"})
    assert "govuk-error-message" in text(walker.answer("paper", {"file": SimpleUploadedFile("a.exe", b"MZ")}))
