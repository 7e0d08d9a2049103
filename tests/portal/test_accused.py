"""The page of the accused: letters and an explanation, and nothing of who complained."""

import re

import pytest
from django.test import Client

from qyzmet.cases.actions import Filed
from qyzmet.cases.models import Accusation, CaseLetter
from tests.cases.desk import AUTHOR, Desk
from tests.portal.walk import Walker, text

TEXT = "Басшы лайк басуды талап етеді, баспағандарға сөгіс береді."


@pytest.fixture
def filed(desk: Desk) -> Filed:
    """An employee's message about the head of the centre, at the department above."""
    filed = desk.accuse("centre_head", "centre", text=TEXT)
    desk.assign(filed.case, "dep")
    desk.do("hear_accused", filed.case, "dep_executor", question="Парақшадағы лайк туралы талап қойдыңыз ба?")
    return filed


def code(filed: Filed) -> str:
    letter = CaseLetter.objects.filter(case=filed.case, reader="accused").latest("id").letter
    found = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", letter.body)
    assert found
    return found[0]


def entered(filed: Filed) -> Client:
    client = Walker().client
    assert client.post("/accused/", {"code": code(filed).lower()}).headers["Location"] == "/accused/"
    return client


def test_the_accused_reads_and_explains(filed: Filed) -> None:
    client = entered(filed)
    assert "Парақшадағы лайк туралы" in text(client.get("/accused/"))
    assert "govuk-error-message" in text(client.post("/accused/", {"text": " "}))
    assert client.post("/accused/", {"text": "Талап қойған жоқпын."}).status_code == 302
    assert Accusation.objects.get().explanation == "Талап қойған жоқпын."
    assert "Талап қойған жоқпын." in text(client.get("/accused/"))


def test_nothing_of_the_complainant_or_the_case_is_shown(filed: Filed) -> None:
    shown = text(entered(filed).get("/accused/"))
    for secret in (
        AUTHOR.name,
        AUTHOR.name.split()[0],
        AUTHOR.address,
        AUTHOR.email,
        TEXT,
        filed.case.number,
        filed.code,
    ):
        assert secret not in shown


def test_the_letter_as_pdf(filed: Filed) -> None:
    letter = CaseLetter.objects.filter(case=filed.case, reader="accused").latest("id").letter_id
    assert entered(filed).get(f"/accused/letters/{letter}.pdf")["Content-Type"] == "application/pdf"
    assert Client().get(f"/accused/letters/{letter}.pdf").status_code == 404
    talon = CaseLetter.objects.filter(case=filed.case, reader="applicant").earliest("id").letter_id
    assert entered(filed).get(f"/accused/letters/{talon}.pdf").status_code == 404


def test_the_code_of_the_accused_does_not_open_the_case_nor_the_other_way_round(filed: Filed) -> None:
    assert Walker().open(filed.case.number, code(filed)).status_code == 404
    assert Walker().client.post("/accused/", {"code": filed.code}).status_code == 404


def test_wrong_codes_are_throttled(desk: Desk) -> None:
    statuses = [Client().post("/accused/", {"code": f"{n:020d}"}).status_code for n in range(31)]
    assert statuses == [404] * 30 + [429]


def test_after_the_end_nothing_is_taken(filed: Filed, desk: Desk) -> None:
    client = entered(filed)
    desk.draft(filed.case, "dep", "answered")
    for step, who in (("submit", "dep_executor"), ("approve", "dep_approver")):
        desk.do(step, filed.case, who)
    desk.do("sign", filed.case, "dep_head", provider="demo")
    desk.do("dispatch", filed.case, "dep_registrar")
    shown = text(client.get("/accused/"))
    assert 'name="text"' not in shown
    assert "govuk-error-message" not in shown
    client.post("/accused/", {"text": "Кеш түсініктеме"})
    assert Accusation.objects.get().explanation == ""


@pytest.mark.parametrize("name", ["centre_head", "administrator", "centre_registrar"])
def test_somebody_barred_learns_nothing_from_the_portal(filed: Filed, desk: Desk, name: str) -> None:
    client = Client()
    client.force_login(desk.cast.people[name])
    pages = [client.get(address) for address in ("/", "/bodies/", "/bodies/dep/", "/bodies/centre/", "/follow/")]
    for page in pages:
        assert filed.case.number not in text(page)
        assert "лайк" not in text(page)
    own, other = (client.get(f"/{number}").headers["Location"] for number in (filed.case.number, "2026-0000-0000"))
    assert own == other.replace("2026-0000-0000", filed.case.number)
