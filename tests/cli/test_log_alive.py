"""The story of a receipt with real processes: an appeal over HTTP, its proof, a witness, a lie, and who notices it."""

import json
import shutil
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from qyzmet.ledger.keys import parse_signing_key
from qyzmet.ledger.leaf import canonical, leaf_hash
from qyzmet.ledger.strict import base64_of
from qyzmet.ledger.tree import EMPTY_ROOT
from tests.cli.test_serve import QYZMET, environment, free_port, status

WAIT_SECONDS = 60
CITY = """
import django; django.setup()
from datetime import UTC, datetime
from qyzmet.bodies import actions
names = {"kk": "Су басқармасы", "ru": "Управление воды", "en": "Water"}
actions.found_body(code="water", kind="local", names=names, at=datetime.now(UTC))
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "data") | {"QYZMET_LOG_NAME": "qala.example/log"}


def qyzmet(env: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*QYZMET, *words], env=env, capture_output=True, text=True, timeout=WAIT_SECONDS * 2)


@contextmanager
def running(env: dict[str, str], *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([*QYZMET, *words], env=env, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()  # a run in the background is deaf to SIGINT
        process.wait(timeout=WAIT_SECONDS)


def until(found: Callable[[], Any]) -> Any:
    for _ in range(WAIT_SECONDS * 5):
        if answer := found():
            return answer
        time.sleep(0.2)
    raise AssertionError(f"not in {WAIT_SECONDS} seconds")


def ask(address: str, body: Any = None, **headers: str) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()
    except urllib.error.HTTPError:
        return None


def file_appeal(base: str) -> dict[str, str]:
    appeal = {
        "kind": "application",
        "body": "water",
        "text": "Құбыр жарылды.",
        "language": "kk",
        "author": {"name": "А"},
    }
    return dict(json.loads(ask(f"{base}/api/v1/appeals", appeal)))


def receipt(base: str, filed: dict[str, str]) -> bytes | None:
    found: bytes | None = ask(f"{base}/api/v1/appeals/{filed['number']}/receipt", **{"X-Follow-Code": filed["code"]})
    return found if found and b'"proof"' in found else None


def test_from_an_appeal_to_a_caught_lie(tmp_path: Path, env: dict[str, str]) -> None:
    data, kept = tmp_path / "data", tmp_path / "kept"
    kept.mkdir()
    assert qyzmet(env, "migrate", "--quiet").returncode == 0
    subprocess.run([QYZMET[0], "-c", CITY], env=env | {"DJANGO_SETTINGS_MODULE": "qyzmet.settings"}, check=True)
    port = free_port()
    base = f"http://127.0.0.1:{port}"

    with running(env, "serve", "--port", str(port), "--workers", "1", "--no-tick", "--with-signer"):
        assert status(f"{base}/log/") == 200
        filed = file_appeal(base)
        (kept / "receipt.json").write_bytes(until(lambda: receipt(base, filed)))
        policy = until(lambda: ask(f"{base}/log/policy"))
        (kept / "policy").write_bytes(policy)
        said = qyzmet(env, "verify", str(kept / "receipt.json"), "--policy", str(kept / "policy"), "--lang", "en")
        assert (said.returncode, filed["number"] in said.stdout) == (0, True), said.stdout + said.stderr
        seen_by_one(env, base, kept, filed, policy.decode())
        monitored = qyzmet(env, "monitor", f"{base}/log", "--policy", str(kept / "policy"), "--state", str(kept / "m"))
        assert monitored.returncode == 0, monitored.stdout + monitored.stderr

    assert qyzmet(env, "audit", "--lang", "en").returncode == 0
    with sqlite3.connect(data / "qyzmet.sqlite3") as database:
        database.execute("UPDATE cases_case SET due_on = '2027-01-01'")
    said = qyzmet(env, "audit", "--lang", "en")
    assert said.returncode == 1
    assert filed["number"] in said.stdout
    assert "2027-01-01 in the database" in said.stdout

    rewrite(data)
    with running(env, "signer"):
        until(lambda: qyzmet(env, "sequence").returncode == 0)
    monitored = qyzmet(env, "monitor", str(data / "log"), "--policy", str(kept / "plain"), "--state", str(kept / "m"))
    assert monitored.returncode == 1, monitored.stdout + monitored.stderr
    assert list(kept.glob("fork-*.txt"))


def seen_by_one(env: dict[str, str], base: str, kept: Path, filed: dict[str, str], policy: str) -> None:
    """A witness joins, and the person's receipt says so."""
    port, key = free_port(), policy.split()[1]
    words = ["--key", str(kept / "witness.key"), "--data", str(kept / "w.sqlite"), "--log", key, "--port", str(port)]
    with running(env, "witness", "--name", "maslikhat.example/w", *words):
        assert status(f"http://127.0.0.1:{port}/") == 200
        lines = [f"log {key}", f"witness maslikhat {vkey_of(kept)} http://127.0.0.1:{port}", "quorum maslikhat"]
        (kept / "plain").write_bytes((kept / "policy").read_bytes())
        (kept / "policy").write_text("\n".join(lines) + "\n")
        shutil.copy(kept / "policy", Path(env["QYZMET_DATA"]) / "log" / "policy")
        until(lambda: ask(f"{base}/log/witnessed"))
        (kept / "seen.json").write_bytes(receipt(base, filed) or b"")
        said = qyzmet(env, "verify", str(kept / "seen.json"), "--policy", str(kept / "policy"), "--lang", "en")
        assert (said.returncode, "maslikhat" in said.stdout) == (0, True), said.stdout + said.stderr


def vkey_of(kept: Path) -> str:
    return str(parse_signing_key((kept / "witness.key").read_text().strip())[0].public)


def rewrite(data: Path) -> None:
    """With all rights to everything: another line for the first step, and a signer that forgot what it signed."""
    with sqlite3.connect(data / "qyzmet.sqlite3") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        ((leaf,),) = database.execute("SELECT leaf FROM journal_entry ORDER BY id LIMIT 1").fetchall()
        changed = json.loads(leaf) | {"d": "2027-01-04"}
        text = canonical(changed)
        database.execute(
            "UPDATE journal_entry SET leaf = ?, leaf_hash = ? WHERE id = (SELECT MIN(id) FROM journal_entry)",
            (text.decode(), leaf_hash(text)),
        )
        database.execute("DELETE FROM journal_head")
    shutil.rmtree(data / "log")
    forgotten = {"size": 0, "root": base64_of(EMPTY_ROOT)}
    (data / "signer" / "head.json").write_text(json.dumps(forgotten))
