"""`qyzmet demo` never touches another installation; what it may throw away: test_demo_folder.py."""

import argparse
import os
from pathlib import Path

import pytest

from qyzmet.cli.demo import command


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
