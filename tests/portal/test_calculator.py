"""The date calculator: what it answers, what it says when it cannot, the link and the file it gives."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qyzmet.cases.rules import rules
from qyzmet.text import ical
from tests.portal.walk import text

pytestmark = pytest.mark.django_db

ASKED = "kind=application&term=decision&day=2026-03-19&hour=19%3A05"


def client(lang: str = "en") -> Client:
    made = Client()
    made.cookies["qyzmet_til"] = lang
    return made


def plain(shown: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", shown)))


def read(query: str, lang: str = "en") -> str:
    response = client(lang).get(f"/law/date/?{query}")
    assert response.status_code == 200, response.headers
    return plain(text(response))


# a strict reader of RFC 5545, which knows nothing of the writer


def lines_of(raw: bytes) -> list[str]:
    """Unfolded lines. Every line ends with CRLF, holds at most 75 octets of whole letters, and no bare CR or LF."""
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    unfolded: list[bytes] = []
    for one in physical:
        assert one, "no empty line"
        assert len(one) <= 75, one
        assert b"\r" not in one and b"\n" not in one
        one.decode("utf-8")  # no letter is cut in two
        if one.startswith(b" "):
            unfolded[-1] += one[1:]
        else:
            unfolded.append(one)
    return [one.decode("utf-8") for one in unfolded]


def properties(raw: bytes) -> dict[str, tuple[dict[str, str], str]]:
    """Name -> parameters and value, of a calendar with one event; every name once in its part."""
    lines = lines_of(raw)
    assert [lines[0], lines[-2], lines[-1]] == ["BEGIN:VCALENDAR", "END:VEVENT", "END:VCALENDAR"]
    begin = lines.index("BEGIN:VEVENT")
    found: dict[str, tuple[dict[str, str], str]] = {}
    for place, line in enumerate(lines[1:-2], 1):
        if place == begin:
            continue
        matched = re.fullmatch(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", line)
        assert matched, line
        name = matched[1]
        assert name not in found
        parameters = dict(part.split("=", 1) for part in matched[2].split(";")[1:])
        assert (place < begin) == (name in ("VERSION", "PRODID", "CALSCALE", "METHOD"))
        found[name] = parameters, matched[3]
    for name in ("VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART"):
        assert name in found
    return found


def said(value: str) -> str:
    """A TEXT without its escapes; what must be escaped and is not is an error."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value.replace("\\\\", "")), value
    out, place = "", 0
    while place < len(value):
        if value[place] == "\\":
            out += {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ","}[value[place + 1]]
            place += 1
        else:
            assert value[place] not in ";,"
            out += value[place]
        place += 1
    return out


def test_the_worked_example_and_the_way_to_it_in_three_languages() -> None:
    shown = text(client("kk").get(f"/law/date/?{ASKED}"))
    assert '<time datetime="2026-04-15">2026 жылғы 15 сәуір</time>' in shown
    assert "жанама дереккөз" in shown, "the mark of a date that rests on a secondary source"
    assert "Тіркелген күні: 2026 жылғы 20 наурыз." in shown
    for lang, words in (("ru", "Последний день: 15 апреля 2026 г."), ("en", "Last day: 15 April 2026.")):
        part = re.search(rf'<div lang="{lang}">(.*?)</div>', shown, re.DOTALL)
        assert part
        assert words in part[1]
    assert shown.index("<details") < shown.index('<div lang="ru">')


def test_days_that_did_not_count_are_listed_once_each() -> None:
    shown = text(client().get(f"/law/date/?{ASKED}"))
    part = shown[shown.index("Days that did not count") :]
    listed = re.findall(r"<li>(\d+ \w+ 2026), (\w+) – ([^<]+)</li>", part)
    # 2026: Nauryz 21-23 March (Sat-Mon), carried over to Tue 24 and Wed 25; weekends 28-29 March, 4-5 and 11-12 April
    assert [day for day, _, _ in listed] == [
        *(f"{day} March 2026" for day in (21, 22, 23, 24, 25, 28, 29)),
        *(f"{day} April 2026" for day in (4, 5, 11, 12)),
    ]
    assert listed[0] == ("21 March 2026", "Saturday", "holiday: Nauryz")
    assert listed[-1] == ("12 April 2026", "Sunday", "weekend")


def test_without_an_hour_it_is_within_office_hours_and_no_hour_is_told() -> None:
    shown = read("kind=application&term=decision&day=2026-02-02")
    assert "23 February 2026" in shown
    assert "Received: 2 February 2026. No hour was given" in shown
    assert "00:00" not in shown


def test_what_was_typed_leads_to_the_address_that_carries_the_question() -> None:
    typed = {"kind": "application", "term": "decision", "day_0": "19", "day_1": "3", "day_2": "2026", "hour": "19.05"}
    answered = client().get("/law/date/", typed | {"count": "", "closing": ""})
    assert answered.status_code == 302
    assert answered.headers["Location"] == f"/law/date/?{ASKED}"
    shown = text(client().get(f"/law/date/?{ASKED}"))
    assert f"http://testserver/law/date/?{ASKED}" in html.unescape(shown)


def test_the_body_s_own_hour_counts() -> None:
    late = "kind=application&term=decision&day=2026-06-01&hour=17%3A30"
    assert "Registered on: 1 June 2026." in read(late)
    assert "Registered on: 2 June 2026." in read(f"{late}&closing=17%3A30")


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("kind=application&term=decision&day=2026-02-30", "id_day_0", "Enter a real date"),
        ("kind=application&term=decision&day=soon", "id_day_0", "Enter a real date"),
        ("kind=application&term=decision&day=", "id_day_0", "Enter the day, month and year"),
        ("kind=application&term=decision&day=2026-02-02&hour=25%3A00", "id_hour", "for example 19:05"),
        ("kind=application&term=nope&day=2026-02-02", "id_term", "Choose one of the terms"),
        ("kind=application&term=cure&day=2026-02-02", "id_count", "give the number"),
        ("kind=application&term=cure&day=2026-02-02&count=x", "id_count", "in digits"),
        ("kind=application&term=extension&day=2026-02-02&count=" + "9" * 30, "id_count", "at most"),
        ("kind=application&term=decision&day=2026-02-02&count=3", "id_count", "Leave the field empty"),
        ("kind=application&term=decision&day=2021-06-30", "id_day_0", "Choose a later day"),
        ("kind=application&term=decision&day=2027-12-24", "id_day_0", "Choose an earlier day"),
        ("kind=application&term=decision&day=9999-12-31", "id_day_0", "Choose an earlier day"),
        ("kind=application&term=decision&day=0001-01-01", "id_day_0", "Choose a later day"),
        ("kind=nope", "id_kind", "Choose one of the procedures"),
    ],
)
def test_an_error_says_what_to_do_beside_its_field(query: str, field: str, words: str) -> None:
    response = client().get(f"/law/date/?{query}")
    assert response.status_code == 200
    shown = text(response)
    summary = re.search(r'error-summary__list">(.*?)</ul>', shown, re.DOTALL)
    assert summary
    assert f'href="#{field}"' in summary[1]
    assert words in summary[1]
    assert "<title>Error: " in shown
    assert "<time" not in shown


def test_errors_are_in_the_language_of_the_page() -> None:
    query = "kind=application&term=decision&day=2027-12-24"
    assert "Ертерек күнді таңдаңыз" in read(query, "kk")
    assert "Выберите более ранний день" in read(query, "ru")


def test_every_example_of_every_procedure_can_be_run_again() -> None:
    """The page's links give what the example says: same day, or no day."""
    anybody = client()
    for kind in rules().procedures:
        shown = html.unescape(text(anybody.get(f"/law/{kind}/")))
        items = shown[shown.index('id="examples"') :].split("<li>")[1:]
        links = [(item, re.search(r'href="(/law/date/\?[^"]+)"', item)) for item in items]
        assert sum(link is not None for _, link in links) >= 6, kind
        for item, link in links:
            if link:
                answered = text(anybody.get(link[1]))
                expected = re.search(r"<strong>(.*?)</strong>", item)
                found = re.search(r'<time datetime="[^"]+">(.*?)</time>', answered)
                assert (found[1] if found else None) == (expected[1] if expected else None), link[1]


# the file


def test_the_file_holds_the_day_and_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 20, 4, 5, 6, tzinfo=UTC))
    response = client("kk").get(f"/law/date.ics?{ASKED}")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="application-2026-04-15.ics"'
    found = properties(response.content)
    assert found["DTSTART"] == ({"VALUE": "DATE"}, "20260415")
    assert found["DTEND"] == ({"VALUE": "DATE"}, "20260416"), "the day after: an end is not included"
    assert found["DTSTAMP"] == ({}, "20260320T040506Z")
    assert found["VERSION"] == ({}, "2.0")
    assert found["SUMMARY"] == ({"LANGUAGE": "kk"}, "Соңғы күн: Жолданым бойынша шешім (Арыз)")
    way = said(found["DESCRIPTION"][1]).split("\n")
    assert way[0] == "Келіп түсті: 2026 жылғы 19 наурыз, 19:05."
    assert way[-1] == "Соңғы күн: 2026 жылғы 15 сәуір."
    assert parse_qs(urlsplit(found["URL"][1]).query) == parse_qs(ASKED)


def test_its_identifier_follows_from_the_question_alone() -> None:
    def uid(query: str, lang: str = "kk") -> str:
        return properties(client(lang).get(f"/law/date.ics?{query}").content)["UID"][1]

    first = uid(ASKED)
    assert first == uid(ASKED, "en") == uid(ASKED.replace("19%3A05", "19.05"))
    assert first != uid(ASKED.replace("2026-03-19", "2026-03-18"))
    assert first != uid(ASKED.replace("term=decision", "term=redirect"))


def test_a_question_without_an_answer_gives_no_file() -> None:
    for query in ("kind=nope", "kind=application&term=decision&day=2027-12-24", ""):
        response = client().get(f"/law/date.ics?{query}")
        assert response.status_code == 302
        assert response.headers["Location"] == f"/law/date/?{query}"


def made(**change: Any) -> ical.Event:
    day = date(2026, 12, 31)
    at = datetime(2026, 3, 20, tzinfo=UTC)
    given = {
        "uid": "a",
        "on": day,
        "at": None,
        "made": at,
        "lang": "en",
        "summary": "s",
        "description": "d",
        "url": "u:",
    }
    return ical.Event(**(given | change))


@given(st.text(max_size=300))
def test_any_text_survives_folding_and_escaping(words: str) -> None:
    kept = "".join(char for char in words.replace("\r\n", "\n").replace("\r", "\n") if char in "\n\t" or char >= " ")
    kept = "".join(char for char in kept if not 0x7F <= ord(char) <= 0x9F)
    found = said(properties(ical.file_of(made(description=words)).encode(errors="strict"))["DESCRIPTION"][1])
    assert [char for char in found if char.isalnum() or char in "\\;,\n"] == [
        char for char in kept if char.isalnum() or char in "\\;,\n"
    ]


def test_an_hour_is_told_as_a_moment_and_a_day_ends_on_the_next() -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert properties(ical.file_of(made(at=at)).encode())["DTSTART"] == ({}, "20261231T233000Z")
    whole = properties(ical.file_of(made()).encode())
    assert whole["DTEND"][1] == f"{date(2026, 12, 31) + timedelta(days=1):%Y%m%d}" == "20270101"
