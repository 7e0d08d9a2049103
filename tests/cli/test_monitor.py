"""`qyzmet monitor`: what it prints and with what code it ends."""

import gzip
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from qyzmet.cli.main import main
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.watch.fork import check_fork, parse_fork
from tests.watch.fake_log import FakeLog, log_key, witness_key_of
from tests.watch.test_monitor import NOW, leaf

WITNESS = witness_key_of("w1.example.kz")


@pytest.fixture
def log(tmp_path: Path) -> FakeLog:
    grown = FakeLog(tmp_path / "log", witnesses=[WITNESS])
    grown.append(leaf(n) for n in range(300))
    grown.publish(time=NOW + 1000)
    return grown


@pytest.fixture
def policy(tmp_path: Path, log: FakeLog) -> Path:
    path = tmp_path / "policy"
    path.write_text(f"log {log.key.public}\nwitness w1.example.kz {WITNESS.public}\nquorum w1.example.kz\n")
    return path


def monitor(log: FakeLog | str, folder: Path, *more: str) -> int:
    where = log if isinstance(log, str) else str(log.folder)
    return main(["monitor", where, "--state", str(folder / "state.sqlite"), *more])


def test_a_good_log_is_told_in_three_languages(
    tmp_path: Path, log: FakeLog, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang, words in (("kk", "300 жазба тексерілді"), ("ru", "проверено 300 записей"), ("en", "300 entries checked")):
        assert monitor(log, tmp_path, "--policy", str(policy), "--lang", lang) == 0
        said = capsys.readouterr().out
        assert words in said
        assert "w1.example.kz" in said


def test_without_witnesses_it_says_whose_word_it_is(
    tmp_path: Path, log: FakeLog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(log, tmp_path, "--key", str(log.key.public), "--lang", "en") == 0
    assert "only the log's own word" in capsys.readouterr().out


def test_what_is_wrong_is_named_and_kept(
    tmp_path: Path, log: FakeLog, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.append([leaf(300, leaf_hash(leaf(7))), leaf(301, leaf_hash(leaf(7)))])
    log.publish(time=NOW + 1001)
    for _ in range(2):
        assert monitor(log, tmp_path, "--policy", str(policy), "--lang", "en") == 1
        assert "Entry 301 continues step 7" in capsys.readouterr().out


def test_a_fork_is_proved_in_a_file_beside_the_state(
    tmp_path: Path, log: FakeLog, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(log, tmp_path, "--policy", str(policy)) == 0
    log.rewrite([leaf(n) for n in range(1, 400)])
    log.publish(time=NOW + 2000)
    capsys.readouterr()
    assert monitor(log, tmp_path, "--policy", str(policy), "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["new"]) for one in told["findings"]] == [("fork_proved", True)]
    proof = parse_fork(Path(told["forks"][0]).read_bytes())
    assert [head.size for head in check_fork(proof, [log.key.public])] == [300, 399]


def test_of_a_log_that_became_shorter_it_says_how_much_was_read(
    tmp_path: Path, log: FakeLog, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert monitor(log, tmp_path, "--policy", str(policy)) == 0
    log.rewrite([leaf(n) for n in range(299)])
    log.publish(time=NOW + 2000)
    capsys.readouterr()
    assert monitor(log, tmp_path, "--policy", str(policy), "--lang", "en") == 1
    said = capsys.readouterr().out
    assert "300 of 300 entries checked" in said
    assert "it had 300 entries and now has 299" in said


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_everything_it_can_find_is_a_whole_sentence(
    tmp_path: Path, log: FakeLog, policy: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log.append([b"{}", leaf(9000), leaf(1, bytes(32)), leaf(400, rule="APPC 1", due_on=None)])
    log.publish(time=NOW + 1001)
    assert monitor(log, tmp_path, "--policy", str(policy), "--lang", lang) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert len(lines) == 3
    assert all("—" not in line and "{" not in line for line in lines)


@pytest.mark.parametrize(
    "options",
    [[], ["--key", "nonsense"], ["--policy", "nowhere"], ["--key", str(WITNESS.public)], ["--promise", "nowhere"]],
)
def test_a_wrong_command_is_2(tmp_path: Path, log: FakeLog, options: list[str]) -> None:
    if "--promise" in options:
        options = [*options, "--key", str(log.key.public)]
    assert monitor(log, tmp_path, *options) == 2


def test_two_names_are_too_many(tmp_path: Path, log: FakeLog) -> None:
    keys = ["--key", str(log.key.public), "--key", str(log_key("two.example.kz").public)]
    assert monitor(log, tmp_path, *keys) == 2


def test_a_log_that_does_not_answer_is_3(tmp_path: Path, log: FakeLog, capsys: pytest.CaptureFixture[str]) -> None:
    key = ["--key", str(log.key.public), "--lang", "en"]
    assert monitor("http://127.0.0.1:9", tmp_path, *key) == 3
    assert "does not answer" in capsys.readouterr().err
    (log.folder / "checkpoint").unlink()
    assert monitor(log, tmp_path, *key) == 3


class Shop(ThreadingHTTPServer):
    """A log over HTTP; every third answer fails once, every second is packed without being asked for."""

    folder: Path
    asked = 0


class Handler(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        self.server.asked += 1
        path = self.server.folder / self.path.removeprefix("/log/")
        if self.server.asked % 3 == 0 or not path.is_file():
            return self.send_error(503 if path.is_file() else 404)
        packed = self.server.asked % 2 == 0
        data = gzip.compress(path.read_bytes()) if packed else path.read_bytes()
        self.send_response(200)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)
        return None

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def address(log: FakeLog) -> Iterator[str]:
    server = Shop(("127.0.0.1", 0), Handler)
    server.folder = log.folder
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/log"
    server.shutdown()
    server.server_close()
    thread.join()


def test_over_http_a_failure_is_tried_again(
    tmp_path: Path, log: FakeLog, policy: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for slash in ("", "/"):
        assert monitor(address + slash, tmp_path, "--policy", str(policy), "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["read"] == 300
    missing = next(path for path in (log.folder / "tile/entries").rglob("*") if re.search(r"\.p/44$", str(path)))
    missing.unlink()
    (tmp_path / "state.sqlite").unlink()
    assert monitor(address, tmp_path, "--policy", str(policy), "--json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["code"], one["values"]) for one in found] == [("file_missing", {"path": "tile/entries/001"})]
