"""Writing a decision: the gate speaks beside each field, and nothing typed is lost."""

import pytest

from qyzmet.cases.actions import Filed
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
FULL = {
    "outcome": "act_adopted",
    "language": "kk",
    "facts": "Құбыр көрілді. Тексерілді.",
    "ground": "77-бап.",
    "answer_1": "Ертең.",
}


@pytest.fixture
def filed(room: Room) -> Filed:
    made = room.file("application", "water", text="Құбыр жарылды. Қашан жөндейсіздер?")
    room.assign(made.case, "water")
    return made


def test_an_unfinished_draft_is_kept_and_the_gate_says_what_is_missing(room: Room, filed: Filed) -> None:
    sent = room.act("water_executor", filed.case, "draft", outcome="act_adopted", language="kk", facts="Тексерілді.")
    assert sent["Location"].endswith("/do/draft/")
    page = text(room.form("water_executor", filed.case, "draft"))
    assert "Тексерілді." in page
    assert "The legal ground is not given." in page
    assert "This question has no answer: 1. Қашан жөндейсіздер?" in page
    assert "The facts are not given." not in page
    before_ground = page.split('for="id_ground"')[0]
    assert before_ground.rstrip().rsplit("<strong", 1)[1].count("The legal ground is not given.") == 1


def test_submitting_what_the_gate_refuses_keeps_the_draft(room: Room, filed: Filed) -> None:
    sent = room.act("water_executor", filed.case, "draft", outcome="act_adopted", language="kk", then="submit")
    assert sent["Location"].endswith("/do/draft/")
    assert room.case(filed.case).state == "in_work"
    assert "saved, but not submitted" in text(room.form("water_executor", filed.case, "draft"))
    refused = room.act("water_executor", filed.case, "submit")
    assert refused.status_code == 409
    assert "The facts are not given." in text(refused)


def test_an_adverse_draft_needs_the_person_heard_or_a_ground(room: Room, filed: Filed) -> None:
    room.act("water_executor", filed.case, "draft", **FULL, adverse="on")
    assert "No preliminary decision was sent" in text(room.form("water_executor", filed.case, "draft"))
    room.act("water_executor", filed.case, "draft", **FULL, adverse="on", exemption="urgent")
    assert "Explain why no hearing is needed." in text(room.form("water_executor", filed.case, "draft"))
    urgent = {"exemption": "urgent", "exemption_reason": "Қауіп бар."}
    sent = room.act("water_executor", filed.case, "draft", **FULL, adverse="on", **urgent, then="submit")
    assert sent["Location"] == f"/desk/cases/{filed.case.number}/"
    assert room.case(filed.case).state == "on_approval"


def test_a_wrong_field_keeps_all_that_was_typed(room: Room, filed: Filed) -> None:
    sent = room.act(
        "water_executor", filed.case, "draft", outcome="dance", language="kk", facts="Ұзақ мәтін", answer_1="A"
    )
    assert sent.status_code == 422
    assert "Ұзақ мәтін" in text(sent)
    sent = room.act("water_executor", filed.case, "draft", **{**FULL, "ground": "b\x07c"})
    assert (sent.status_code, "U+0007" in text(sent), "Тексерілді." in text(sent)) == (422, True, True)
    assert filed.case.drafts.count() == 0


def test_a_newer_version_is_not_written_over_unseen(room: Room, filed: Filed) -> None:
    room.do("add_co_executor", filed.case, "water_registrar", person_id=_second_executor(room))
    room.act("water_executor", filed.case, "draft", base="0", **FULL)
    late = room.act("water_approver", filed.case, "draft", base="0", **{**FULL, "facts": "Менің мәтінім"})
    assert late.status_code == 409
    assert "has saved version 1 meanwhile" in text(late)
    assert "Менің мәтінім" in text(late)
    assert 'name="base" value="1"' in text(late)
    again = room.act("water_approver", filed.case, "draft", base="1", **{**FULL, "facts": "Менің мәтінім"})
    assert again.status_code == 302
    assert filed.case.drafts.count() == 2


def _second_executor(room: Room) -> int:
    room.cast.role(room.cast.water_approver, room.cast.water, "executor")
    return int(room.cast.water_approver.pk)


def test_nobody_approves_or_signs_an_own_draft(room: Room, filed: Filed) -> None:
    room.cast.role(room.cast.water_executor, room.cast.water, "approver")
    room.act("water_executor", filed.case, "draft", then="submit", **FULL)
    refused = room.act("water_executor", filed.case, "approve")
    assert (refused.status_code, "Nobody approves a draft of his own" in text(refused)) == (409, True)


def test_the_simplified_kinds_ask_for_no_hearing(room: Room) -> None:
    filed = room.file("request", "water")
    room.assign(filed.case, "water")
    page = text(room.form("water_executor", filed.case, "draft"))
    assert 'name="adverse"' not in page
    assert 'name="exemption"' not in page
    assert 'value="terminated"' not in page, "ending the procedure is a step of its own"


def test_the_answer_is_in_the_state_language_or_the_appeals(room: Room, filed: Filed) -> None:
    russian = room.file("application", "water", language="ru", answer_language="ru")
    room.assign(russian.case, "water")
    assert 'name="language" type="radio" value="ru"' not in text(room.form("water_executor", filed.case, "draft"))
    assert 'name="language" type="radio" value="ru"' in text(room.form("water_executor", russian.case, "draft"))
