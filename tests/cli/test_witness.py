"""`qyzmet witness` as a program: one command, its key and its memory; then a log talks to it."""

import http.client
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qyzmet.cli.main import main
from qyzmet.ledger.keys import parse_key
from qyzmet.ledger.note import parse_note, verify
from qyzmet.ledger.policy import parse_policy
from tests.watch.fake_log import FakeLog, log_key
from tests.watch.test_witness import body, step


@pytest.fixture
def log(tmp_path: Path) -> FakeLog:
    grown = FakeLog(tmp_path / "log")
    grown.append([b"a", b"b", b"c"])
    return grown


def options(folder: Path, *more: str) -> list[str]:
    own = ["--name", "witness.example.kz", "--key", f"{folder}/witness.key", "--data", f"{folder}/witness.sqlite"]
    return [*own, "--port", "0", "--lang", "en", *more]


@contextmanager
def running(folder: Path, *more: str) -> Iterator[tuple[str, int]]:
    """The witness as a process of its own: what it printed, and its port."""
    command = [sys.executable, "-m", "qyzmet.cli.main", "witness", *options(folder, *more)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        said = "".join(process.stdout.readline() for _ in range(5))
        yield said, int(re.findall(r"http://127\.0\.0\.1:(\d+)", said)[-1])
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def post(port: int, data: bytes) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/add-checkpoint", data)
    reply = connection.getresponse()
    try:
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def test_one_command_makes_the_key_and_answers_and_starts_again_where_it_was(tmp_path: Path, log: FakeLog) -> None:
    with running(tmp_path, "--log", str(log.key.public)) as (said, port):
        line = re.search(r"^  (witness .*)$", said, re.MULTILINE)
        assert line is not None
        key = parse_key(said.splitlines()[1].strip())
        policy = parse_policy(f"log {log.key.public}\n{line[1]}\nquorum witness.example.kz\n".encode())
        assert policy.witnesses["witness.example.kz"].key == key
        status, lines = post(port, step(log, 0))
        assert status == 200
        assert policy.met_by(one.key for one in verify(parse_note(log.note() + lines.encode()), [key]))
    assert stat.S_IMODE((tmp_path / "witness.key").stat().st_mode) == 0o600
    log.append([b"d"])
    with running(tmp_path, "--log", str(log.key.public)) as (said, port):
        assert str(key) in said
        assert post(port, body(0, log.note())) == (409, "3\n")
        assert post(port, step(log, 3))[0] == 200


def test_a_policy_names_the_logs(tmp_path: Path, log: FakeLog) -> None:
    policy = tmp_path / "policy"
    policy.write_text(f"log {log.key.public}\nlog {log_key('two.example.kz/log', 'two').public}\nquorum none\n")
    with running(tmp_path, "--policy", str(policy)) as (_, port):
        assert post(port, step(log, 0))[0] == 200


def refused(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> tuple[int, str]:
    code = main(["witness", *arguments])
    return code, capsys.readouterr().err


def test_what_it_cannot_start_with_is_said(tmp_path: Path, log: FakeLog, capsys: pytest.CaptureFixture[str]) -> None:
    mine = ["--log", str(log.key.public)]
    assert refused(capsys, options(tmp_path))[0] == 2
    assert refused(capsys, options(tmp_path, "--log", "nonsense"))[0] == 2
    assert refused(capsys, options(tmp_path, "--policy", f"{tmp_path}/none"))[0] == 2
    assert not (tmp_path / "witness.key").exists()
    with running(tmp_path, *mine):
        pass
    (tmp_path / "witness.sqlite").rename(tmp_path / "elsewhere")
    code, said = refused(capsys, options(tmp_path, *mine))
    assert (code, "could sign two different histories" in said) == (2, True)
    (tmp_path / "elsewhere").rename(tmp_path / "witness.sqlite")
    (tmp_path / "witness.key").chmod(0o644)
    code, said = refused(capsys, options(tmp_path, *mine))
    assert (code, "chmod 600" in said) == (2, True)


def test_a_port_that_is_taken_is_said(tmp_path: Path, log: FakeLog, capsys: pytest.CaptureFixture[str]) -> None:
    with running(tmp_path, "--log", str(log.key.public)) as (_, port):
        other = tmp_path / "other"
        arguments = [*options(other, "--log", str(log.key.public)), "--port", str(port)]
        code, said = refused(capsys, arguments)
        assert (code, f"127.0.0.1:{port}" in said) == (1, True)


def test_it_starts_no_django() -> None:
    code = (
        "import sys; from qyzmet.cli.main import parser_of; parser_of('witness'); parser_of('monitor');"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
