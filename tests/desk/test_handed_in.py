"""What others hand in: a paper of the accused, which the complainant does not read, and a protocol that is a file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qyzmet.cases import actions, queries
from qyzmet.cases.models import Accusation, Paper, Step
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db


def pdf(name: str = "tusinik.pdf") -> Any:
    return SimpleUploadedFile(name, b"%PDF-1.7 sample")


def test_a_paper_of_the_accused_is_entered_and_hidden_from_the_complainant(room: Room) -> None:
    filed = room.accuse("centre_head", "centre")
    assert "from the person complained of" in text(room.form("dep_registrar", filed.case, "add_paper"))
    sent = room.act(
        "dep_registrar", filed.case, "add_paper", papers=pdf(), origin="accused", note="Талап қойған жоқпын."
    )
    assert sent.status_code == 302, text(sent)
    paper = Paper.objects.get()
    assert (paper.case, paper.origin, paper.by) == (filed.case, "accused", room.cast.dep_registrar)
    accusation = Accusation.objects.get()
    assert (accusation.explanation, accusation.explained_at) == ("Талап қойған жоқпын.", room.now)
    shown = text(room.get("dep_registrar", f"/desk/cases/{filed.case.number}/"))
    assert "from the person complained of" in shown and "Талап қойған жоқпын." in shown
    followed = queries.follow(filed.case.number, filed.code)
    assert followed.papers == []
    assert "Талап қойған" not in str([step.note for step in followed.steps])
    assert room.get("centre_head", f"/desk/cases/{filed.case.number}/").status_code == 404


def test_where_nobody_is_accused_nothing_comes_from_the_accused(room: Room) -> None:
    filed = room.file("request", "water")
    assert "from the person complained of" not in text(room.form("water_registrar", filed.case, "add_paper"))
    sent = room.act("water_registrar", filed.case, "add_paper", papers=pdf(), origin="accused", note="")
    assert (sent.status_code, Paper.objects.count()) == (422, 0)


def test_a_protocol_may_be_a_file_and_the_person_reads_it(room: Room) -> None:
    filed = room.file("application", "water")
    room.assign(filed.case, "water")
    room.do("preliminary", filed.case, "water_executor", outcome="act_adopted", facts="Бар.", ground="Бап.")
    actions.ask_hearing(filed.case, by=actions.APPLICANT, at=room.at())
    room.wait(days=1)
    room.do("set_hearing", filed.case, "water_executor", when=room.now.replace(minute=59), place="12-кабинет")
    room.wait(hours=2)
    sent = room.act("water_executor", filed.case, "hold_hearing", protocol="")
    assert (sent.status_code, Step.objects.filter(code="hold_hearing").exists()) == (422, False)
    sent = room.act("water_executor", filed.case, "hold_hearing", protocol="", papers=pdf("hattama.pdf"))
    assert sent.status_code == 302, text(sent)
    paper = Paper.objects.get()
    assert (paper.kind, paper.case) == ("protocol", filed.case)
    room.lang = "en"
    browser = room.client("water_registrar")
    browser.post("/follow/", {"number": filed.case.number, "code": filed.code})
    shown = text(browser.get(f"/{filed.case.number}"))
    assert "hattama.pdf" in shown and "protocol of the hearing" in shown
    assert browser.get(f"/{filed.case.number}/papers/{paper.pk}/").status_code == 200
    assert "protocol of the hearing" in text(room.get("water_executor", f"/desk/cases/{filed.case.number}/"))
