"""Whoever has all rights to the database changes a table; the audit says what, where, and what the log has."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from qyzmet.cases import actions, queries
from qyzmet.cases.models import Case, CaseLetter, Deadline, Party, Question, Step
from qyzmet.journal.actions import note_key_change
from qyzmet.journal.audit import Finding
from qyzmet.journal.models import Entry, Opening
from qyzmet.journal.promises import WITHIN
from qyzmet.journal.queries import holds
from tests.cases.desk import Desk
from tests.fresh import without_triggers
from tests.journal.books import Log, own_log, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Log:
    return own_log(tmp_path, settings, monkeypatch)


@pytest.fixture
def case(own: Log, desk: Desk) -> Case:
    """A case that was answered, and another that waits; both in the log."""
    filed = desk.file("application", "water", text="Құбыр жарылды. Қашан жөндейсіздер?").case
    desk.answer(filed, "water", "act_adopted")
    desk.file("message", "water")
    take_in(own)
    return Case.objects.get(pk=filed.pk)


def found(own: Log, desk: Desk) -> list[Finding]:
    return list(queries.audit(own.store, at=desk.now))


def test_nothing_is_found_where_nothing_was_changed(own: Log, case: Case, desk: Desk) -> None:
    assert found(own, desk) == []
    desk.file("application", "water")  # what waits for its place is no finding
    assert found(own, desk) == []


CHANGES: dict[str, tuple[Callable[[Case], object], str, str]] = {
    "due date": (lambda case: _case(case, due_on=date(2027, 1, 1)), "case_differs", "due_on"),
    "receipt": (lambda case: _case(case, received_at=case.received_at - timedelta(1)), "case_differs", "received_at"),
    "registration": (
        lambda case: _case(case, registered_at=case.registered_at - timedelta(1)),
        "case_differs",
        "registered_at",
    ),
    "text": (lambda case: _case(case, text="Бәрі жақсы."), "case_differs", "text"),
    "state": (lambda case: _case(case, state="withdrawn"), "case_differs", "state"),
    "last leaf": (lambda case: _case(case, last_leaf=b"\0" * 32), "case_differs", "last_leaf"),
    "number": (lambda case: _case(case, number="2026-0000-0000"), "step_differs", "case"),
    "a step's time": (lambda case: _step(case, at=case.registered_at - timedelta(1)), "step_differs", "at"),
    "a step's name": (lambda case: _step(case, code="withdraw"), "step_differs", "event"),
    "a step's note": (lambda case: _step(case, note="Басқа сөз."), "step_differs", "note"),
    "a step's state": (lambda case: _step(case, to_state="closed"), "step_differs", "state"),
}


def _case(case: Case, **values: Any) -> object:
    return Case.objects.filter(pk=case.pk).update(**values)


def _step(case: Case, **values: Any) -> object:
    return Step.objects.filter(case=case, n=2).update(**values)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_named(own: Log, case: Case, desk: Desk, name: str) -> None:
    change, code, field = CHANGES[name]
    change(case)
    findings = found(own, desk)
    assert {(one.code, one.values["field"]) for one in findings} == {(code, field)}
    assert {one.case for one in findings} == {Case.objects.get(pk=case.pk).number}
    assert all(one.values["table"] != one.values["log"] and one.index is not None for one in findings)


def entries_of(case: Case) -> list[int]:
    return list(Step.objects.filter(case=case).values_list("entry_id", flat=True))


def delete(case: Case, *, rows: bool) -> int:
    """Take a case out of every table, with the rows of the journal or without; how many steps it had."""
    steps, entries = Step.objects.filter(case=case), entries_of(case)
    with connection.constraint_checks_disabled():
        CaseLetter.objects.filter(case=case).delete()
        for model in (Deadline, Party, Question):
            model._default_manager.filter(case=case).delete()
        case.drafts.all().delete()
        steps.delete()
        Case.objects.filter(pk=case.pk).delete()
        if rows:
            with transaction.atomic(), without_triggers():
                Opening.objects.filter(pk__in=entries).delete()
                Entry.objects.filter(pk__in=entries).delete()
    return len(entries)


@pytest.mark.django_db(transaction=True)
def test_a_deleted_case_is_named_step_by_step(own: Log, case: Case, desk: Desk) -> None:
    count = delete(case, rows=False)
    findings = found(own, desk)
    assert [(one.code, one.case) for one in findings] == [("step_missing", case.number)] * count


@pytest.mark.django_db(transaction=True)
def test_a_case_deleted_with_its_rows_leaves_gaps_in_the_log(own: Log, case: Case, desk: Desk) -> None:
    count = delete(case, rows=True)
    findings = found(own, desk)
    assert [(one.code, one.index) for one in findings] == [("row_missing", index) for index in range(count)]
    assert findings[0].values["at"].startswith(case.registered_at.isoformat()[:19])


@pytest.mark.django_db(transaction=True)
def test_a_rewritten_row_is_named(own: Log, case: Case, desk: Desk) -> None:
    entry = case.steps.get(n=1).entry
    with transaction.atomic(), without_triggers():
        Entry.objects.filter(pk=entry.pk).update(leaf=entry.leaf.replace("2026-", "2027-"))
    assert ("row_changed", 0, case.number) in {(one.code, one.index, one.case) for one in found(own, desk)}


def test_a_changed_content_is_named(own: Log, case: Case, desk: Desk) -> None:
    opening = case.steps.get(n=1).entry.opening
    opening.content = opening.content.replace("register", "withdraw")
    opening.save()
    assert ("content_changed", 0) in {(one.code, one.index) for one in found(own, desk)}


def test_erased_content_is_named_and_the_rest_stays_whole(own: Log, case: Case, desk: Desk) -> None:
    """No step erases: whoever did it in the tables may have something to hide."""
    Opening.objects.filter(pk__in=entries_of(case)).update(salt=None, content=None)
    findings = found(own, desk)
    steps = [(one.index, one.values["step"]) for one in findings]
    assert {(one.code, one.case) for one in findings} == {("content_erased", case.number)}
    assert steps == [(n - 1, n) for n in range(1, case.steps_count + 1)]


def test_what_an_erased_row_says_in_clear_is_held_against_the_case(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water").case
    take_in(own)
    Opening.objects.update(salt=None, content=None)
    _case(case, due_on=date(2027, 1, 1), last_leaf=b"\0" * 32, registered_at=case.registered_at - timedelta(1))
    differing = {one.values["field"] for one in found(own, desk) if one.code == "case_differs"}
    assert differing == {"due_on", "last_leaf", "registered_at"}


@pytest.mark.django_db(transaction=True)
def test_a_case_deleted_and_erased_is_missed_all_the_same(own: Log, case: Case, desk: Desk) -> None:
    Opening.objects.filter(pk__in=entries_of(case)).update(salt=None, content=None)
    count = delete(case, rows=False)
    assert [(one.code, one.index) for one in found(own, desk)] == [("step_lost", index) for index in range(count)]


@pytest.mark.parametrize("kept", ["salt", "content"])
def test_half_an_erasure_hides_nothing(own: Log, case: Case, desk: Desk, kept: str) -> None:
    """Without its salt a content could say anything."""
    opening = case.steps.get(n=1).entry.opening
    if kept == "content":
        opening.salt, opening.content = None, opening.content.replace("register", "withdraw")
        Step.objects.filter(case=case, n=1).update(code="withdraw")
    else:
        opening.content = None
    opening.save()
    assert ("content_changed", 0) in {(one.code, one.index) for one in found(own, desk)}
    assert not holds(Entry.objects.get(pk=opening.pk))


def test_a_change_of_the_logs_key_is_nobodys_step(own: Log, case: Case, desk: Desk) -> None:
    note_key_change(own.signer.book.change_key(at=desk.now).text())
    take_in(own)
    assert found(own, desk) == []


def test_a_changed_file_is_named(own: Log, case: Case, desk: Desk) -> None:
    path = next((own.store.root / "tile" / "entries").rglob("*.p/*"))
    path.write_bytes(path.read_bytes().replace(b"2026-", b"2027-"))
    assert "root_differs" in {one.code for one in found(own, desk)}
    path.write_bytes(b"\0")
    assert {one.code for one in found(own, desk)} == {"file_wrong"}
    (own.store.root / "checkpoint").write_text("nothing\n")
    assert {one.code for one in found(own, desk)} == {"head_wrong"}


def test_a_broken_promise_is_named(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water").case
    actions.promise_pending(case)
    assert found(own, desk) == []
    desk.now += WITHIN + timedelta(minutes=1)
    assert [(one.code, one.case) for one in found(own, desk)] == [("promise_broken", case.number)]
