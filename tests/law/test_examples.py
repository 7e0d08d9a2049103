"""Every scenario of every procedure, as the lawyers wrote it."""

import pytest

from qyzmet.law import QuestionError, Value, explain, kz
from qyzmet.law.examples import Example, examples

LAW = kz()
ALL = [example for procedure in LAW.procedures.values() for example in examples(procedure)]
AT_LEAST = 12


@pytest.mark.parametrize("example", ALL, ids=lambda example: f"{example.procedure}: {example.says['en']}")
def test_the_law_says_what_the_scenario_says(example: Example) -> None:
    if example.holds(LAW):
        return
    try:
        found = example.answer(LAW)
    except QuestionError as error:
        raise AssertionError(error.code) from error
    raise AssertionError((found.registration.on, found.due.on, found.due.at, found.due.status))


@pytest.mark.parametrize("code", LAW.procedures)
def test_a_procedure_has_a_dozen_scenarios_over_all_redactions_and_a_year_end(code: str) -> None:
    found = [example for example in ALL if example.procedure == code]
    answers = [example.answer(LAW) for example in found if not example.error]
    years = [(example.received.year, example.answer(LAW).due.on.year) for example in found if not example.error]
    values = [one for one in LAW.procedure(code).term(LAW.procedure(code).main_term).values if decides(one)]
    assert len(found) >= AT_LEAST
    assert {value.redaction for value in values} <= {answer.due.redaction for answer in answers}
    assert any(ends > begins for begins, ends in years)
    if LAW.procedure(code).begins == "body":  # its days are not those of arrivals
        return
    assert any(fact["fact"] == "worked" for answer in answers for fact in answer.facts) or opens_late(values)
    assert any(fact["fact"] == "late" for answer in answers for fact in answer.facts) or not from_registration(values)


def decides(value: Value) -> bool:
    return value.source.status != "unverified"


def opens_late(values: list[Value]) -> bool:
    """No value holds on a day that an order made a worked one."""
    moved = [row.day for row in LAW.calendar.rows.values() if row.kind == "worked"]
    return not any(value.holds(day) for value in values for day in moved)


def from_registration(values: list[Value]) -> bool:
    return any(value.from_ == "registration" for value in values)


@pytest.mark.parametrize("example", [one for one in ALL if not one.error], ids=lambda example: example.says["en"])
def test_every_way_to_a_date_can_be_told(example: Example) -> None:
    facts = example.answer(LAW).facts
    told = {lang: explain(facts, lang) for lang in ("kk", "ru", "en")}
    assert len({len(lines) for lines in told.values()}) == 1
    assert all("{" not in line and ".." not in line for lines in told.values() for line in lines)


def test_the_worked_example_of_the_docs() -> None:
    found = next(one for one in ALL if one.procedure == "application" and "eve of Nauryz" in one.says["en"])
    answer = found.answer(LAW)
    assert (answer.registration.on.isoformat(), answer.due.on.isoformat()) == ("2026-03-20", "2026-04-15")
