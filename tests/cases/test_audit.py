"""Whoever has all rights to the database changes a table; the audit says what, where, and what the log has."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from qyzmet.bodies.models import Body
from qyzmet.cases import actions, papers, queries
from qyzmet.cases.models import Case, CaseLetter, Deadline, Paper, Party, Question, Redating, Step
from qyzmet.journal.actions import note_key_change
from qyzmet.journal.audit import Finding, against_signer
from qyzmet.journal.models import Entry, Opening
from qyzmet.journal.promises import WITHIN
from qyzmet.journal.queries import holds
from qyzmet.ledger.strict import base64_of
from qyzmet.ledger.words import all_words, say
from qyzmet.letters.models import Letter
from tests.cases.desk import AUTHOR, Desk
from tests.cases.test_calendar_orders import move, work
from tests.fresh import without_triggers
from tests.journal.books import Log, own_log, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Log:
    settings.MEDIA_ROOT = tmp_path / "files"
    return own_log(tmp_path, settings, monkeypatch)


@pytest.fixture
def case(own: Log, desk: Desk) -> Case:
    """A case that was answered, and another that waits; both in the log."""
    paper = papers.keep(BytesIO(b"%PDF-1.4 pipe"), name="pipe.pdf", kind="attachment", origin="applicant", at=desk.now)
    filed = desk.file("application", "water", text="Құбыр жарылды. Қашан жөндейсіздер?", papers=[paper]).case
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
    "registration day": (lambda case: _case(case, registered_on=date(2026, 1, 5)), "case_differs", "registered_on"),
    "body": (lambda case: _case(case, body=Body.objects.get(code="centre")), "case_differs", "body"),
    "procedure": (lambda case: _case(case, procedure="complaint"), "case_differs", "procedure"),
    "the next act": (lambda case: _case(case, act_on=date(2027, 1, 1)), "tables_differ", "act_on"),
    "closing": (lambda case: _case(case, closed_at=case.registered_at), "tables_differ", "closed_at"),
    "a deadline": (lambda case: _deadline(case, "decision", on=date(2027, 1, 1)), "case_differs", "deadline"),
    "a deadline's end": (lambda case: _deadline(case, "decision", ended_at=None), "case_differs", "deadline"),
    "a running term": (lambda case: _deadline(case, "complain", on=date(2027, 1, 1)), "term_differs", "complain"),
    "a person": (lambda case: case.parties.update(address="Басқа көше, 1"), "thing_changed", "people"),
    "the name in lists": (lambda case: _case(case, applicant_name="Басқа Адам"), "tables_differ", "people"),
    "a paper": (lambda case: case.papers.update(sha256="0" * 64), "thing_changed", "paper"),
    "a paper's file": (
        lambda case: papers.path_of(case.papers.get().sha256).write_bytes(b"x"),
        "thing_changed",
        "paper",
    ),
    "the letter": (lambda case: _letter(case), "thing_changed", "letter"),
    "a step's time": (lambda case: _step(case, at=case.registered_at - timedelta(1)), "step_differs", "at"),
    "a step's name": (lambda case: _step(case, code="withdraw"), "step_differs", "event"),
    "a step's note": (lambda case: _step(case, note="Басқа сөз."), "step_differs", "note"),
    "a step's state": (lambda case: _step(case, to_state="closed"), "step_differs", "state"),
}


def _case(case: Case, **values: Any) -> object:
    return Case.objects.filter(pk=case.pk).update(**values)


def _step(case: Case, **values: Any) -> object:
    return Step.objects.filter(case=case, n=2).update(**values)


def _deadline(case: Case, key: str, **values: Any) -> object:
    assert case.deadlines.filter(key=key).update(**values) == 1
    return None


def _file(case: Case) -> Path:
    return papers.path_of(case.papers.get().sha256)


def _letter(case: Case) -> object:
    """The answer itself, behind the back of the trigger that keeps it."""
    sent = case.case_letters.get(step__code="sign").letter
    with transaction.atomic(), without_triggers():
        return Letter.objects.filter(pk=sent.pk).update(body="Бәрі жақсы.")


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_named(own: Log, case: Case, desk: Desk, name: str) -> None:
    change, code, field = CHANGES[name]
    change(case)
    findings = found(own, desk)
    assert {(one.code, one.values["field"]) for one in findings} == {(code, field)}
    assert {one.case for one in findings} == {Case.objects.get(pk=case.pk).number}
    assert all(one.values.get("table", "changed") != one.values.get("log", "recorded") for one in findings)
    assert all((one.index is None) == (code in ("tables_differ", "term_differs")) for one in findings)
    assert all(name in say(f"audit_{code}", "en", index=0, case="", **findings[0].values) for name in [said(field)])


def said(field: str) -> str:
    """What a field is called; a term by its key."""
    return str(all_words()["field"].get(field, {"en": field})["en"])


def entries_of(case: Case) -> list[int]:
    return list(Step.objects.filter(case=case).values_list("entry_id", flat=True))


def delete(case: Case, *, rows: bool) -> int:
    """Take a case out of every table, with the rows of the journal or without; how many steps it had."""
    steps, entries = Step.objects.filter(case=case), entries_of(case)
    with connection.constraint_checks_disabled():
        CaseLetter.objects.filter(case=case).delete()
        for model in (Deadline, Paper, Party, Question):
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


def test_a_step_dated_back_in_the_journal_too_is_told_by_what_the_world_was_shown(
    own: Log, case: Case, desk: Desk
) -> None:
    step = Step.objects.select_related("entry__opening").get(case=case, n=1)
    true, back = step.at.isoformat(timespec="milliseconds"), step.at - timedelta(days=2)
    said = back.isoformat(timespec="milliseconds")
    content = json.loads(step.entry.opening.content) | {"received_at": back.isoformat()}
    with transaction.atomic(), without_triggers():
        Entry.objects.filter(pk=step.entry_id).update(at=back, leaf=step.entry.leaf.replace(true, said))
        Step.objects.filter(pk=step.pk).update(at=back)
        Opening.objects.filter(entry=step.entry).update(content=json.dumps(content))
        _case(case, received_at=back, registered_at=back)
    changed, *others = found(own, desk)
    assert (changed.code, changed.index, changed.values["at"]) == ("row_changed", 0, true)
    told = {(one.values["field"], one.values["table"], one.values["log"]) for one in others}
    assert told == {("at", said, true), ("registered_at", said, true)}


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


def test_a_log_without_files_is_no_log_that_agrees(own: Log, case: Case, desk: Desk) -> None:
    (own.store.root / "checkpoint").unlink()
    assert [(one.code, one.values["count"]) for one in found(own, desk)] == [("head_missing", Opening.objects.count())]


def test_the_published_head_is_held_to_what_the_signer_signed(own: Log, case: Case, desk: Desk) -> None:
    state = own.signer.state()
    assert against_signer(own.store, state) is None
    other = {**state, "root": base64_of(b"r" * 32)}
    for asked, code in (({**state, "size": 99}, "ahead"), ({**state, "size": 1}, "behind"), (other, "differs")):
        finding = against_signer(own.store, asked)
        assert finding and finding.code == f"signer_{code}"
        assert str(asked["size"]) in say(f"audit_{finding.code}", "en", **finding.values)
    (own.store.root / "checkpoint").unlink()
    finding = against_signer(own.store, state)
    assert finding and (finding.code, finding.values["shown"]) == ("signer_ahead", 0)


def test_nonsense_in_a_table_stops_nothing(own: Log, case: Case, desk: Desk) -> None:
    _case(case, procedure="nonsense")
    opening = case.steps.get(n=1).entry.opening
    opening.content = json.dumps(json.loads(opening.content) | {"paper1": ["x"], "people": 5, "due_on": {}})
    opening.save()
    codes = {one.code for one in found(own, desk)}
    # with what was put in the place of what was recorded nothing is compared
    assert codes == {"content_changed", "tables_differ"}


def test_a_broken_promise_is_named(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water").case
    actions.promise_pending(case)
    assert found(own, desk) == []
    desk.now += WITHIN + timedelta(minutes=1)
    assert [(one.code, one.case) for one in found(own, desk)] == [("promise_broken", case.number)]


def test_a_changed_draft_and_another_list_of_questions_are_named(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water").case
    desk.assign(case, "water")
    desk.do("list_questions", case, "water_executor", questions=["Қашан?", "Кім?"])
    desk.draft(case, "water", "act_adopted")
    take_in(own)
    assert found(own, desk) == []
    case.drafts.update(facts="Бәрі дұрыс.")
    Question.objects.filter(case=case, n=2).update(text="Неге?")
    assert [(one.code, one.values["field"]) for one in found(own, desk)] == [
        ("thing_changed", "draft"),
        ("thing_changed", "questions"),
    ]


def test_a_part_is_named_that_was_cut_from_its_case_or_hung_on_another(own: Log, desk: Desk) -> None:
    case, other = desk.file("application", "centre").case, desk.file("application", "water").case
    part = desk.do("redirect_part", case, "centre_registrar", body="water", part_text="Су.", reason="Су мәселесі.").case
    take_in(own)
    assert found(own, desk) == []
    Case.objects.filter(pk=part.pk).update(parent=None, relation="")
    named = {(one.case, one.values["field"], one.values["log"]) for one in found(own, desk)}
    assert named == {(part.number, "parent", case.number), (part.number, "relation", "part")}
    Case.objects.filter(pk=part.pk).update(parent=case, relation="part")
    Case.objects.filter(pk=other.pk).update(parent=case, relation="complaint")
    assert {(one.case, one.values["field"]) for one in found(own, desk)} == {
        (other.number, "parent"),
        (other.number, "relation"),
    }


def test_a_row_that_never_said_where_its_case_came_from_accuses_nobody(own: Log, desk: Desk) -> None:
    """Rows of before say neither the procedure nor the case it came out of."""
    case = desk.file("application", "centre").case
    part = desk.do("redirect_part", case, "centre_registrar", body="water", part_text="Су.", reason="Су мәселесі.").case
    opening = part.steps.get(n=1).entry.opening
    content = json.loads(opening.content)
    assert {"procedure", "parent", "relation"} <= set(content)
    opening.content = json.dumps({name: content[name] for name in content.keys() - {"procedure", "parent", "relation"}})
    opening.save()
    take_in(own)
    assert {one.code for one in found(own, desk)} == {"content_changed"}, "for this test has changed it"


def test_a_waiting_cases_days_are_compared_with_the_rule(own: Log, desk: Desk) -> None:
    case = desk.file("application", "water").case
    take_in(own)
    terms = list(case.deadlines.values_list("key", "on"))
    for key, on in terms:
        case.deadlines.filter(key=key).update(on=on + timedelta(days=7))
    findings = [(one.code, one.values["field"], one.values["table"], one.values["log"]) for one in found(own, desk)]
    moved = {key: ((on + timedelta(days=7)).isoformat(), on.isoformat()) for key, on in terms}
    assert ("case_differs", "deadline", *moved["decision"]) in findings
    assert {("term_differs", key, *days) for key, days in moved.items()} <= set(findings)
    case.deadlines.update(rule="APPC 1")
    assert ("case_differs", "rule") in {(one.code, one.values["field"]) for one in found(own, desk)}


def test_what_a_person_adds_later_counts_from_then_on(own: Log, desk: Desk) -> None:
    lacking = replace(AUTHOR, address="", residence="")
    case = desk.file("application", "water", authors=[lacking]).case
    desk.do("ask_to_cure", case, "water_registrar", defects=case.defects, days=3)
    actions.cure(case, by=actions.APPLICANT, at=desk.at(), given={"address": "Абай көшесі, 3-үй"})
    take_in(own)
    assert found(own, desk) == []
    case.parties.update(address="Басқа көше, 1")
    cured = case.steps.get(code="cure")
    assert [(one.code, one.values) for one in found(own, desk)] == [
        ("thing_changed", {"field": "people", "step": cured.n})
    ]


def test_a_moved_day_that_the_run_has_not_come_to_yet_is_no_finding(own: Log, desk: Desk) -> None:
    desk.file("request", "water")
    move(desk)
    take_in(own)
    assert found(own, desk) == []
    work(desk)
    take_in(own)
    assert found(own, desk) == []
    Redating.objects.update(state=Redating.State.RUNNING, after=0)
    Deadline.objects.update(on=date(2027, 1, 1))
    assert {one.code for one in found(own, desk)} == {"case_differs", "tables_differ"}
    Redating.objects.update(state=Redating.State.DONE)
    assert "term_differs" in {one.code for one in found(own, desk)}


def test_an_address_that_was_given_for_a_code_is_recorded(own: Log, desk: Desk) -> None:
    filed = desk.file("application", "water", signature="unsigned", authors=[replace(AUTHOR, email="")])
    given = {"how": "confirmed", "email": "madina@new.example", "by": actions.APPLICANT}
    actions.confirm_signature(filed.case, at=desk.at(), **given)
    take_in(own)
    assert found(own, desk) == []
    Party.objects.filter(case=filed.case).update(email="other@new.example")
    assert [(one.code, one.values["field"]) for one in found(own, desk)] == [("thing_changed", "people")]


def test_a_name_longer_than_lists_show_is_no_finding(own: Log, desk: Desk) -> None:
    filed = desk.file("application", "water", authors=[replace(AUTHOR, name="Ә" * 2000)])
    take_in(own)
    assert found(own, desk) == []
    assert queries.receipt(filed.case).text()
    Case.objects.filter(pk=filed.case.pk).update(applicant_name="Б" * 250)
    assert [one.values["field"] for one in found(own, desk)] == ["people"]
