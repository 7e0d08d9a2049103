"""The rules of tlog-witness, without a network."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from qyzmet.ledger.checkpoint import Checkpoint
from qyzmet.ledger.keys import VerifierKey, parse_signing_key
from qyzmet.ledger.note import Note, parse_note, sign, verify
from qyzmet.ledger.strict import base64_of
from qyzmet.watch.fork import Fork, check_fork
from qyzmet.watch.witness import Memory, Refusal, Witness, witness_key
from tests.ledger.made import STRANGER, signed
from tests.watch.fake_log import ORIGIN, FakeLog, log_key, witness_key_of

NOW = 1_800_000_000
KEY = witness_key_of("witness.example.kz")
VECTORS = Path(os.environ.get("QYZMET_VECTORS", Path(__file__).parents[3] / "shared/vectors"))


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def log(tmp_path: Path) -> FakeLog:
    made = FakeLog(tmp_path / "log")
    made.append(b"%d" % n for n in range(5))
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def witness(tmp_path: Path, log: FakeLog, clock: Clock) -> Witness:
    return made(tmp_path / "seen.sqlite", [log.key.public], clock)


def made(path: Path, logs: list[VerifierKey], clock: Clock) -> Witness:
    memory = Memory(path)
    memory.own(KEY.public, fresh=not path.exists())
    return Witness(KEY, memory, logs, clock)


def body(old: int, note: bytes, proof: list[bytes] | None = None) -> bytes:
    lines = [f"old {old}", *map(base64_of, proof or [])]
    return "\n".join(lines).encode() + b"\n\n" + note


def step(log: FakeLog, old: int) -> bytes:
    """The request by which the log brings a witness from `old` to where it stands."""
    return body(old, log.note(), log.tree().consistency(old))


def test_the_first_head_is_cosigned_and_the_cosignature_holds(witness: Witness, log: FakeLog) -> None:
    reply = witness.add_checkpoint(step(log, 0))
    assert (reply.status, reply.body[:2]) == (200, "— ")
    note = parse_note(log.note() + reply.body.encode())
    signed = verify(note, [KEY.public])
    assert [(one.key, one.time) for one in signed] == [(KEY.public, NOW)]


def test_it_follows_a_log_that_grows(witness: Witness, log: FakeLog) -> None:
    for old, new in ((0, 5), (5, 6), (6, 300), (300, 300)):
        log.append(b"%d" % n for n in range(log.size, new))
        assert witness.add_checkpoint(step(log, old)).status == 200
    assert [(head.size, head.root) for head in witness.memory.heads()] == [(300, log.head().root)]


def test_another_old_size_is_told_the_right_one(witness: Witness, log: FakeLog) -> None:
    witness.add_checkpoint(step(log, 0))
    log.append([b"more"])
    for old in (0, 3, 6):
        reply = witness.add_checkpoint(body(old, log.note()))
        assert (reply.status, reply.body, reply.type) == (409, "5\n", "text/x.tlog.size")


def test_a_head_that_went_back_is_not_cosigned(witness: Witness, log: FakeLog) -> None:
    witness.add_checkpoint(step(log, 0))
    old = body(3, log.note(size=3))
    assert (witness.add_checkpoint(old).status, witness.add_checkpoint(body(5, log.note(size=3))).status) == (409, 400)
    assert witness.memory.heads()[0].size == 5


def test_an_unknown_log_is_404_and_a_false_signature_403(witness: Witness, log: FakeLog) -> None:
    other = FakeLog(log.folder / "other", log_key("other.example.kz/log"), list(log.entries))
    assert witness.add_checkpoint(body(0, other.note())).status == 404
    forger = FakeLog(log.folder / "forger", log_key(word="forger"), list(log.entries))
    assert witness.add_checkpoint(body(0, forger.note())).status == 403
    changed = log.note().replace(b"\n5\n", b"\n6\n")
    assert witness.add_checkpoint(body(0, changed)).status == 403
    assert witness.memory.heads() == []


def test_signatures_of_others_are_ignored(witness: Witness, log: FakeLog) -> None:
    text = log.head().text()
    lines = (sign(text, log_key("stranger.example.kz")), sign(text, log.key), sign(text, log_key(word="older")))
    assert witness.add_checkpoint(body(0, str(Note(text, lines)).encode())).status == 200


def test_a_log_may_change_its_key(tmp_path: Path, log: FakeLog, clock: Clock) -> None:
    new = log_key(word="new")
    witness = made(tmp_path / "both.sqlite", [log.key.public, new.public], clock)
    assert witness.add_checkpoint(step(log, 0)).status == 200
    log.key = new
    log.append([b"after"])
    assert witness.add_checkpoint(step(log, 5)).status == 200


@pytest.mark.parametrize("wrong", ["none", "one changed", "one too many", "from nothing"])
def test_a_proof_that_does_not_hold_is_422(witness: Witness, log: FakeLog, wrong: str) -> None:
    old = 0 if wrong == "from nothing" else 5
    if old:
        witness.add_checkpoint(step(log, 0))
    log.append(b"%d" % n for n in range(5, 9))
    proof = log.tree().consistency(5)
    proof = {
        "none": [],
        "one changed": [bytes(32), *proof[1:]],
        "one too many": [*proof, bytes(32)],
        "from nothing": proof,
    }[wrong]
    reply = witness.add_checkpoint(body(old, log.note(), proof))
    assert (reply.status, "consistency proof" in reply.body) == (422, True)
    assert [head.size for head in witness.memory.heads()] == ([5] if old else [])


def test_the_same_head_again_needs_no_proof_and_takes_none(witness: Witness, log: FakeLog) -> None:
    witness.add_checkpoint(step(log, 0))
    assert witness.add_checkpoint(body(5, log.note())).status == 200
    assert witness.add_checkpoint(body(5, log.note(), [bytes(32)])).status == 422


@pytest.mark.parametrize("old", [0, 5])
def test_two_roots_of_one_size_are_kept_as_proof(witness: Witness, log: FakeLog, old: int) -> None:
    witness.add_checkpoint(step(log, 0))
    first = log.note()
    log.rewrite([b"0", b"1", b"rewritten", b"3", b"4"])
    reply = witness.add_checkpoint(body(old, log.note()))
    assert (reply.status, reply.body) == (409, "5\n")
    witness.add_checkpoint(body(old, log.note()))
    kept = witness.memory.forks()
    assert [(one.first, one.second, one.found_at) for one in kept] == [(first, log.note(), NOW)]
    check_fork(Fork(kept[0].first, kept[0].second, log.head().root), [log.key.public])
    assert witness.memory.heads()[0].note == first


MALFORMED = {
    "empty": b"",
    "no blank line": b"old 0\n",
    "no old line": b"0\n\n",
    "two spaces": b"old  0\n\n",
    "leading zero": b"old 00\n\n",
    "minus": b"old -1\n\n",
    "plus": b"old +1\n\n",
    "2^63": b"old 9223372036854775808\n\n",
    "a carriage return": b"old 0\r\n\n",
    "not utf-8": b"old 0\n\xff\n\n",
    "a short hash": b"old 0\nAAAA\n\n",
    "a hash not in base64": b"old 0\n" + b"!" * 44 + b"\n\n",
    "a space after a hash": b"old 0\n" + base64_of(bytes(32)).encode() + b" \n\n",
    "64 proof lines": b"old 0\n" + b"\n".join([base64_of(bytes(32)).encode()] * 64) + b"\n\n",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_malformed_is_400(witness: Witness, log: FakeLog, name: str) -> None:
    assert witness.add_checkpoint(MALFORMED[name] + log.note()).status == 400


def test_malformed_heads_are_400(witness: Witness, log: FakeLog) -> None:
    note = log.note()
    for wrong in (b"", note[:-1], note.replace(b"\n5\n", b"\n05\n"), note + b"\n", b"\n" + note, note[:40]):
        assert witness.add_checkpoint(b"old 0\n\n" + wrong).status == 400, wrong


def test_63_proof_lines_are_read(witness: Witness, log: FakeLog) -> None:
    assert witness.add_checkpoint(body(0, log.note(), [bytes(32)] * 63)).status == 422


def test_the_empty_log_is_a_beginning(tmp_path: Path, clock: Clock) -> None:
    log = FakeLog(tmp_path / "empty")
    witness = made(tmp_path / "seen.sqlite", [log.key.public], clock)
    assert witness.add_checkpoint(body(0, log.note())).status == 200
    log.append([b"first"])
    assert witness.add_checkpoint(body(0, log.note())).status == 200


def test_an_empty_tree_with_a_root_of_its_own_is_422(tmp_path: Path, clock: Clock) -> None:
    """What its log has signed is written as it should be and cannot be true; an unknown log is still unknown."""
    log = FakeLog(tmp_path / "empty")
    witness = made(tmp_path / "seen.sqlite", [log.key.public], clock)
    text = Checkpoint(log.key.public.name, 0, b"r" * 32).text()
    assert witness.add_checkpoint(body(0, str(signed(text, log.key)).encode())).status == 422
    assert witness.memory.heads() == []
    text = Checkpoint(STRANGER.public.name, 0, b"r" * 32).text()
    assert witness.add_checkpoint(body(0, str(signed(text, STRANGER)).encode())).status == 404


def test_a_clock_that_goes_back_a_little_signs_no_earlier_time(witness: Witness, log: FakeLog, clock: Clock) -> None:
    witness.add_checkpoint(step(log, 0))
    clock.now -= 60
    reply = witness.add_checkpoint(step(log, 5))
    assert verify(parse_note(log.note() + reply.body.encode()), [KEY.public])[0].time == NOW
    clock.now -= 600
    assert witness.add_checkpoint(step(log, 5)).status == 503
    log.append([b"x"])
    assert witness.add_checkpoint(step(log, 5)).status == 503
    assert witness.memory.heads()[0].size == 5
    clock.now = NOW + 1
    assert witness.add_checkpoint(step(log, 5)).status == 200


def test_of_many_at_once_only_consistent_heads_are_cosigned(witness: Witness, log: FakeLog) -> None:
    """Two histories race for one witness: whatever it cosigned must lie on one of them."""
    witness.add_checkpoint(step(log, 0))
    other = FakeLog(log.folder.parent / "other")
    other.append([*log.entries, b"another"])
    log.append([b"mine"])
    requests = [step(log, 5), step(other, 5)] * 8
    replies: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: replies.append(witness.add_checkpoint(one).status)) for one in requests
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(replies) == len(requests)
    assert sorted(set(replies)) == [200, 409]
    assert replies.count(200) == 1
    assert len(witness.memory.forks()) == 1


DYING = """
import os, signal, sys
from pathlib import Path
from dataclasses import replace
from tests.watch.test_witness import Clock, KEY, made
from tests.watch.fake_log import log_key
witness = made(Path(sys.argv[1]), [log_key().public], Clock())
witness.key = replace(KEY, sign=lambda message: os.kill(os.getpid(), signal.SIGKILL))
witness.add_checkpoint(sys.stdin.buffer.read())
"""


def test_killed_between_persisting_and_answering_it_goes_on(witness: Witness, log: FakeLog, tmp_path: Path) -> None:
    witness.add_checkpoint(step(log, 0))
    log.append([b"lost answer"])
    done = subprocess.run([sys.executable, "-c", DYING, witness.memory.path], input=step(log, 5), check=False)
    assert done.returncode == -signal.SIGKILL
    again = witness.add_checkpoint(step(log, 5))
    assert (again.status, again.body) == (409, "6\n")
    assert witness.add_checkpoint(body(6, log.note())).status == 200
    forked = FakeLog(tmp_path / "forked")
    forked.append([*log.entries[:5], b"another end"])
    assert witness.add_checkpoint(step(forked, 5)).status == 409


def test_vectors_of_another_witness(tmp_path: Path, clock: Clock) -> None:
    path = VECTORS / "witness/litewitness-add-checkpoint.json"
    if not path.exists():
        pytest.skip("the vectors of other projects are not here")
    given = json.loads(path.read_text())
    log = VerifierKey(given["origin"], 1, bytes.fromhex(given["log_ed25519_public_key_hex"]))
    witness = made(tmp_path / "vectors.sqlite", [log], clock)
    for number, exchange in enumerate(given["exchanges"]):
        reply = witness.add_checkpoint(exchange["request"].encode())
        # written before tlog-witness 1.0: an unknown log is 404 since
        expected = 404 if exchange.get("body_contains") == "unknown log" else exchange["status"]
        assert reply.status == expected, (number, reply)
        if "body_equals" in exchange:
            assert reply.body == exchange["body_equals"]
        if expected == 422:
            assert exchange["body_contains"] in reply.body


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "witness.key"
    key, fresh = witness_key(path, "witness.example.kz")
    assert fresh
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert parse_signing_key(path.read_text().strip())[0].public == key.public
    again, fresh = witness_key(path, "witness.example.kz")
    assert (again.public, fresh) == (key.public, False)
    assert [one.name for one in path.parent.iterdir()] == ["witness.key"]


def test_a_key_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "witness.key"
    witness_key(path, "witness.example.kz")
    with pytest.raises(Refusal, match="key_of_another"):
        witness_key(path, "other.example.kz")
    path.chmod(0o640)
    with pytest.raises(Refusal, match="key_open"):
        witness_key(path, "witness.example.kz")
    path.chmod(0o600)
    path.write_text("PRIVATE+KEY+broken\n")
    with pytest.raises(Refusal, match="key_unreadable"):
        witness_key(path, "witness.example.kz")


def test_a_witness_that_lost_its_memory_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="memory_lost"):
        Memory(tmp_path / "gone.sqlite").own(KEY.public, fresh=False)
    Memory(tmp_path / "seen.sqlite").own(KEY.public, fresh=True)
    with pytest.raises(Refusal, match="memory_of_another"):
        Memory(tmp_path / "seen.sqlite").own(witness_key_of("other").public, fresh=True)
    (tmp_path / "text").write_text("not a database at all, and long enough to be read as one" * 20)
    with pytest.raises(Refusal, match="memory_unreadable"):
        Memory(tmp_path / "text").own(KEY.public, fresh=True)


def test_the_origin_is_the_key_name(witness: Witness, log: FakeLog) -> None:
    """A log whose key signs in the name of another log is not believed."""
    assert log.key.public.name == ORIGIN
    text = Checkpoint("other.example.kz/log", 5, log.head().root).text()
    note = Note(text, (sign(text, log.key),))
    assert witness.add_checkpoint(body(0, str(note).encode())).status == 404
