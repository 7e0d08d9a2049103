"""What begins inside a body: who begins it, what it offers to nobody, quotas and causes; one scenario of each form."""

from datetime import date
from pathlib import Path

import pytest

from qyzmet.law import KZ, LawError, cause_named, kz, load
from qyzmet.law.examples import meetings
from tests.law.test_loading import swapped, written

LAW = kz()
INSIDE = {"discipline", "labour-discipline", "service-inquiry", "statement", "remote-work", "leave-schedule"}


def test_who_begins_is_said_and_nobody_else_is_offered_it() -> None:
    assert {code for code, one in LAW.procedures.items() if one.begins == "body"} >= INSIDE
    assert all(LAW.procedures[code].offered == () for code in INSIDE)
    assert LAW.procedures["consent-withdrawal"].begins == LAW.procedures["application"].begins == "applicant"
    assert not any("applicant" in step.who for code in INSIDE for step in LAW.procedures[code].steps.values())


def test_the_term_meant_is_the_decision_or_the_first() -> None:
    assert LAW.procedure("application").main_term == "decision"
    assert LAW.procedure("discipline").main_term == "impose"


def test_a_quota_is_met_or_not() -> None:
    inquiry = LAW.procedure("service-inquiry")
    found = meetings(inquiry)
    assert {one.quota for one in found} == set(inquiry.quotas)
    for one in found:
        assert inquiry.quotas[one.quota].met(one.present, one.everybody) == one.enough, one.says["en"]


def test_a_cause_has_a_redaction_under_each_law() -> None:
    causes = LAW.procedure("discipline").suspensions
    old, new = causes["illness_2015"], causes["illness"]
    assert old.same_as == new.same_as == "illness"
    assert old.holds(date(2026, 6, 30)) and not old.holds(date(2026, 7, 1))
    assert new.holds(date(2026, 7, 1)) and not new.holds(date(2026, 6, 30))


def test_a_case_names_a_cause_by_one_code_and_gets_the_redaction_of_its_own_day() -> None:
    rule = LAW.procedure("discipline")
    found = [cause_named(rule, "illness", day) for day in (date(2026, 6, 30), date(2026, 7, 1), date(2020, 1, 1))]
    assert [one.source.article for one in found if one] == ["45(3)1, 45(4)", "64(2)1", "45(3)1, 45(4)"]
    assert cause_named(rule, "rain", date(2026, 7, 1)) is None


WRONG = {
    "nobody begins it": (
        "procedure.toml",
        'chapter = "internal"',
        'chapter = "internal"\nbegins = "wind"',
        "begins",
    ),
    "stops a term that is not there": (
        "procedure.toml",
        'terms = ["impose",',
        'terms = ["rain",',
        "suspensions.illness.terms: rain",
    ),
    "a cause that ends before it begins": (
        "procedure.toml",
        "valid_to = 2026-06-30",
        "valid_to = 2020-06-30",
        "suspensions.illness_2015.valid_to",
    ),
    "a gap between two redactions": (
        "terms.toml",
        "valid_to = 2026-06-30",
        "valid_to = 2026-06-29",
        "terms.impose.values",
    ),
    "a term without a source": (
        "terms.toml",
        'article = "64(1)"',
        'article = ""',
        "terms.impose.values[2].article",
    ),
    "holidays passed over in working days": (
        "terms.toml",
        'unit = "working_days"',
        'unit = "working_days"\nskip = "holidays"',
        ".skip",
    ),
}
"""What is wrong: the file, what stands in it, what stands there instead, the key that is named."""


@pytest.mark.parametrize("what", WRONG)
def test_what_is_written_wrongly_is_refused(what: str, tmp_path: Path) -> None:
    file, right, wrong, key = WRONG[what]
    name = f"discipline/{file}"
    text = swapped((KZ / name).read_text(encoding="utf-8"), right, wrong)
    with pytest.raises(LawError) as caught:
        load(KZ, written(tmp_path, name, text))
    assert key in caught.value.key


AUDIT: dict[str, tuple[str, str, str]] = {
    "the clock stands on for a term that is not there": (
        'longer_by = "after_audit"',
        'longer_by = "rain"',
        "suspensions.thematic_audit.longer_by: rain",
    ),
    "it stands on for a length nobody has set": (
        'longer_by = "after_audit"',
        'longer_by = "extension"',
        "suspensions.thematic_audit.longer_by",
    ),
    "it stands on in a redaction that knows no length": (
        'longer_by = "after_audit"\nvalid_from = 2026-01-01',
        'longer_by = "after_audit"\nvalid_from = 2025-12-31',
        "suspensions.thematic_audit.longer_by",
    ),
    "a step closed by a cause that is not there": (
        'not_while = ["thematic_audit"]',
        'not_while = ["rain"]',
        "steps.withdraw.not_while: rain",
    ),
}


@pytest.mark.parametrize("what", AUDIT)
def test_what_a_cause_brings_with_it_is_checked(what: str, tmp_path: Path) -> None:
    right, wrong, key = AUDIT[what]
    name = "tax-complaint/procedure.toml"
    text = swapped((KZ / name).read_text(encoding="utf-8"), right, wrong)
    with pytest.raises(LawError) as caught:
        load(KZ, written(tmp_path, name, text))
    assert key in caught.value.key


def test_a_procedure_that_extends_another_has_its_causes_with_all_they_bring() -> None:
    longer = LAW.procedure("tax-monitoring-complaint")
    assert longer.suspensions["thematic_audit"].longer_by == "after_audit"
    assert longer.steps["withdraw"].not_while == ("thematic_audit",)
    assert list(longer.restoration_grounds) == ["incapacity"]
