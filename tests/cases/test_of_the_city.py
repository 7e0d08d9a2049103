"""An order and a statement belong to no case: who may enter the first, and that both stand in the public log."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qyzmet.cases import actions, queries
from qyzmet.cases.models import CalendarOrder, Publication
from qyzmet.journal.models import Entry
from qyzmet.text.hashes import sha
from qyzmet.text.refusal import Refused
from tests.cases.desk import Desk
from tests.cases.test_calendar_orders import ORDER, WEDNESDAY, back, move, version
from tests.fresh import without_triggers
from tests.journal.books import Log, own_log, take_in

pytestmark = pytest.mark.django_db
TEXTS = {"kk": ("Су беру туралы", "Бейсенбіде су болмайды."), "ru": ("О подаче воды", "В четверг воды не будет.")}


def content(entry: Entry | None) -> dict[str, Any]:
    assert entry
    return dict(json.loads(entry.opening.content or ""))


def state(desk: Desk) -> Publication:
    by = desk.by("water_head")
    return actions.make_statement(body=desk.cast.water, texts=TEXTS, by=by, at=desk.at())


def test_an_order_stands_in_the_log_and_its_taking_back_follows_it(desk: Desk) -> None:
    first = move(desk)
    gone = back(desk, first.n)
    said, taken = content(first.entry), content(gone.entry)
    assert (said["event"], said["off_on"], said["number"]) == ("move_day", "2026-04-22", "36-НҚ")
    assert (said["version"], "case" in said) == (first.version, False)
    assert (taken["event"], taken["cancels"], taken["note"]) == ("take_back", first.n, sha(gone.note))
    assert first.entry and gone.entry
    assert json.loads(gone.entry.leaf)["p"] == bytes(first.entry.leaf_hash).hex()


def test_an_order_that_is_refused_leaves_no_row(desk: Desk) -> None:
    move(desk)
    with pytest.raises(Refused):
        move(desk)
    assert Entry.objects.count() == CalendarOrder.objects.count() == 1


@pytest.mark.parametrize("body", ["water", "dep"])
def test_an_administrator_of_another_body_looks_and_is_refused_clearly(desk: Desk, body: str) -> None:
    first = move(desk)
    desk.cast.role(desk.cast.water_executor, getattr(desk.cast, body), "administrator")
    who = queries.reader(desk.cast.water_executor, desk.now.date())
    seen = queries.calendar_now(who)
    assert (seen.may_enter, [row.n for row in seen.orders]) == (False, [first.n])
    given: dict[str, Any] = {"by": desk.by("water_executor"), "at": desk.at()}
    order = {**ORDER, "base": version()}
    tries = (
        lambda: actions.move_day(off_on=date(2026, 4, 23), worked_on=None, **order, **given),
        lambda: actions.take_back(n=first.n, note="x", **order, **given),
        lambda: actions.date_again(**given),
        lambda: actions.stop_redating(**given),
        lambda: actions.resume_redating(**given),
        lambda: queries.try_without(who, first.n),
    )
    for one in tries:
        with pytest.raises(Refused, match="only_top_body_moves_days"):
            one()
    assert CalendarOrder.objects.count() == 1


def test_an_administrator_of_the_top_body_alone_may(desk: Desk) -> None:
    desk.cast.role(desk.cast.city_executor, desk.cast.city, "administrator")
    row = move(desk, by=desk.by("city_executor"))
    assert queries.calendar_now(queries.reader(desk.cast.city_executor, desk.now.date())).may_enter
    assert row.off_on == WEDNESDAY


def test_a_statement_and_its_withdrawal_stand_in_the_log(desk: Desk) -> None:
    made = state(desk)
    assert content(made.entry) == {
        "event": "statement",
        "body": "water",
        "statement_kk": sha("Су беру туралы\nБейсенбіде су болмайды."),
        "statement_ru": sha("О подаче воды\nВ четверг воды не будет."),
        "rule": None,
        "due_on": None,
    }
    gone = actions.withdraw_statement(made.pk, reason="Су берілді.", by=desk.by("water_head"), at=desk.at())
    assert content(gone.gone_entry)["note"] == sha("Су берілді.")
    assert gone.gone_entry and made.entry
    assert json.loads(gone.gone_entry.leaf)["p"] == bytes(made.entry.leaf_hash).hex()


def test_the_audit_names_an_order_and_a_statement_that_were_changed(
    desk: Desk, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own: Log = own_log(tmp_path, settings, monkeypatch)
    move(desk)
    made, other = state(desk), state(desk)
    actions.withdraw_statement(other.pk, reason="Су берілді.", by=desk.by("water_head"), at=desk.at())
    take_in(own)
    assert list(queries.audit(own.store, at=desk.now)) == []
    Publication.objects.filter(pk=made.pk).update(texts=[{**made.texts[0], "text": "Су болады."}, made.texts[1]])
    Publication.objects.filter(pk=other.pk).update(reason="Басқа себеп.")
    with without_triggers():
        CalendarOrder.objects.update(off_on=date(2026, 4, 23))
    found = [(one.code, one.values["field"], one.index) for one in queries.audit(own.store, at=desk.now)]
    assert found == [
        ("of_the_city_differs", "off_on", 0),
        ("of_the_city_differs", "statement_kk", 1),
        ("of_the_city_differs", "note", 3),
    ]


def test_a_row_whose_statement_is_gone_is_found(
    desk: Desk, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = own_log(tmp_path, settings, monkeypatch)
    made = state(desk)
    take_in(own)
    Publication.objects.filter(pk=made.pk).delete()
    assert [one.code for one in queries.audit(own.store, at=desk.now)] == ["step_missing"]
