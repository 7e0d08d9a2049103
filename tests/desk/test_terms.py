"""At the desk: the clock is stopped and runs again; a missed term is restored; the pages say what there is to say."""

from datetime import UTC, date, datetime

import pytest

from qyzmet.cases import actions
from qyzmet.cases.actions.clock import tick
from qyzmet.cases.models import Case
from qyzmet.text.dates import ALMATY
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
MONDAY = {"first_0": "20", "first_1": "4", "first_2": "2026"}
FRIDAY = {"last_0": "24", "last_1": "4", "last_2": "2026"}
GROUND = {"cause": "inquiry", "ground": "Inquiry No. 7 of 20 April 2026"}


def until(room: Room, day: date) -> None:
    room.now = datetime(day.year, day.month, day.day, 10, tzinfo=ALMATY).astimezone(UTC)


def standing(room: Room) -> Case:
    case = room.file("tax-complaint", "water").case
    until(room, date(2026, 4, 20))
    assert room.act("water_head", case, "stand_still", **GROUND, **MONDAY).status_code == 302
    return room.case(case)


@pytest.mark.parametrize(
    ("lang", "since", "why"),
    [
        ("en", "the clock stands since 20 April 2026", "inquiry to a state body"),
        ("ru", "срок стоит с 20 апреля 2026", "запрос в государственный орган"),
        ("kk", "мерзім тоқтап тұр, басталған күні 2026 жылғы 20 сәуір", "сұрау салу"),
    ],
)
def test_a_case_that_stands_says_since_when_and_why_instead_of_a_day(
    room: Room, lang: str, since: str, why: str
) -> None:
    case = standing(room)
    room.lang = lang
    page = text(room.get("water_head", f"/desk/cases/{case.number}/"))
    assert since in page and why in page
    assert "9999" not in page and "No. 7" in page
    assert room.form("water_head", case, "redirect").status_code == 409
    Case.objects.filter(pk=case.pk).update(act_on=date.max)  # once the other days of the body are over
    listed = text(room.get("water_head", "/desk/queue/"))
    assert since in listed and "9999" not in listed


def test_it_runs_again_by_its_form_and_the_page_tells_both_days(room: Room) -> None:
    case = standing(room)
    until(room, date(2026, 4, 27))
    form = text(room.form("water_head", case, "run_again"))
    assert "from 20 April 2026, not over yet" in form
    wrong = room.act("water_head", case, "run_again", n="1", ground="No. 9")
    assert wrong.status_code == 422 and "Enter the day, month and year" in text(wrong)
    done = room.act("water_head", case, "run_again", n="1", ground="Answer No. 9", **FRIDAY)
    assert done.status_code == 302
    page = text(room.get("water_head", f"/desk/cases/{case.number}/"))
    assert "20 April 2026 – 24 April 2026" in page and "Without that the last day would be" in page
    assert room.case(case).due_on == date(2026, 6, 9)  # by hand: 1, 7, 11 and 27 May are off
    struck = room.act("water_head", case, "run_again", n="1", void="on", ground="Not sent")
    assert struck.status_code == 302
    assert "entered by mistake" in text(room.get("water_head", f"/desk/cases/{case.number}/"))


def test_what_cannot_be_said_stands_beside_its_field(room: Room) -> None:
    case = room.file("tax-complaint", "water").case
    until(room, date(2026, 4, 20))
    back = room.act("water_head", case, "stand_still", **GROUND, **{f"first_{n}": v for n, v in enumerate("95")})
    assert back.status_code == 422
    sent = {**GROUND, "first_0": "24", "first_1": "4", "first_2": "2026", "last_0": "20", "last_1": "4"}
    wrong = room.act("water_head", case, "stand_still", **sent, last_2="2026")
    assert wrong.status_code == 422 and "The last day cannot come before the first." in text(wrong)
    assert not case.standstills.exists()


def test_the_queue_shows_alone_what_stands_and_leads_there(room: Room) -> None:
    case = standing(room)
    other = room.file("application", "water").case
    listed = text(room.get("water_head", "/desk/queue/?standing=1"))
    assert case.number in listed and other.number not in listed
    assert "Check whether the clock still stands" in text(room.get("water_head", f"/desk/cases/{case.number}/"))
    assert '/desk/queue/?standing=1">Clocks that stand</a>' in text(room.get("water_head", "/desk/"))
    until(room, date(2026, 5, 21))
    tick(at=room.at())
    page = text(room.get("water_head", f"/desk/cases/{case.number}/"))
    assert "Reminder of the due date" in page and page.count("the clock stands since 20 April 2026") >= 2


def test_a_first_day_before_the_term_is_refused_beside_its_field(room: Room) -> None:
    case = room.file("tax-complaint", "water").case
    until(room, date(2026, 4, 20))
    early = room.act("water_head", case, "stand_still", **GROUND, first_0="1", first_1="4", first_2="2026")
    assert early.status_code == 422
    assert "A clock cannot stand before its term began, on 15 April 2026" in text(early)


def test_the_form_says_what_is_added_to_an_audit(room: Room) -> None:
    case = standing(room)
    assert "fifteen working days" not in text(room.form("water_head", case, "run_again"))
    audit = {**GROUND, **MONDAY, "cause": "thematic_audit"}
    assert room.act("water_head", case, "stand_still", **audit).status_code == 302
    assert "the fifteen working days after that are added" in text(room.form("water_head", case, "run_again"))
    assert room.form("water_registrar", case, "withdraw").status_code == 409


def test_what_was_extended_once_is_not_offered_to_be_extended_again(room: Room) -> None:
    case = room.file("tax-complaint", "water").case
    page = f"/desk/cases/{case.number}/"
    offered = f"{page}do/extend/"
    assert offered in text(room.get("water_head", page))
    assert room.act("water_head", case, "extend", days="40", reason="Зерделеу керек.").status_code == 302
    after = text(room.get("water_head", page))
    assert offered not in after and "The term was extended once and cannot be extended again." in after
    assert room.form("water_head", case, "extend").status_code == 409


def test_nobody_is_offered_to_stop_a_clock_that_nothing_stops(room: Room) -> None:
    case = room.file("application", "water").case
    assert "stand_still" not in text(room.get("water_head", f"/desk/cases/{case.number}/"))
    assert room.form("water_head", case, "stand_still").status_code == 404
    tax = room.file("tax-complaint", "water").case
    assert f"/desk/cases/{tax.number}/do/stand_still/" in text(room.get("water_head", f"/desk/cases/{tax.number}/"))
    assert room.form("water_registrar", tax, "stand_still").status_code == 409


def test_a_late_complaint_at_the_counter_and_the_decision_on_its_term(room: Room) -> None:
    ended = room.file("application", "water").case
    room.answer(ended, "water", "act_adopted")
    until(room, date(2026, 7, 15))
    assert "late_reason" not in text(room.form("water_registrar", ended, "complain_further"))
    until(room, date(2026, 8, 3))
    assert "The term to complain is over" in text(room.form("water_registrar", ended, "complain_further"))
    given = {"text": "Келіспеймін.", "late_ground": "illness", "late_reason": "Ауруханада жаттым."}
    assert room.act("water_registrar", ended, "complain_further", **given).status_code == 302
    late = Case.objects.get(parent=ended)
    assert "late" in late.defects
    actions.pass_up(late, by=room.by("water_head"), at=room.at())
    page = text(room.get("city_head", f"/desk/cases/{late.number}/"))
    assert "Lodged after the term for a complaint" in page and "Illness" in page
    decided = room.act("city_head", late, "decide_restoration", granted="yes", reason="Анықтама бар.")
    assert decided.status_code == 302
    assert "late" not in room.case(late).defects
    again = room.form("city_head", late, "decide_restoration")
    assert again.status_code == 409 and "Nobody has asked to restore the term." in text(again)


def test_a_registrar_enters_the_motion_of_a_person(room: Room) -> None:
    case = room.file("complaint", "dep").case
    done = room.act("dep_registrar", case, "ask_restoration", ground="other", reason="Пошта кешікті.")
    assert done.status_code == 302
    assert "late" in room.case(case).defects


def test_a_complaint_registered_by_the_day_the_person_learned(room: Room) -> None:
    given = {
        "body": "water", "channel": "visit", "procedure": "complaint", "text": "Бас тартты.", "language": "kk",
        "about": "act", "name": "Бөпе", "signature": "signed", "answer_channel": "page", "answer_language": "kk",
        "learned_on_0": "5", "learned_on_1": "1", "learned_on_2": "2026",
    }  # fmt: skip
    room.post("water_registrar", "/desk/register/", **given)
    assert "late" in Case.objects.get().defects
    room.post("water_registrar", "/desk/register/", **{**given, "untold": "on", "text": "Қайта бас тартты."})
    assert "late" not in Case.objects.latest("id").defects
    later = {**given, "learned_on_2": "2027"}
    wrong = room.post("water_registrar", "/desk/register/", **later)
    assert wrong.status_code == 422 and "cannot be later than the complaint" in text(wrong)
