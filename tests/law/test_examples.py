"""Every scenario of every procedure, as the lawyers wrote it."""

import pytest

from qyzmet.law import QuestionError, explain, kz
from qyzmet.law.examples import Example, examples

LAW = kz()
ALL = [example for procedure in LAW.procedures.values() for example in examples(procedure)]
AT_LEAST = 12


@pytest.mark.parametrize("example", ALL, ids=lambda example: f"{example.procedure}: {example.says['en']}")
def test_the_law_says_what_the_scenario_says(example: Example) -> None:
    if example.error:
        with pytest.raises(QuestionError) as caught:
            example.answer(LAW)
        assert caught.value.code == example.error
        return
    found = example.answer(LAW)
    assert (found.registration.on, found.due.on, found.due.status) == (
        example.registered_on,
        example.due_on,
        example.status,
    )


@pytest.mark.parametrize("code", LAW.procedures)
def test_a_procedure_has_a_dozen_scenarios_over_both_redactions_and_a_year_end(code: str) -> None:
    found = [example for example in ALL if example.procedure == code]
    answers = [example.answer(LAW) for example in found if not example.error]
    assert len(found) >= AT_LEAST
    assert {"2021-07-01", "2025-12-30"} <= {answer.due.redaction for answer in answers}
    assert any(answer.due.on.year > answer.registration.on.year for answer in answers)
    assert any(fact["fact"] == "worked" for answer in answers for fact in answer.facts)
    assert any(fact["fact"] == "late" for answer in answers for fact in answer.facts)


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
