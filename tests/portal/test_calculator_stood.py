"""The calculator's harder questions: days on which the clock stood, and rules that nobody has checked."""

import html
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from qyzmet.cases.rules import rules
from qyzmet.law import answer
from qyzmet.law.suspended import interval
from tests.portal.test_calculator import client, properties, read, said
from tests.portal.walk import text

pytestmark = pytest.mark.django_db

IMPOSE = "kind=discipline&term=impose&day=2026-07-06&hour=10%3A00"
ILL = "suspended=2026-07-10..2026-07-20%3Aillness"
LAPSE = "kind=discipline&term=lapse_remark&day=2026-06-30"


def test_an_illness_moves_the_day_and_is_told_in_three_languages() -> None:
    assert "Last day: 6 August 2026" in read(IMPOSE)
    shown = text(client("kk").get(f"/law/date/?{IMPOSE}&{ILL}"))
    assert '<time datetime="2026-08-17">' in shown
    name = {one.same_as: one.name for one in rules().procedure("discipline").suspensions.values()}["illness"]
    for lang in ("kk", "ru", "en"):
        assert name[lang] in html.unescape(shown), lang


def test_what_was_typed_in_boxes_becomes_the_same_link_and_the_boxes_keep_it() -> None:
    day = {"day_0": "6", "day_1": "7", "day_2": "2026", "hour": "10:00"}
    first = {"stood0-first_0": "10", "stood0-first_1": "7", "stood0-first_2": "2026"}
    last = {"stood0-last_0": "20", "stood0-last_1": "7", "stood0-last_2": "2026"}
    typed = {"kind": "discipline", "term": "impose", "stood0-cause": "illness", **day, **first, **last}
    answered = client().get("/law/date/", typed)
    assert answered.status_code == 302
    assert parse_qs(urlsplit(answered.headers["Location"]).query) == parse_qs(f"{IMPOSE}&{ILL}")
    shown = text(client().get(answered.headers["Location"]))
    assert re.search(r'<input[^>]*name="stood0-last_0"[^>]*value="20"', shown)
    assert 'name="stood1-cause"' in shown, "room for one more"


def test_a_clock_that_still_stands_has_no_day_and_no_file() -> None:
    query = f"{IMPOSE}&suspended=2026-07-10..%3Aillness"
    shown = read(query)
    assert "The clock still stands: the last day cannot be told yet." in shown
    assert "9999" not in shown
    assert client().get(f"/law/date.ics?{query}").status_code == 302


def test_the_file_of_a_question_with_an_illness_carries_it() -> None:
    found = properties(client("ru").get(f"/law/date.ics?{IMPOSE}&{ILL}").content)
    assert found["DTSTART"] == ({"VALUE": "DATE"}, "20260817")
    assert parse_qs(urlsplit(found["URL"][1]).query) == parse_qs(f"{IMPOSE}&{ILL}")
    name = {one.same_as: one.name for one in rules().procedure("discipline").suspensions.values()}["illness"]
    assert name["ru"] in said(found["DESCRIPTION"][1])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"{IMPOSE}&suspended=2026-07-10..2026-07-01%3Aillness", "The last day is before the first"),
        (f"{IMPOSE}&suspended=2026-07-10..%3Anope", "Choose one of the causes"),
        (f"{IMPOSE}&suspended=nonsense", "Choose one of the causes"),
        (f"{IMPOSE}&suspended=2026-02-30..%3Aillness", "Enter a real date"),
        (f"{IMPOSE}&suspended=..2026-07-12%3Aillness", "Enter the day, month and year"),
        (f"{IMPOSE.replace('impose', 'outer')}&{ILL}", "does not suspend"),
    ],
)
def test_a_wrong_stretch_is_refused_beside_its_box(query: str, words: str) -> None:
    shown = text(client().get(f"/law/date/?{query}"))
    summary = shown[shown.index("error-summary__list") : shown.index("</ul>", shown.index("error-summary__list"))]
    assert 'href="#id_stood0-' in summary
    assert words in html.unescape(summary)
    assert "<time" not in shown


def test_a_cause_is_asked_only_where_one_stops_a_term() -> None:
    assert "stood0-cause" in text(client().get("/law/date/?kind=discipline"))
    assert "stood0-cause" not in text(client().get("/law/date/?kind=statement"))


def test_an_unchecked_rule_decides_only_where_it_is_switched_on_and_is_marked() -> None:
    refused = text(client().get(f"/law/date/?{LAPSE}"))
    assert 'href="#id_unverified"' in refused
    shown = read(f"{LAPSE}&unverified=1")
    assert "not verified" in shown
    assert "You let rules decide that nobody has checked" in shown
    law = rules().switched_on("discipline")
    on = answer(law, "discipline", date(2026, 6, 30), term="lapse_remark").due.on
    assert f"{on.day} {on:%B} {on.year}" in shown
    assert parse_qs(urlsplit(client().get(f"/law/date/?{LAPSE}&unverified=on").headers["Location"]).query)[
        "unverified"
    ] == ["1"]
    assert "Let rules decide" not in text(client().get("/law/date/?kind=statement"))


def test_a_stretch_reads_back_as_it_is_written() -> None:
    for written in ("2026-07-10..2026-07-20:illness", "2026-07-10..:illness"):
        assert str(interval(written)) == written
