"""What an order would change: counted in batches, from what the asker may see, and without writing anything."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qyzmet.cases import moved_days, queries
from tests.cases.desk import Desk
from tests.cases.test_calendar_orders import ANNOUNCED, MOVED, ORDER, WEDNESDAY, move, run, work

pytestmark = pytest.mark.django_db


def test_a_past_day_is_allowed_and_said(desk: Desk) -> None:
    desk.wait(days=10)
    order = moved_days.Order(WEDNESDAY, None, "1", date(2026, 4, 10), "https://a.example")
    who = queries.reader(desk.cast.administrator, desk.now.date())
    assert queries.try_order(who, order).remarks == ["past_day", "one_day"]
    holiday = order._replace(off_on=None, worked_on=date(2026, 5, 1))
    assert queries.try_order(who, holiday).remarks == ["holiday_worked", "one_day"]
    assert move(desk).off_on == WEDNESDAY


def test_the_preview_counts_what_the_run_then_does_and_writes_nothing(desk: Desk) -> None:
    for body in ("water", "water", "dep"):
        desk.file("request", body)
    who = queries.reader(desk.cast.administrator, desk.now.date())
    trial = queries.try_order(who, moved_days.Order(WEDNESDAY, None, **ORDER))
    with CaptureQueriesContext(connection) as caught:
        part = queries.would_change(who, trial.law)
    verbs = {query["sql"].split()[0].upper() for query in caught}
    assert verbs <= {"SELECT", "WITH"}
    by_code = {"water": desk.cast.water.pk, "dep": desk.cast.dep.pk}
    assert part.changed == {by_code["water"]: 2, by_code["dep"]: 1}
    assert (part.seen, part.overdue, part.letters) == (3, {}, 3)
    assert {(one.before, one.after) for one in part.examples} == {(ANNOUNCED, MOVED)}
    move(desk)
    work(desk)
    assert (run().moved, run().letters) == (3, 3)


def test_the_preview_says_what_would_be_overdue_at_once(desk: Desk) -> None:
    desk.file("request", "water")
    desk.now = desk.now.replace(month=5, day=7)
    who = queries.reader(desk.cast.administrator, desk.now.date())
    trial = queries.try_order(who, moved_days.Order(None, date(2026, 4, 18), **ORDER))
    part = queries.would_change(who, trial.law)
    assert part.overdue == {desk.cast.water.pk: 1}
    assert part.letters == 0


def test_the_preview_asks_as_much_for_many_as_for_one(desk: Desk) -> None:
    who = queries.reader(desk.cast.administrator, desk.now.date())
    desk.file("request", "water")
    law = queries.try_order(who, moved_days.Order(WEDNESDAY, None, **ORDER)).law
    queries.would_change(who, law)
    with CaptureQueriesContext(connection) as few:
        queries.would_change(who, law)
    for body in ("water", "dep", "centre", "city"):
        desk.file("message", body)
    with CaptureQueriesContext(connection) as many:
        assert queries.would_change(who, law).seen == 5
    assert len(few) == len(many) == 3


def test_a_preview_in_batches_counts_each_case_once(desk: Desk) -> None:
    for _ in range(3):
        desk.file("request", "water")
    who = queries.reader(desk.cast.administrator, desk.now.date())
    law = queries.try_order(who, moved_days.Order(WEDNESDAY, None, **ORDER)).law
    after, seen = 0, []
    while (part := queries.would_change(who, law, after=after, batch=2)).after is not None:
        after = part.after
        seen.append(part.seen)
    assert seen == [2, 1]


@pytest.mark.parametrize("name", ["centre_head", "administrator"])
def test_whoever_is_barred_does_not_have_the_accusation_counted(desk: Desk, name: str) -> None:
    person = desk.cast.people[name]
    if name != "administrator":
        for body in (desk.cast.dep, desk.cast.centre, desk.cast.city):
            desk.cast.role(person, body, "administrator")
    desk.cast.role(desk.cast.dep_head, desk.cast.dep, "administrator")
    who = queries.reader(person, desk.now.date())
    free = queries.reader(desk.cast.dep_head, desk.now.date())
    law = queries.try_order(who, moved_days.Order(WEDNESDAY, None, **ORDER)).law
    before = queries.would_change(who, law)
    desk.accuse("centre_head", "centre")
    after = queries.would_change(who, law)
    assert (before.seen, before.changed, before.examples) == (after.seen, after.changed, after.examples)
    assert queries.would_change(free, law).changed == {desk.cast.dep.pk: 1}
