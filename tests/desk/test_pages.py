"""Lists, the look-up and the case page, as each role sees them."""

import re
from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from qyzmet.bodies.actions import found_body
from qyzmet.cases import actions, papers
from qyzmet.cases.models import Paper
from qyzmet.cases.queries import COUNT_LIMIT, Counts
from qyzmet.desk.views import lists
from tests.desk.room import LANGUAGE, Room, text

pytestmark = pytest.mark.django_db
PAGES = ("", "queue/", "overdue/", "find/", "help/", "dispatch/", "dispatch/stuck/", "dispatch/register/", "export/")
ROLES = ("registrar", "executor", "approver", "head")


@pytest.mark.parametrize("page", [*PAGES, "register/", "find/first/", "cases/2026-0000-0000/"])
def test_nobody_gets_in_without_a_login(room: Room, page: str) -> None:
    assert Client().get(f"/desk/{page}")["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_for_every_role_in_every_language(room: Room, role: str) -> None:
    filed = room.file("application", "water")
    if role == "executor":
        room.assign(filed.case, "water")
    for room.lang in ("kk", "ru", "en"):
        for page in (*PAGES, f"cases/{filed.case.number}/"):
            response = room.get(f"water_{role}", f"/desk/{page}")
            assert response.status_code == 200, page
            assert f'<html lang="{room.lang}"' in text(response)
            assert "no-store" in response["Cache-Control"]


def test_a_person_without_a_role_sees_empty_lists(room: Room) -> None:
    filed = room.file("application", "centre")
    for page in PAGES:
        assert filed.case.number not in text(room.get("employee", f"/desk/{page}"))
    assert room.get("employee", f"/desk/cases/{filed.case.number}/").status_code == 404
    assert room.get("employee", "/desk/register/").status_code == 409


def test_the_queue_says_days_in_words_and_how_sure_they_are(room: Room) -> None:
    filed = room.file("application", "water")
    page = text(room.get("water_registrar", "/desk/queue/"))
    assert filed.case.number in page
    assert "3 working days left" in page
    assert "Redirection" in page
    room.wait(days=10)
    page = text(room.get("water_registrar", "/desk/overdue/"))
    assert "overdue by 4 working days" in page


def test_my_queue_is_what_i_have_in_hand(room: Room) -> None:
    mine, other = room.file("application", "dep"), room.file("application", "dep")
    room.assign(mine.case, "dep")
    room.do("assign", other.case, "dep_registrar", executor_id=room.cast.colleague.pk)
    page = text(room.get("dep_executor", "/desk/"))
    assert mine.case.number in page
    assert other.case.number not in page
    assert room.get("dep_executor", f"/desk/cases/{other.case.number}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "application"}, {"first"}),
        ({"kind": "request"}, {"second"}),
        ({"kind": "nonsense"}, {"first", "second"}),
        ({"state": "in_work"}, {"second"}),
        ({"unassigned": "1"}, {"first"}),
        ({"overdue": "1"}, set()),
        ({"closed": "1"}, {"third"}),
        ({"after_closing": "1"}, set()),
        ({"state": "registered", "kind": "application", "unassigned": "1"}, {"first"}),
    ],
)
def test_filters(room: Room, query: dict[str, str], found: set[str]) -> None:
    cases = {name: room.file(kind, "water").case for name, kind in (("first", "application"), ("second", "request"))}
    cases["third"] = room.file("message", "water").case
    room.assign(cases["second"], "water")
    room.do("withdraw", cases["third"], "water_registrar")
    page = text(room.get("water_registrar", "/desk/queue/", **query))
    assert {name for name, case in cases.items() if case.number in page} == found


OWED = "Still to do on closed cases"


def test_what_is_owed_after_the_end_has_a_list_and_a_figure_while_there_is_any(room: Room) -> None:
    asked, wrong = (room.file("application", "water").case for _ in range(2))
    done = room.file("application", "water").case
    for case in (asked, wrong, done):
        room.answer(case, "water", "act_adopted")
        room.do("take_plain", case, "water_registrar", code="carry_out")
    assert OWED not in text(room.get("water_registrar", "/desk/"))
    room.wait(days=1)
    room.do("ask_correction", wrong, "water_registrar", text="Жыл қате жазылған.")
    room.wait(days=1)
    room.do("ask_file", asked, "water_registrar")
    first = text(room.get("water_registrar", "/desk/"))
    address = re.findall(rf'href="([^"]*)">{OWED}</a> <strong[^>]*>2<', first)
    assert address == ["/desk/queue/?after_closing=1"]
    page = text(room.get("water_registrar", address[0]))
    assert re.findall(r"data-row>([^<]+)<", page) == [wrong.number, asked.number]
    assert "Decision on a correction" in page
    assert "3 working days left" in page
    assert 'name="after_closing" type="checkbox" value="1" checked' in page
    own = text(room.get("water_executor", "/desk/"))
    assert re.findall(rf'href="([^"]*)">{OWED}</a> <strong[^>]*>2<', own) == ["/desk/?after_closing=1"]
    for step in ("correct", "refuse_correction"):
        assert "Жыл қате жазылған." in text(room.get("water_head", f"/desk/cases/{wrong.number}/do/{step}/"))
    room.do("refuse_correction", wrong, "water_head", reason="Қате жоқ.")
    room.do("give_file", asked, "water_registrar", how="Көрсетілді.")
    assert room.case(wrong).act_on is room.case(asked).act_on is None
    assert OWED not in text(room.get("water_registrar", "/desk/"))


def test_what_is_owed_is_told_in_the_list_of_closed_ones_too(room: Room) -> None:
    case = room.file("message", "water").case
    room.do("withdraw", case, "water_registrar")
    assert "working day" not in text(room.get("water_registrar", "/desk/queue/?closed=1"))
    room.do("ask_file", case, "water_registrar")
    page = text(room.get("water_registrar", "/desk/queue/?closed=1"))
    assert "3 working days left" in page
    assert "Access to the file" in page
    assert "decision:" not in page, "its last day is over or beside the point"


def test_pages_go_on_by_key(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [room.file("request", "water").case.number for _ in range(5)]
    whole = lists.queries.body_queue
    monkeypatch.setattr(lists.queries, "body_queue", lambda *args, **options: whole(*args, **options, limit=2))
    met, address = [], "/desk/queue/?kind=request"
    while address:
        page = text(room.get("water_registrar", address))
        met += [number for number in numbers if number in page]
        after = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
        assert not after or "kind=request" in after
        address = f"/desk/queue/{after}".replace("&amp;", "&") if after else ""
    assert sorted(met) == sorted(numbers)
    assert "To the beginning of the list" in page


def test_counts_stop_at_a_thousand(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Counts(mine=3, body=COUNT_LIMIT + 1, overdue=COUNT_LIMIT, unassigned=0, after_closing=0)
    monkeypatch.setattr(lists.queries, "counts", lambda who: full)
    page = text(room.get("water_registrar", "/desk/queue/"))
    assert "more than 1,000" in page
    assert ">1000<" in page


def test_look_up_by_number_and_name(room: Room) -> None:
    first = room.file("application", "water")
    other = room.file("application", "water", authors=[actions.Author(name="Өмірзақ Әнуар", address="А")])
    typed = first.case.number.lower().replace("-", " ")
    assert room.get("water_registrar", "/desk/find/", q=typed)["Location"] == f"/desk/cases/{first.case.number}/"
    page = text(room.get("water_registrar", "/desk/find/", q="омирзак"))
    assert other.case.number in page, "Russian letters find Kazakh ones"
    assert first.case.number not in page
    assert first.case.number not in text(room.get("water_registrar", "/desk/find/", q="<script>"))
    suggested = room.get("water_registrar", "/desk/find/first/", q="Серік").json()
    assert [one["number"] for one in suggested["cases"]] == [first.case.number]


def test_the_case_page_tells_everything(room: Room) -> None:
    filed = room.file("application", "water", text="Құбыр жарылды. Қашан жөндейсіздер?")
    page = text(room.get("water_registrar", f"/desk/cases/{filed.case.number}/"))
    for said in (
        "Серікбаева Мадина Асқарқызы",
        "Сарыарқа көшесі, 5-үй",
        "Қашан жөндейсіздер?",
        "APPC 76(1)-(2)",
        "The count begins the next day.",
        "Жолданымды тіркеу талоны",
        "Assignment to an executor",
        "Done by: head.",
        "Possible in these states: Awaiting approval.",
    ):
        assert said in page, said
    assert '<div lang="kk" class="govuk-inset-text"><p>Құбыр жарылды.' in page


def test_all_on_the_page_is_said_in_kazakh(room: Room) -> None:
    room.lang = "kk"
    filed = room.file("application", "water")
    page = text(room.get("water_registrar", f"/desk/cases/{filed.case.number}/"))
    for english in ("What you may do now", "Days, and why", "Letters", "Who files", "Text of the appeal"):
        assert english not in page, english


def test_parent_children_and_earlier_appeals_are_linked(room: Room) -> None:
    filed = room.file("application", "centre")
    child = room.do("redirect_part", filed.case, "centre_registrar", body="water", part_text="Су.", reason="Су.").case
    earlier = room.file("request", "centre")
    page = text(room.get("centre_registrar", f"/desk/cases/{filed.case.number}/"))
    assert child.number not in page.replace(f"/{child.number}/", ""), "it is another body's"
    assert earlier.case.number in page
    assert filed.case.number not in text(room.get("water_registrar", f"/desk/cases/{child.number}/"))
    room.cast.role(room.cast.water_registrar, room.cast.centre, "registrar")
    assert filed.case.number in text(room.get("water_registrar", f"/desk/cases/{child.number}/"))


def test_with_a_complaint_that_went_up_its_reader_gets_the_file_to_read(room: Room) -> None:
    filed = room.file("application", "centre")
    room.answer(filed.case, "centre", "act_adopted")
    address = f"/desk/cases/{filed.case.number}/"
    complaint = actions.complain_further(filed.case, text="Келіспеймін.", by=actions.APPLICANT, at=room.at()).case
    assert room.get("dep_registrar", address).status_code == 404, "it has not gone up yet"
    room.do("pass_up", complaint, "centre_head", position="Біздің ұстаным.")
    shown = text(room.get("dep_registrar", f"/desk/cases/{complaint.number}/"))
    assert f'href="{address}"' in shown
    step = shown.split("Біздің ұстаным.")[0].rsplit("moj-timeline__item", 1)[-1]
    assert f"· {room.cast.centre.name('en')}" in step, "whose position it is"
    letter = filed.case.case_letters.order_by("id").last().letter_id
    page = room.get("dep_registrar", address)
    assert "Тексеру жүргізілді" in text(page)
    assert f"{address}do/" not in text(page), "it is there to be read"
    assert room.get("dep_registrar", f"{address}letters/{letter}/").status_code == 200
    assert room.get("dep_executor", address).status_code == 404, "the complaint is not given to this one"
    assert room.get("water_registrar", address).status_code == 404
    assert filed.case.number not in text(room.get("dep_registrar", "/desk/queue/?closed=1"))
    assert room.get("dep_head", f"{address}do/correct/").status_code != 200


def test_a_motion_after_the_answer_shows_its_day_on_top(room: Room) -> None:
    filed = room.file("application", "water")
    room.answer(filed.case, "water", "act_adopted")
    actions.ask_correction(filed.case, text="Күні қате.", by=actions.APPLICANT, at=room.at())
    page = text(room.get("water_head", f"/desk/cases/{filed.case.number}/"))
    head = page.split("<dl", 1)[0]
    assert "20 April 2026" in head, head[-600:]


def test_a_letter_says_in_which_language_its_reader_and_its_writer_are_named(room: Room) -> None:
    filed = room.file("application", "centre")
    room.do("redirect", filed.case, "centre_registrar", body="water", reason="Құзыреті.")
    letter = filed.case.case_letters.get(letter__kind="redirect_body").letter_id
    page = text(room.get("water_registrar", f"/desk/cases/{filed.case.number}/letters/{letter}/"))
    assert '<span lang="kk">Су шаруашылығы басқармасы' in page


def test_papers_are_downloads_and_never_pages(room: Room) -> None:
    name = 'Өтініш "жаңа"\r\n.pdf'
    paper = papers.keep(BytesIO(b"%PDF-1.7 x"), name=name, kind="attachment", origin="applicant", at=room.at())
    filed = room.file("application", "water", papers=[paper])
    other = room.file("application", "water")
    response = room.get("water_registrar", f"/desk/cases/{filed.case.number}/papers/{paper.pk}/")
    assert b"".join(response.streaming_content) == b"%PDF-1.7 x"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert room.get("water_registrar", f"/desk/cases/{other.case.number}/papers/{paper.pk}/").status_code == 404
    assert room.get("centre_registrar", f"/desk/cases/{filed.case.number}/papers/{paper.pk}/").status_code == 404
    papers.path_of(Paper.objects.get().sha256).unlink()
    assert room.get("water_registrar", f"/desk/cases/{filed.case.number}/papers/{paper.pk}/").status_code == 404


def test_letters_as_page_and_as_file(room: Room) -> None:
    filed = room.file("application", "water")
    letter = filed.case.case_letters.get().letter
    address = f"/desk/cases/{filed.case.number}/letters/{letter.pk}/"
    page = text(room.get("water_registrar", address))
    assert letter.body.split("\n")[0] in page
    made = room.get("water_registrar", f"{address}pdf/")
    assert made["Content-Type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    assert room.get("centre_registrar", address).status_code == 404
    assert room.get("centre_registrar", f"{address}pdf/").status_code == 404


def test_missing_and_not_mine_are_the_same_page(room: Room) -> None:
    filed = room.file("application", "water")
    hidden = room.get("centre_registrar", f"/desk/cases/{filed.case.number}/")
    absent = room.get("centre_registrar", "/desk/cases/2026-0000-0000/")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert text(hidden) == text(absent).replace("2026-0000-0000", filed.case.number)


def test_the_language_of_the_page_follows_the_cookie(room: Room) -> None:
    client = room.client("water_registrar")
    client.cookies[LANGUAGE] = "ru"
    assert "Мои дела" in client.get("/desk/").content.decode()


def test_the_script_and_the_style_are_there() -> None:
    assert finders.find("desk/desk.js")
    assert finders.find("desk/desk.css")


def test_who_took_a_case_up_is_not_late_for_redirecting_it(room: Room) -> None:
    filed = room.file("application", "water")
    room.assign(filed.case, "water")
    room.wait(days=9)
    assert filed.case.number not in text(room.get("water_registrar", "/desk/overdue/"))
    assert "8 working days left" in text(room.get("water_executor", "/desk/"))
    room.do("redirect", filed.case, "water_head", body="centre", reason="Үйірмелер туралы.")
    assert filed.case.steps.get(code="redirect").facts["late"] is True


def test_an_executor_has_figures_of_own_cases_alone(room: Room) -> None:
    filed = room.file("application", "water")
    room.assign(filed.case, "water")
    room.wait(days=60)
    page = text(room.get("water_executor", "/desk/"))
    assert "Of the body" not in page.split("desk-counts")[1].split("</ul>")[0]
    assert '/desk/?overdue=1">Overdue</a> <strong class="qyz-number">1<' in page


def test_who_has_no_cases_is_shown_where_work_waits(room: Room) -> None:
    room.file("application", "water")
    page = text(room.get("water_registrar", "/desk/"))
    assert "No cases here." not in page
    assert (
        '<li><a class="govuk-link" href="/desk/queue/?state=registered">To be assigned</a></li>'
        in page.split("</form>")[-1]
    )
    assert "No cases here." in text(room.get("water_registrar", "/desk/?overdue=1"))


def test_bodies_stand_in_the_order_of_the_kazakh_alphabet(room: Room) -> None:
    """Ә follows а, Қ follows к and І comes near the end; by their numbers all three would come last."""
    for code, name in (("b1", "Қала құрылысы"), ("b2", "Ізгілік орталығы"), ("b3", "Әкімдік"), ("b4", "Экономика")):
        made = found_body(
            code=code, kind="local", names=dict.fromkeys(("kk", "ru", "en"), name), duties={}, address={},
            email="", superior=room.cast.city, at=room.now,
        )  # fmt: skip
        room.cast.role(room.cast.water_registrar, made, "registrar")
    page = text(room.get("water_registrar", "/desk/queue/"))
    places = [page.index(name) for name in ("Әкімдік", "Қала құрылысы", "Ізгілік орталығы", "Экономика")]
    assert places == sorted(places)
