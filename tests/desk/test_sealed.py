"""What officials read of a letter to the accused: all but the code that opens the accused's own page."""

import re
from typing import Any

import pytest
from pytest import MonkeyPatch

from qyzmet.bodies.models import Person
from qyzmet.cases import queries
from qyzmet.cases.actions import Filed
from qyzmet.cases.models import CaseLetter
from qyzmet.letters.models import Letter
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db


def heard(room: Room) -> tuple[Filed, Letter, str]:
    """An accusation, the letter to the accused, and its code."""
    filed = room.accuse("centre_head", "centre")
    room.assign(filed.case, "dep")
    room.do("hear_accused", filed.case, "dep_executor", question="Лайк талап етілді ме?")
    letter = CaseLetter.objects.get(case=filed.case, reader="accused").letter
    code = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{5}){3}", letter.body)
    assert code
    return filed, letter, code[0]


def printed(room: Room, monkeypatch: MonkeyPatch, name: str, address: str) -> str:
    """The body of the letter that the desk would make a PDF of."""
    seen: list[Any] = []
    monkeypatch.setattr("qyzmet.letters.pdf.render", lambda letter: seen.append(letter.body) or b"%PDF-")
    assert room.get(name, address).status_code == 200
    return str(seen[0])


def test_the_page_hides_the_code_and_keeps_the_rest(room: Room) -> None:
    filed, letter, code = heard(room)
    for name in ("dep_executor", "dep_registrar", "dep_head"):
        page = text(room.get(name, f"/desk/cases/{filed.case.number}/letters/{letter.pk}/"))
        assert "Лайк талап етілді ме?" in page
        assert code not in page
        assert "•••••-•••••" in page
    who = queries.reader(room.cast.dep_head, room.now.date())
    assert all(code not in link.letter.body for link in queries.case_view(who, filed.case.number).letters)


def test_a_letter_that_left_is_printed_without_the_code(room: Room, monkeypatch: MonkeyPatch) -> None:
    filed, letter, code = heard(room)
    address = f"/desk/cases/{filed.case.number}/letters/{letter.pk}/pdf/"
    assert code not in printed(room, monkeypatch, "dep_registrar", address)


def test_the_registrar_prints_what_is_to_be_handed_over(room: Room, monkeypatch: MonkeyPatch) -> None:
    Person.objects.filter(pk=room.cast.centre_head.pk).update(email="")
    filed, letter, code = heard(room)
    address = f"/desk/cases/{filed.case.number}/letters/{letter.pk}/pdf/"
    assert code in printed(room, monkeypatch, "dep_registrar", address)
    assert code not in printed(room, monkeypatch, "dep_executor", address)
    letter.dispatches.filter(channel="hand").update(state="sent")
    assert code not in printed(room, monkeypatch, "dep_registrar", address)


def test_the_timeline_names_earlier_executors(room: Room) -> None:
    filed = room.file("application", "water")
    room.assign(filed.case, "water")
    room.cast.role(room.cast.water_approver, room.cast.water, "executor")
    room.do("reassign", filed.case, "water_registrar", executor_id=room.cast.water_approver.pk)
    items = text(room.get("water_registrar", f"/desk/cases/{filed.case.number}/")).split("timeline", 1)[1]
    assert room.cast.water_executor.short_name() in items
    assert room.cast.water_approver.short_name() in items


def test_whoever_decides_sees_whether_the_accused_was_heard(room: Room) -> None:
    filed = room.accuse("centre_head", "centre")
    room.assign(filed.case, "dep")
    address = f"/desk/cases/{filed.case.number}/"
    assert "has not been asked for an explanation yet" in text(room.get("dep_executor", address))
    room.do("hear_accused", filed.case, "dep_executor", question="Лайк талап етілді ме?")
    assert "An explanation was asked for and has not come yet." in text(room.get("dep_executor", address))
