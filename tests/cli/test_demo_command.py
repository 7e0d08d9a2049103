"""`qyzmet demo` never touches another installation; what it may throw away: test_demo_folder.py."""

import argparse
import os
from pathlib import Path

import pytest

from qyzmet.cli.demo import command, folder


def test_a_demo_never_uses_the_database_or_the_mail_of_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QYZMET_DATABASE", "QYZMET_EMAIL", "QYZMET_DATA", "QYZMET_DEMO", "QYZMET_ADDRESS", "QYZMET_HOSTS"):
        monkeypatch.setenv(name, "smtp://real")
    command._environment(argparse.Namespace(data=tmp_path, port=8001))
    assert "QYZMET_DATABASE" not in os.environ
    assert "QYZMET_EMAIL" not in os.environ
    assert os.environ["QYZMET_DATA"] == str(tmp_path)
    assert os.environ["QYZMET_ADDRESS"] == "http://127.0.0.1:8001"


def test_the_city_is_filled_apart_from_the_process_that_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fills makes PDFs, and web processes forked from there would never make another."""
    told = tmp_path / "filled-by"

    def fill() -> None:
        told.write_text(str(os.getpid()))
        (tmp_path / folder.LOGINS).write_text("[]")
        folder.write_example(tmp_path, {"number": "n", "code": "c"})

    for name, instead in (("_fill", fill), ("_environment", id), ("_set_up", lambda: None)):
        monkeypatch.setattr(command, name, instead)
    command.run(argparse.Namespace(data=tmp_path, port=8001, reset=False, only_fill=True))
    assert int(told.read_text()) != os.getpid()
    assert folder.is_filled(tmp_path)


def test_a_filling_that_fails_serves_nothing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="3"), folder.filling(tmp_path):
        command._apart(lambda: os._exit(3))
    assert not folder.is_filled(tmp_path)
