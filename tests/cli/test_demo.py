"""The demo: more than two hundred cases in every state, told in the order of time; a second start keeps them all."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from qyzmet.bodies import queries as bodies
from qyzmet.bodies.models import Body
from qyzmet.cases import queries
from qyzmet.cases.models import Accusation, Case, Party, Publication, Step
from qyzmet.cases.rules import rules
from qyzmet.cli.demo import fill, numbers
from qyzmet.cli.demo.hours import Hours
from qyzmet.cli.demo.remember import remembering
from qyzmet.journal.models import Entry
from qyzmet.text.dates import local
from qyzmet.text.ids import check_bin, check_iin
from tests.cast import TODAY, Cast

NOW = datetime(2026, 11, 18, 9, 40, tzinfo=UTC)
"""A Wednesday, 14:40 in Almaty."""
KINDS = ("application", "complaint", "message", "request", "suggestion", "response")
"""The kinds of appeal whose stories the demo tells."""
PUBLISHING = {"agree_publication", "revoke_publication", "publish", "unpublish"}
CASES = 232
TODAYS = ("2026-01-15", "2026-03-25", "2026-11-22", "2027-01-11", "2027-05-09", "2027-09-30")


@pytest.mark.django_db
def test_what_is_remembered_is_what_was_asked(cast: Cast, django_assert_num_queries: Any) -> None:
    """Also makes sure that there is a database for the fixture below."""
    head, other_day = cast.people["dep_head"], date(2026, 4, 16)
    asked = bodies.roles_at(head, TODAY), bodies.answers_to(head, TODAY)
    with remembering({date(2026, 4, 20)}):
        assert (bodies.roles_at(head, TODAY), bodies.answers_to(head, TODAY)) == asked
        with django_assert_num_queries(0):
            assert (bodies.roles_at(head, other_day), bodies.answers_to(head, other_day)) == asked
        with django_assert_num_queries(1):
            bodies.roles_at(head, date(2026, 4, 20))
    with django_assert_num_queries(1):
        bodies.roles_at(head, TODAY)


@pytest.fixture(scope="module")
def folder(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The demo, filled once for all tests of this file, and forgotten after them."""
    made = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        atomic = transaction.atomic()
        atomic._from_testcase = True  # type: ignore[attr-defined]
        with atomic:
            fill.fill(at=NOW, folder=made)
            yield made
            transaction.set_rollback(True)


def test_as_many_as_promised(folder: Path) -> None:
    assert Counter(Body.objects.values_list("kind", flat=True)) == {"state": 55, "local": 30}
    assert Case.objects.count() == CASES
    assert Case.objects.values("body").distinct().count() >= 25


def test_every_state_of_every_procedure(folder: Path) -> None:
    reached = defaultdict(set)
    languages = defaultdict(set)
    for kind, state, language in Case.objects.values_list("procedure", "state", "language"):
        reached[kind].add(state)
        languages[state].add(language)
    for kind in KINDS:
        assert reached[kind] == set(rules().procedure(kind).states), kind
    assert all(spoken >= {"kk", "ru"} for spoken in languages.values())
    assert Case.objects.filter(language="en").count() >= 3


def test_every_kind_that_somebody_files_is_told(folder: Path) -> None:
    filed = {code for code, rule in rules().procedures.items() if rule.begins != "body"}
    assert set(Case.objects.values_list("procedure", flat=True)) == filed
    steps = set(Step.objects.values_list("case__procedure", "code"))
    assert {("petition", "visit"), ("petition", "announce"), ("reception", "hold_hearing")} <= steps
    assert {("information", "extend"), ("information", "lapse"), ("newsroom", "extend"), ("newsroom", "lapse")} <= steps
    told = Case.objects.exclude(procedure__in=KINDS)
    assert not told.filter(channel="portal").exclude(
        procedure__in=[code for code in filed if "portal" in rules().procedure(code).offered]
    )
    assert told.filter(outcome="refused").count() == 2


def test_a_clock_that_stood_and_a_term_restored_are_told(folder: Path) -> None:
    (stood,) = Case.objects.filter(steps__code="stand_still")
    assert stood.procedure == "tax-complaint" and stood.standstills.get().last
    assert stood.deadlines.get(key="decision").stood_by == "TC 196(1)2"
    (late,) = Case.objects.filter(steps__code="decide_restoration")
    assert "late" not in late.defects and late.steps.get(n=1).facts["defects"] == ["late"]


def test_the_newsroom_stands_in_each_place_of_an_inquiry(folder: Path) -> None:
    code = json.loads((folder / "demo-example.json").read_text(encoding="utf-8"))["newsroom"]
    newsroom = queries.newsroom_by_code(code)
    assert newsroom.is_known and newsroom.confirmed_at
    asked = queries.clocks(list(newsroom.inquiries.order_by("id")), NOW.date())
    states = Counter(one.case.state for one in asked)
    assert states == {"answered": 3, "in_work": 2, "deemed_refused": 1}
    (complained,) = [one for one in asked if one.complaint]
    assert complained.case.state == "deemed_refused"
    assert any(one.extension for one in asked)
    assert len({one.case.inquiry.together for one in asked}) == len(asked) - 2, "three were asked at once"
    published = Publication.objects.filter(withdrawn_at=None)
    assert published.filter(case__isnull=False, asked_by=newsroom.name).count() == 1
    assert published.filter(case=None).count() == 1


def test_the_journal_is_one_chain_a_case(folder: Path) -> None:
    last: dict[int, bytes] = {}
    for step in Step.objects.select_related("entry").order_by("case_id", "n"):
        told = json.loads(step.entry.leaf).get("p")
        assert told == (last[step.case_id].hex() if step.case_id in last else None)
        last[step.case_id] = bytes(step.entry.leaf_hash)
    assert {case.pk: bytes(case.last_leaf or b"") for case in Case.objects.all()} == last


def test_time_never_goes_back(folder: Path) -> None:
    times = list(Entry.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] <= NOW
    assert (NOW - times[0]).days in range(30, 75)


def test_officials_keep_office_hours(folder: Path) -> None:
    calendar = rules().calendar
    for at in Step.objects.filter(actor="official").values_list("at", flat=True):
        assert calendar.is_working(local(at).date())
        assert time(9) <= local(at).time() <= time(18)


def test_the_doors_open(folder: Path, client: Client) -> None:
    logins = json.loads((folder / "demo-logins.json").read_text(encoding="utf-8"))
    assert len(logins) == 6
    for one in logins:
        client.logout()
        answer = client.post(reverse("account_login"), {"login": one["login"], "password": one["password"]})
        assert answer.status_code == 302, one
        if one["totp_secret"]:
            code = format_hotp_value(hotp_value(one["totp_secret"], next(iter(yield_hotp_counters_from_time()))))
            answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.headers["Location"] == "/desk/", one


def test_each_of_them_has_something_to_do(folder: Path) -> None:
    def counts(login: str) -> queries.Counts:
        person = bodies.person_by_login(login)
        assert person
        return queries.counts(queries.reader(person, local(NOW).date()))

    assert counts("executor").mine >= 10
    assert counts("registrar").body >= 30
    assert counts("registrar").overdue >= 1
    assert counts("registrar").unassigned >= 5
    assert counts("superior").body >= 15


def test_the_accused_sees_nothing(folder: Path) -> None:
    head = bodies.head_of(bodies.body_by_code("zhastar-ortalygy"), local(NOW).date())
    assert head
    against = Case.objects.filter(pk__in=Accusation.objects.filter(person=head).values("case"))
    assert against.count() >= 3
    assert {case.body.code for case in against} == {"ishki-sayasat-zhastar"}
    reader = queries.reader(head, local(NOW).date())
    assert not any(queries.may_see(reader, case.pk) for case in against)


def test_a_case_to_follow(folder: Path) -> None:
    told = json.loads((folder / "demo-example.json").read_text(encoding="utf-8"))
    seen = queries.follow(told["number"], told["code"])
    assert (seen.case.state, seen.case.subject) == ("answered", told["subject"])
    assert {"preliminary", "hold_hearing", "dispatch"} <= {step.code for step in seen.steps}


def test_numbers_are_right_or_named_as_wrong(folder: Path) -> None:
    wrong = [party for party in Party.objects.exclude(iin="") if check_iin(party.iin)]
    assert 1 <= len(wrong) <= 10
    assert Party.objects.filter(is_company=True).exists()
    assert not any(check_bin(party.bin) for party in Party.objects.exclude(bin=""))
    assert check_iin(numbers.spoilt(Party.objects.exclude(iin="").exclude(pk__in=[w.pk for w in wrong])[0].iin))


def test_all_that_the_stories_tell(folder: Path) -> None:
    codes = set(Step.objects.values_list("code", flat=True))
    for kind in map(rules().procedure, KINDS):
        assert set(kind.steps) - codes <= {"redate", "court_route", *PUBLISHING}, kind.code
    assert Case.objects.exclude(papers=None).exists()
    assert {"representative", "joined"} <= set(Party.objects.values_list("role", flat=True))
    assert {"portal", "paper", "post", "phone", "visit"} <= set(Case.objects.values_list("channel", flat=True))


def test_a_second_start_keeps_everything(folder: Path) -> None:
    def state() -> dict[str, int]:
        return {model.__name__: model._default_manager.count() for model in apps.get_models()}

    before, files = state(), {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    fill.fill(at=NOW, folder=folder)
    assert state() == before
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == files


@pytest.mark.parametrize("today", TODAYS)
def test_any_day_will_do(today: str) -> None:
    at = datetime.fromisoformat(f"{today}T05:30:00+00:00")
    parts = fill.plan(at)
    assert sum(part.cases for part in parts) == CASES
    moments = [one.when for part in parts for one in part.timed]
    assert max(moments) <= at
    for part in parts:
        times = [one.when for one in part.timed]
        assert times == sorted(times)


def test_past_the_last_day_that_can_be_counted_nothing_is_answered_but_all_is_filed() -> None:
    """A term to complain that ends after the calendar cannot be told, so the stories stop before it begins."""
    parts = fill.plan(datetime(2027, 12, 1, 5, 30, tzinfo=UTC))
    assert sum(part.cases for part in parts) == CASES


def test_office_time_goes_there_and_back() -> None:
    hours = Hours(rules().calendar)
    at = datetime(2026, 11, 18, 6, 15, tzinfo=UTC)
    assert hours.moment(hours.number(at)) == at
    assert hours.number(datetime(2026, 11, 21, 6, tzinfo=UTC)) == hours.number(datetime(2026, 11, 20, 15, tzinfo=UTC))
    assert local(hours.evening(hours.number(at))).hour in range(19, 23)
