"""`qyzmet demo`: what it may throw away, and that it never touches another installation."""

import argparse
import os
from pathlib import Path

import pytest

from qyzmet.cli.demo import command


def test_reset_removes_the_folder_of_a_demo(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "demo-logins.json").write_text("[]")
    command._throw_away(folder)
    assert not folder.exists()


def test_reset_leaves_every_other_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "qyzmet.sqlite3").write_text("real")
    with pytest.raises(SystemExit):
        command._throw_away(tmp_path)
    assert (tmp_path / "qyzmet.sqlite3").exists()


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
