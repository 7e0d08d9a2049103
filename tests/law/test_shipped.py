"""What ships in law/kz is whole: sources, statuses, paths, names, and no number of days in Python."""

import ast
from datetime import date
from pathlib import Path

import pytest

import qyzmet.law
from qyzmet.law import KZ, LANGS, STATUSES, Procedure, kz, letter_text, load, may
from qyzmet.law.read_procedure import GROUNDS

LAW = kz()
EACH = pytest.mark.parametrize("procedure", LAW.procedures.values(), ids=LAW.procedures)
CODES = {"application", "complaint", "message", "request", "response", "suggestion"}
"""The six kinds of the Code."""


def test_the_kinds_of_appeal_are_there_and_the_general_part_is_not_one() -> None:
    assert set(LAW.procedures) >= CODES
    assert not {"appeal", "simplified", "other-law-request"} & set(LAW.procedures)
    assert {procedure.chapter for procedure in LAW.procedures.values()} == {
        "ordinary",
        "complaint",
        "simplified",
        "internal",
    }


@EACH
def test_every_term_has_a_source_and_a_legal_status(procedure: Procedure) -> None:
    for term in procedure.terms.values():
        assert set(term.name) == set(LANGS)
        for value in term.values:
            assert value.source.act and value.source.url.startswith("https://")
            assert value.source.article or value.source.act == "house", term.key
            assert value.source.status in STATUSES
            assert date(2026, 1, 1) <= value.source.checked


@EACH
def test_every_step_outcome_and_ground_has_a_source(procedure: Procedure) -> None:
    parts = [*procedure.steps.values(), *procedure.outcomes.values()]
    parts += [ground for section in GROUNDS for ground in getattr(procedure, section).values()]
    for part in parts:
        assert part.source.status in STATUSES
        assert part.source.article or part.source.act == "house", part.code


@EACH
def test_every_decision_must_contain_what_the_law_asks(procedure: Procedure) -> None:
    assert bool(procedure.decision) == ("sign" in procedure.steps)
    for code in procedure.outcomes if procedure.decision else ():
        _asks(procedure, code)
    for need in procedure.decision.values():
        assert need.source.article and need.source.url and need.source.status in STATUSES
        assert set(need.name) == set(LANGS)


def _asks(procedure: Procedure, code: str) -> None:
    asked = procedure.asked_of(code, adverse=False)
    assert {"outcome", "facts", "ground", "language", "route"} <= set(asked)
    heard = set(procedure.asked_of(code, adverse=True)) - set(asked)
    assert heard == ({"heard"} if "preliminary" in procedure.steps else set())


@EACH
def test_every_state_is_reached_and_no_open_state_is_a_dead_end(procedure: Procedure) -> None:
    opening = [step for step in procedure.steps.values() if not step.from_]
    reached, seen = {place for step in opening for place in (step.to, *step.also)}, set()
    while reached - seen:
        state = (reached - seen).pop()
        seen.add(state)
        for code, step in procedure.steps.items():
            if may(procedure, code, state) is None:
                reached |= {place for place in (step.to, *step.also) if place not in ("same", "back")}
    assert reached == set(procedure.states)
    for state in procedure.states.values():
        leaving = [s for s in procedure.steps.values() if state.code in s.from_ and s.to not in ("same", state.code)]
        assert bool(leaving) == state.open, state.code


@EACH
def test_the_letter_of_every_step_is_written_in_three_languages(procedure: Procedure) -> None:
    for code in {step.letter for step in procedure.steps.values() if step.letter}:
        for lang in LANGS:
            assert letter_text(procedure, code, lang).subject


def test_what_the_kinds_do_not_share() -> None:
    application, complaint, message = (LAW.procedure(code) for code in ("application", "complaint", "message"))
    assert may(complaint, "extend", "in_work") == "not_in_this_procedure"
    assert may(message, "preliminary", "in_work") == "not_in_this_procedure"
    assert may(application, "pass_up", "registered") == "not_in_this_procedure"
    assert may(complaint, "lapse", "at_challenged") == "not_in_this_state"
    assert may(complaint, "lapse", "in_work") is None
    assert may(application, "register", None) is None
    assert may(application, "register", "registered") == "not_in_this_state"
    assert may(application, "assign", None) == "not_in_this_state"
    assert "preliminary" not in message.steps["extend"].from_
    assert complaint.steps["terminate"].source.article == "95(1)-(2)"
    assert complaint.steps["satisfy"].who == ("challenged",)


def test_adverse_outcomes_are_told_apart() -> None:
    outcomes = LAW.procedure("complaint").outcomes
    assert outcomes["dismissed"].adverse == "yes"
    assert LAW.procedure("application").outcomes["act_adopted"].adverse == "depends"
    assert {one.adverse for one in LAW.procedure("request").outcomes.values()} == {"no"}


def test_the_calendar_is_whole() -> None:
    calendar = LAW.calendar
    assert (calendar.first, calendar.last) == (date(2021, 7, 1), date(2027, 12, 31))
    off = [
        date(2027, 3, 15),
        date(2025, 9, 1),
        date(2024, 5, 8),
        date(2025, 1, 3),
        date(2021, 12, 1),
        date(2026, 5, 27),
    ]
    worked = [date(2026, 8, 31), date(2024, 5, 4), date(2025, 1, 5), date(2022, 12, 1), date(2026, 3, 16)]
    assert not any(calendar.is_working(day) for day in off)
    assert all(calendar.is_working(day) for day in worked)
    for row in calendar.rows.values():
        if row.reason == "moved" and row.instead_of:
            assert calendar.rows[row.instead_of].instead_of == row.day
    assert calendar.rows[date(2027, 3, 15)].status == "verified"
    assert (calendar.year_status(2026), calendar.year_status(2027)) == ("verified", "secondary")


def test_no_number_of_the_law_stands_in_python() -> None:
    counts = {value.count for one in LAW.procedures.values() for term in one.terms.values() for value in term.values}
    counts = {count for count in counts if count and count > 2} | {18, 30}
    # the forms of Russian numerals
    known = {("calendar.py", 5), ("explain.py", 4), ("sentences.py", 4), ("sentences.py", 10), ("sentences.py", 14)}
    counts -= {12}  # a year in months is no number of the law alone
    drawn = {"draw.py", "draw_year.py", "picture.py"}  # what counts there are millimetres
    for path in Path(qyzmet.law.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.name not in drawn else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, int) and node.value in counts:
                # the fifth day of the week, as the calendar counts them from Monday; the digits of a year; tens
                assert (path.name, node.value) in known


def test_a_second_reading_gives_the_same_law() -> None:
    again = load(KZ)
    assert again.procedures == LAW.procedures
    assert again.calendar.rows == LAW.calendar.rows


def test_what_a_decision_must_contain_differs_by_outcome_and_has_its_own_article() -> None:
    complaint, message = LAW.procedure("complaint"), LAW.procedure("message")
    assert "answer_to_each_question" not in complaint.asked_of("left_without_consideration", adverse=True)
    assert "answer_to_each_question" in complaint.asked_of("dismissed", adverse=True)
    assert "answer_to_each_question" in complaint.asked_of("nothing known", adverse=True)
    assert [message.decision[code].source.article for code in ("outcome", "ground")] == ["89(1)", "89(2)"]
    assert complaint.decision["heard"].source.article == "73(1)-(2), 98(3)"
    assert message.decision["language"].source.status == "verified"
    assert complaint.decision["language"].source.status == "secondary"
