"""The command and the page of a newspaper's programmer say the same of every accident."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qyzmet.cli.main import main
from tests.cli.accidents import ACCIDENTS, Accident

STANDALONE = Path(__file__).parents[2] / "verify/verify.py"
EXITS = {"holds": 0, "does_not_hold": 1, "unreadable": 2, "not_all_proved": 3}


@pytest.fixture(params=ACCIDENTS)
def accident(request: pytest.FixtureRequest) -> Accident:
    return ACCIDENTS[request.param]


@pytest.fixture
def files(accident: Accident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The receipt, and the policy if there is one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("QYZMET_POLICY", raising=False)
    monkeypatch.delenv("QYZMET_DATA", raising=False)
    (tmp_path / "receipt.json").write_bytes(accident.receipt.encode(accident.encoding))
    if accident.trusted is None:
        return ["receipt.json"]
    (tmp_path / "policy").write_text(accident.trusted)
    return ["receipt.json", "policy"]


def test_the_command(accident: Accident, files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    policy = ["--policy", "policy"] if files[1:] else []
    code = main(["verify", files[0], *policy, "--json"])
    said = json.loads(capsys.readouterr().out)
    found = {(one["step"], one["code"]) for file in said["files"] for one in file["problems"]}
    found |= {(0, "fork") for _ in said["forks"]}
    assert (said["verdict"], found) == (accident.verdict, set(accident.codes))
    assert [one["code"] for one in said["unreadable"]] == ([accident.unreadable] if accident.unreadable else [])
    assert code == EXITS[accident.verdict]


def test_the_page_of_python(accident: Accident, files: list[str]) -> None:
    done = subprocess.run([sys.executable, STANDALONE, *files], capture_output=True, text=True, timeout=60)
    found = {(int(n), code) for n, code in re.findall(r"problem in step (\d+): (\w+)", done.stdout)}
    assert (done.returncode, found) == (EXITS[accident.verdict], set(accident.codes)), done.stdout + done.stderr
    assert accident.unreadable in done.stdout
