"""A key for a program, from the command line."""

import pytest

from qyzmet.cli import main
from tests.api.conftest import Program
from tests.cast import Cast


def run(*words: str) -> int:
    return int(main.main(["token", *words]) or 0)


def test_given_used_and_taken_back(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("water.registrar", "--name", "kiosk", "--scope", "read") == 0
    token = capsys.readouterr().out.strip()
    assert Program(token).get("/desk/queue").status_code == 200
    assert Program(token).post("/desk/cases", {}).status_code == 403
    assert run("water.registrar", "--name", "kiosk", "--revoke") == 0
    assert capsys.readouterr().out.strip() == "revoked: 1"
    assert Program(token).get("/desk/queue").status_code == 401


def test_what_cannot_be_given(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("nobody", "--name", "kiosk", "--scope", "read") == 1
    assert run("water.registrar", "--name", "kiosk") == 1
    assert run("water.registrar", "--name", "kiosk", "--scope", "read", "--until", "2020-01-01") == 1
    assert capsys.readouterr().out == ""
