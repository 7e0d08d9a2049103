"""The command and the page of a newspaper's programmer say the same of every accident."""

import ast
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
    (tmp_path / "policy").write_bytes(accident.trusted.encode(errors="surrogateescape"))
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


# the script reads no keys of the kind that nobody here checks
OTHER_EXITS = {"good, a policy with a key nobody checks here": 2}
COARSER = {"bad_number": "bad_checkpoint"}


def test_the_page_of_python(request: pytest.FixtureRequest, accident: Accident, files: list[str]) -> None:
    """The same verdict; of what does not hold it names the first, in coarser words or the same."""
    done = subprocess.run([sys.executable, STANDALONE, *files], capture_output=True, text=True, timeout=60)
    name = request.node.callspec.params["accident"]
    assert done.returncode == OTHER_EXITS.get(name, EXITS[accident.verdict]), done.stdout + done.stderr
    if done.returncode != 1 or name in OTHER_EXITS:
        return
    (problem,) = re.findall(r"problem: (\w+)$", done.stdout, re.MULTILINE)
    step = int(["0", *re.findall(r"step (\d+): ", done.stdout)][-1])
    known = {(n, COARSER.get(code, code)) for n, code in accident.codes} | accident.codes
    assert {(step, problem), (0, problem)} & known, done.stdout


def test_the_page_of_python_stays_a_page() -> None:
    """Somebody who is no specialist reads it from top to bottom, and installs one package for it."""
    text = STANDALONE.read_text()
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {one.module or "" for one in found if isinstance(one, ast.ImportFrom)}
    names |= {alias.name for one in found if isinstance(one, ast.Import) for alias in one.names}
    assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names, "cryptography"}
    assert not any(one.level for one in found if isinstance(one, ast.ImportFrom))
    assert len(text.splitlines()) < 220
    assert max(map(len, text.splitlines())) <= 120
