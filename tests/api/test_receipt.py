"""The receipt for a program that files."""

from pathlib import Path
from typing import Any

import pytest

from qyzmet.ledger.policy import parse_policy
from qyzmet.ledger.receipt import parse_receipt
from qyzmet.ledger.verdict import check_receipt
from tests.api.conftest import Program
from tests.cases.desk import Desk
from tests.journal.books import own_log, take_in


def test_from_promise_to_proof(
    anybody: Program, desk: Desk, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = desk.file("application", "water")
    address = f"/appeals/{filed.case.number}/receipt"
    assert anybody.get(address, X_Follow_Code=filed.code).status_code == 404  # there is no log yet
    own = own_log(tmp_path, settings, monkeypatch)
    take_in(own)
    answer = anybody.get(address, X_Follow_Code=filed.code)
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    verdict = check_receipt(parse_receipt(answer.content), parse_policy(own.store.read("policy")))
    assert verdict.holds
    assert verdict.case == filed.case.number
    assert anybody.get(address, X_Follow_Code="00000-00000-00000-00000").status_code == 404
