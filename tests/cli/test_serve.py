"""A server of its own folder: it answers, does what is due, and ends with everything it started."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

QYZMET = [sys.executable, "-m", "qyzmet.cli.main"]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("QYZMET_", "DJANGO_"))}
    return {**own, "QYZMET_DATA": str(folder), "QYZMET_DEMO": "1"}


def status(address: str) -> int:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.2)
    raise AssertionError("no answer in 20 seconds")


def alive(folder: Path) -> list[str]:
    """Processes of this folder's server that are still there."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"QYZMET_DATA={folder}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at /proc")
def test_it_answers_and_ends(tmp_path: Path) -> None:
    env = environment(tmp_path)
    subprocess.run([*QYZMET, "migrate", "--quiet"], env=env, check=True)
    port = free_port()
    server = subprocess.Popen([*QYZMET, "serve", "--port", str(port), "--workers", "2"], env=env)
    try:
        assert status(f"http://127.0.0.1:{port}/desk/login/") == 200
        assert any("tick" in line for line in alive(tmp_path))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    time.sleep(0.5)
    assert alive(tmp_path) == []
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
