"""`qyzmet procedures --json`: all that the law's files say of each procedure."""

import json

import pytest

from qyzmet import law
from qyzmet.cli.main import main


def test_every_procedure_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedures", "--json"]) == 0
    told = {one["code"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(told) == list(law.kz().procedures)
    for code, procedure in law.kz().procedures.items():
        one = told[code]
        assert [step["code"] for step in one["steps"]] == list(procedure.steps)
        assert [state["code"] for state in one["states"]] == list(procedure.states)
        assert [term["key"] for term in one["terms"]] == list(procedure.terms)
        assert [outcome["code"] for outcome in one["outcomes"]] == list(procedure.outcomes)
        listed = {name: [entry["code"] for entry in entries] for name, entries in one["lists"].items()}
        assert listed.get("return_grounds", []) == list(procedure.return_grounds)
        assert all(listed.values())


def test_a_step_a_ground_and_who_begins(capsys: pytest.CaptureFixture[str]) -> None:
    main(["procedures", "--json"])
    complaint = next(one for one in json.loads(capsys.readouterr().out) if one["code"] == "complaint")
    assert (complaint["begins"], complaint["opened_by"]) == ("applicant", ["applicant", "registrar"])
    satisfy = next(step for step in complaint["steps"] if step["code"] == "satisfy")
    assert (satisfy["from"], satisfy["to"], satisfy["who"]) == (["at_challenged"], ["satisfied"], ["challenged"])
    assert (satisfy["letter"], satisfy["ends"], satisfy["rule"]) == ("satisfied", ["pass_up"], "APPC 91(4)")
    assert satisfy["url"].startswith("https://")
    assert "passed_up" in complaint["letters"]
    assert "extension_grounds" not in complaint["lists"], "a complaint is never extended"


def test_what_stops_a_clock_and_which_step_waits_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    main(["procedures", "--json"])
    tax = next(one for one in json.loads(capsys.readouterr().out) if one["code"] == "tax-complaint")
    audit = next(one for one in tax["lists"]["suspensions"] if one["code"] == "thematic_audit")
    assert (audit["terms"], audit["longer_by"]) == (["decision", "extension"], "after_audit")
    assert (audit["valid_from"], audit["valid_to"]) == ("2026-01-01", None)
    assert [step["code"] for step in tax["steps"] if step["not_while"]] == ["withdraw"]
