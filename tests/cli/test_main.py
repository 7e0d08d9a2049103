"""The command line as a whole."""

import subprocess
import sys

import pytest

from qyzmet.cli import main


def test_without_a_command_it_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([]) == 2
    assert "qyzmet COMMAND" in capsys.readouterr().err
    assert main.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in main.COMMANDS)


@pytest.mark.parametrize("name", sorted(main.COMMANDS))
def test_every_command_has_a_module_with_a_parser(name: str) -> None:
    assert main.parser_of(name).format_help().startswith(f"usage: qyzmet {name}")


def test_asking_for_a_date_starts_no_django() -> None:
    code = "import sys; from qyzmet.cli.main import parser_of; parser_of('due'); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
