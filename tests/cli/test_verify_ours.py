"""Receipts as cases give them: every kind of appeal, through command and script."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qyzmet.cases import queries
from qyzmet.cli.main import main
from qyzmet.journal.models import Opening
from tests.cases.desk import Desk
from tests.cast import Cast
from tests.journal.books import Log, own_log, take_in

pytestmark = pytest.mark.django_db
STANDALONE = Path(__file__).parents[2] / "verify/verify.py"


@pytest.fixture
def own(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Log:
    return own_log(tmp_path, settings, monkeypatch)


@pytest.fixture
def desk(cast: Cast, settings: Any) -> Desk:
    settings.DEMO = True
    return Desk(cast)


def said(own: Log, case: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the command says of the case's receipt; the script must agree."""
    receipt, policy = folder / "receipt.json", folder / "policy-of-the-reader"
    receipt.write_text(queries.receipt(case).text())
    policy.write_bytes(own.store.read("policy"))
    code = main(["verify", str(receipt), "--policy", str(policy), "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    done = subprocess.run([sys.executable, STANDALONE, receipt, policy], capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stdout
    return found


def days(found: dict[str, Any]) -> list[str | None]:
    return [step["day"] for step in found["files"][0]["steps"]]


@pytest.mark.parametrize("kind", ["application", "message", "request", "suggestion", "response"])
def test_the_day_of_every_kind_follows_from_the_rule_that_the_line_names(
    own: Log, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    case = desk.file(kind, "water").case
    take_in(own)
    found = said(own, case, tmp_path, capsys)
    assert found["verdict"] == "holds", found
    assert days(found) == ["follows"]


def test_an_accusation_has_its_day_inside_the_commitment(
    own: Log, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = desk.accuse("centre_head", "centre").case
    take_in(own)
    found = said(own, case, tmp_path, capsys)
    assert found["verdict"] == "holds", found
    assert days(found)[0] == "follows"
    assert not {"r", "d"} & set(json.loads(queries.receipt(case).steps[0].leaf_text))


def test_a_case_to_its_end(own: Log, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = desk.file("application", "water").case
    desk.answer(case, "water", "act_adopted")
    take_in(own)
    found = said(own, case, tmp_path, capsys)
    assert found["verdict"] == "holds", found
    assert set(days(found)) == {"follows", None}


def test_what_an_administrator_writes_into_a_receipt_is_found(
    own: Log, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With all rights on the database the content can be changed where receipts are made from; the line cannot."""
    case = desk.file("application", "water").case
    take_in(own)
    opening = Opening.objects.get(pk=case.steps.get().entry_id)
    Opening.objects.filter(pk=opening.pk).update(content=opening.content.replace(str(case.due_on), "2027-01-29"))
    found = said(own, case, tmp_path, capsys)
    assert found["verdict"] == "does_not_hold"
    assert {one["code"] for one in found["files"][0]["problems"]} == {"content_changed"}


def test_days_that_other_steps_set_are_not_computed_and_not_called_wrong(
    own: Log, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sent to another body the term begins anew there; a part of the case, a case of its own, begins with its own."""
    case = desk.file("application", "water").case
    part = desk.do("redirect_part", case, "water_registrar", body="dep", part_text="Су жоқ.", reason="Құзыреті.").case
    desk.wait(days=2)
    desk.do("redirect", case, "water_registrar", body="dep", reason="Басқарма құзыреті.")
    take_in(own)
    found = said(own, case, tmp_path, capsys)
    assert (found["verdict"], days(found)) == ("holds", ["follows", None, "moved"]), found
    assert days(said(own, part, tmp_path, capsys))[0] == "follows"


def test_a_complaint_that_goes_up(own: Log, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = desk.file("complaint", "centre").case
    desk.do("pass_up", case, "centre_head")
    take_in(own)
    found = said(own, case, tmp_path, capsys)
    assert found["verdict"] == "holds", found
    assert days(found)[0] == "follows"
    assert "differs" not in days(found)
