"""The administrator's calendar: an order with its preview, the run with its progress, the taking back."""

import html
import re
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import actions, queries
from qyzmet.cases.actions import calendar
from qyzmet.cases.models import CalendarOrder, Case, Redating, Step
from qyzmet.desk import preview as counting
from tests.desk.room import Room, text

pytestmark = pytest.mark.django_db
PAGE, PREVIEW = "/desk/calendar/", "/desk/calendar/preview/"
ACT = {"number": "36-НҚ", "dated_0": "10", "dated_1": "4", "dated_2": "2026", "url": "https://adilet.example/36"}
OFF = {"off_on_0": "22", "off_on_1": "4", "off_on_2": "2026"}
ORDER = {**OFF, **ACT}


def version() -> str:
    return CalendarOrder.objects.order_by("-n").values_list("version", flat=True).first() or ""


def enter(room: Room, **form: str) -> Any:
    return room.post("administrator", PREVIEW, **{**ORDER, "sure": "on", "base": version(), **form})


def shown(room: Room, address: str = PAGE, **query: Any) -> str:
    answer = room.get("administrator", address, **query)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", text(answer))


def figures(page: str) -> list[str]:
    return re.findall(r'<dd class="govuk-summary-list__value">([^<]*)</dd>', page)


def work(room: Room) -> None:
    room.wait(minutes=2)
    calendar.redate_on(at=room.at())


@pytest.mark.parametrize("name", ["water_head", "water_registrar", "employee"])
def test_only_an_administrator_finds_it(room: Room, name: str) -> None:
    enter(room)
    for address, query in ((PAGE, {}), (PREVIEW, ORDER), (f"{PAGE}1/back/", {})):
        assert room.get(name, address, **query).status_code == 404
    for address in (PREVIEW, f"{PAGE}1/back/", f"{PAGE}run/stop/", f"{PAGE}run/again/", f"{PAGE}run/resume/"):
        assert room.post(name, address, **ORDER, sure="on", note="x", base=version()).status_code == 404
    assert CalendarOrder.objects.count() == Redating.objects.count() == 1
    assert PAGE not in text(room.get(name, "/desk/help/"))
    assert PAGE in text(room.get("administrator", "/desk/help/"))


def test_the_preview_shows_what_would_change_and_writes_nothing(room: Room) -> None:
    first = room.file("request", "water").case
    room.file("request", "dep")
    page = shown(room, PREVIEW, **ORDER)
    assert figures(page) == ["2", "0", "2"]
    assert f"{first.number}</a>: 8 May 2026 → 12 May 2026" in page
    for body in ("Water authority", "Youth policy department"):
        assert re.search(rf"{body}</th><td[^>]*>1</td><td[^>]*>0</td>", page)
    assert "Only one day is moved" in page
    assert not CalendarOrder.objects.exists() and not Redating.objects.exists()
    assert not Step.objects.filter(code="redate").exists()


def test_the_preview_carries_every_box_to_the_confirmation(room: Room) -> None:
    given = {**ORDER, "worked_on_0": "25", "worked_on_1": "4", "worked_on_2": "2026"}
    page = shown(room, PREVIEW, **given)
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert {name: carried[name] for name in given} == given
    assert carried["base"] == ""


def test_confirmed_every_case_is_dated_again_and_the_page_tells_how_far(room: Room) -> None:
    case = room.file("request", "water").case
    assert enter(room).status_code == 302
    row = CalendarOrder.objects.get()
    assert (row.off_on, row.worked_on, row.number, row.dated, row.url, row.by) == (
        date(2026, 4, 22),
        None,
        "36-НҚ",
        date(2026, 4, 10),
        "https://adilet.example/36",
        room.cast.administrator,
    )
    page = shown(room)
    assert '<progress class="desk-progress" max="1" value="0"' in page
    assert figures(page)[:3] == ["0 / 1", "0", "0"]
    assert "36-НҚ" in page and "22 April 2026: a day off" in page
    work(room)
    page = shown(room)
    assert figures(page)[:3] == ["1 / 1", "1", "1"]
    assert "<progress" not in page and "It is done." in page
    assert room.case(case).due_on == date(2026, 5, 12)
    told = text(room.get("water_registrar", f"/desk/cases/{case.number}/"))
    assert "8 May 2026 → 12 May 2026 (36-НҚ)" in told
    assert "(day off, by order 36-НҚ, 10.04.2026)" in re.sub(r"\s+", " ", told)


def test_stopped_and_begun_again(room: Room) -> None:
    room.file("request", "water")
    enter(room)
    assert room.post("administrator", f"{PAGE}run/stop/").status_code == 302
    work(room)
    assert "It is stopped" in shown(room)
    assert figures(shown(room))[0] == "0 / 1"
    room.post("administrator", f"{PAGE}run/resume/")
    work(room)
    assert "It is done." in shown(room)
    room.post("administrator", f"{PAGE}run/resume/")
    assert "There is no such run now" in shown(room)
    assert room.post("administrator", f"{PAGE}run/other/").status_code == 404
    room.post("administrator", f"{PAGE}run/again/")
    assert Redating.objects.latest("id").order is None


def test_taken_back(room: Room) -> None:
    case = room.file("request", "water").case
    enter(room)
    work(room)
    page = shown(room, f"{PAGE}1/back/")
    assert figures(page) == ["1", "0", "0"]
    assert "22 April 2026: no day off by this order any more" in page
    lacks = room.post("administrator", f"{PAGE}1/back/", **ACT, sure="on", base=version())
    assert lacks.status_code == 422 and "“Why it no longer stands” must be filled in" in text(lacks)
    given = {**ACT, "number": "40-НҚ", "note": "Қате күн", "sure": "on", "base": version()}
    assert room.post("administrator", f"{PAGE}1/back/", **given).status_code == 302
    work(room)
    assert room.case(case).due_on == date(2026, 5, 8)
    page = shown(room)
    assert "takes back order 36-НҚ" in page and "Қате күн" in page and "taken back" in page
    gone = room.get("administrator", f"{PAGE}1/back/")
    assert gone.status_code == 302
    assert "There is no such order in force" in shown(room)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"off_on_0": "", "off_on_1": "", "off_on_2": ""}, "Say which day is moved"),
        ({"off_on_0": "1", "off_on_1": "5"}, "1 May 2026 is a day off already"),
        ({"worked_on_0": "22", "worked_on_1": "4", "worked_on_2": "2026"}, "One day cannot become both"),
        ({"worked_on_0": "23", "worked_on_1": "4", "worked_on_2": "2026"}, "23 April 2026 is a working day already"),
        ({"off_on_2": "2040"}, "Add the file of that year first"),
        ({"url": "adilet"}, "it begins with https://"),
        ({"dated_0": "30"}, "The date of the order (30 April 2026) is yet to come"),
        ({"number": ""}, "“Number of the order” must be filled in"),
    ],
)
def test_what_cannot_be_entered_is_told_beside_its_field(room: Room, form: dict[str, str], said: str) -> None:
    for answer in (room.get("administrator", PREVIEW, **{**ORDER, **form}), enter(room, **form)):
        assert answer.status_code == 422
        assert said in text(answer)
    assert not CalendarOrder.objects.exists()


def test_without_the_confirmation_nothing_is_entered(room: Room) -> None:
    answer = room.post("administrator", PREVIEW, **ORDER, base="")
    assert answer.status_code == 422
    assert "Confirm that you have the text of the order before you" in text(answer)
    assert not CalendarOrder.objects.exists()


def test_an_order_that_came_in_between_is_told_and_the_new_preview_can_be_confirmed(room: Room) -> None:
    before = version()
    enter(room)
    other = {"off_on_0": "23", "number": "37-НҚ"}
    answer = enter(room, **other, base=before)
    assert answer.status_code == 422
    assert "The calendar changed while you were looking" in text(answer)
    assert f'name="base" value="{version()}"' in text(answer)
    assert enter(room, **other).status_code == 302
    twice = enter(room)
    assert twice.status_code == 422 and "Order 36-НҚ of 10 April 2026 about this day" in text(twice)


def test_a_past_day_is_allowed_and_said(room: Room) -> None:
    room.wait(days=10)
    assert "A day that is over is among them." in shown(room, PREVIEW, **ORDER)
    assert enter(room).status_code == 302


def test_a_count_that_takes_long_says_at_least_and_goes_on(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        room.file("request", "water")
    monkeypatch.setattr(counting, "PATIENCE_SECONDS", -1.0)
    monkeypatch.setattr(counting.queries, "would_change", partial(queries.would_change, batch=2))
    page = shown(room, PREVIEW, **ORDER)
    assert figures(page) == ["at least 2", "at least 0", "at least 2"]
    on = re.search(r'href="\?([^"]*)">Count on', page)
    assert on
    whole = re.sub(r"\s+", " ", text(room.client("administrator").get(f"{PREVIEW}?{on[1].replace('&amp;', '&')}")))
    assert figures(whole) == ["at least 3", "at least 0", "at least 3"], "whether there is a fourth is not known yet"
    last = re.search(r'href="\?([^"]*)">Count on', whole)
    assert last
    done = re.sub(r"\s+", " ", text(room.client("administrator").get(f"{PREVIEW}?{last[1].replace('&amp;', '&')}")))
    assert figures(done) == ["3", "0", "3"]
    assert len(re.findall(r"→ 12 May 2026", done)) == 3


def test_a_count_of_somebody_else_or_of_another_order_is_not_taken_over(room: Room) -> None:
    room.file("request", "water")
    about = (room.cast.administrator.pk, "", "x")
    counted = counting.Counted(after=10**6, seen=99)
    assert counting.opened(counting.kept(counted, about), about).seen == 99
    assert counting.opened(counting.kept(counted, about), (0, "", "x")).seen == 0
    assert counting.opened(counting.kept(counted, about) + "x", about).seen == 0
    assert figures(shown(room, PREVIEW, **ORDER, so_far=counting.kept(counted, about))) == ["1", "0", "1"]


def test_the_barred_administrator_meets_no_number_of_the_accusation(room: Room) -> None:
    room.file("message", "dep")
    enter(room, off_on_0="21")
    work(room)
    pages = [(PAGE, {}), (PREVIEW, ORDER), (f"{PAGE}1/back/", {})]

    def told() -> list[str]:
        found = [shown(room, page, **query) for page, query in pages]
        return [re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page) for page in found]

    shown(room)
    before = told()
    room.accuse("centre_head", "centre")
    assert told() == before
    for body in (room.cast.dep, room.cast.city):
        room.cast.role(room.cast.dep_head, body, "administrator")
    assert figures(re.sub(r"\s+", " ", text(room.get("dep_head", PREVIEW, **ORDER))))[0] == "2"


def test_the_run_counts_no_accusation_for_the_barred(room: Room) -> None:
    room.file("message", "dep")
    accused = room.accuse("centre_head", "centre").case
    enter(room)
    assert figures(shown(room))[0] == "0 / 1"
    work(room)
    assert figures(shown(room))[:3] == ["1 / 1", "1", "1"]
    assert Step.objects.filter(case=accused, code="redate").count() == 1


def test_the_pages_ask_as_much_for_many_cases_and_orders_as_for_few(room: Room) -> None:
    def asked(address: str, **query: Any) -> int:
        room.get("administrator", address, **query)
        with CaptureQueriesContext(connection) as caught:
            room.get("administrator", address, **query)
        return len(caught)

    later = {**ORDER, "off_on_0": "29"}
    room.file("request", "water")
    enter(room)
    few = asked(PAGE), asked(PREVIEW, **later), asked(f"{PAGE}1/back/")
    for body in ("water", "dep", "centre", "city"):
        room.file("request", body)
    for day in ("21", "23", "24"):
        enter(room, off_on_0=day, number=day)
    assert (asked(PAGE), asked(PREVIEW, **later), asked(f"{PAGE}1/back/")) == few
    assert max(few) <= 20


@pytest.mark.parametrize(
    ("language", "words", "refused"),
    [
        ("kk", ("Күнтізбе", "Не өзгереді", "Жүріп жатыр", "22 сәуір"), "онсыз да демалыс күні"),
        ("ru", ("Календарь", "Что изменится", "Идёт.", "22 апреля"), "уже выходной день"),
        ("en", ("The calendar", "What would change", "It goes on.", "22 April"), "is a day off already"),
    ],
)
def test_in_every_language(room: Room, language: str, words: tuple[str, ...], refused: str) -> None:
    room.lang = language
    room.file("request", "water")
    preview = shown(room, PREVIEW, **ORDER)
    enter(room)
    page = shown(room)
    assert words[0] in page and words[1] in preview and words[2] in page and words[3] in page
    wrong = room.get("administrator", PREVIEW, **{**ORDER, "off_on_0": "1", "off_on_1": "5"})
    assert refused in text(wrong)
    back = shown(room, f"{PAGE}1/back/")
    assert "36-НҚ" in back
    if language != "en":
        assert "order" not in re.sub(r"<[^>]*>", " ", preview + back)


def test_the_reader_sees_the_step_and_the_letter(room: Room) -> None:
    filed = room.file("request", "water")
    enter(room)
    work(room)
    followed = queries.follow(filed.case.number, filed.code)
    assert followed.steps[-1].code == "redate"
    assert [letter.kind for letter in followed.letters][-1] == "redated"
    assert Case.objects.get(pk=filed.case.pk).due_on == date(2026, 5, 12)
    assert actions.redate_all(at=room.now + timedelta(hours=1)) == 0


def test_an_administrator_of_another_body_sees_the_orders_and_no_form(room: Room) -> None:
    enter(room)
    room.cast.role(room.cast.water_executor, room.cast.water, "administrator")
    page = html.unescape(text(room.get("water_executor", PAGE)))
    assert "36-НҚ" in page and "Only an administrator of the city's top body" in page
    assert 'name="off_on_0"' not in page and "Take back" not in page and "run/" not in page
    other = {**ORDER, "off_on_0": "23", "number": "37-НҚ"}
    refused = room.post("water_executor", PREVIEW, **other, sure="on", base=version())
    assert refused.status_code == 422 and "only an administrator of the city's top body enters it" in html.unescape(
        text(refused)
    )
    assert CalendarOrder.objects.count() == 1
