"""Asking witnesses: each costs at most its own cosignature, and no answer is believed unchecked."""

import http.server
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qyzmet.journal import cosign as cosigning
from qyzmet.journal.cosign import cosign, post
from qyzmet.journal.models import Head, WitnessState
from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.keys import COSIGNATURE, SigningKey, signing_key
from qyzmet.ledger.note import cosign as cosigned
from qyzmet.ledger.note import parse_note, sign, verify
from qyzmet.ledger.policy import Policy, Witness, parse_policy
from qyzmet.ledger.strict import hash_from
from qyzmet.ledger.tree import check_consistency
from tests.journal.books import AT, Log, elsewhere, new_log, take_in, write

pytestmark = pytest.mark.django_db
KEYS = {name: signing_key(f"{name}.example/w", bytes([n]) * 32, COSIGNATURE) for n, name in enumerate("ab")}


class Model:
    """A witness as the specification describes it, in a few lines."""

    def __init__(self, key: SigningKey) -> None:
        self.key, self.size, self.root, self.asked = key, 0, b"", 0

    def __call__(self, body: bytes) -> tuple[int, bytes]:
        """Answer add-checkpoint."""
        self.asked += 1
        head, _, rest = body.decode().partition("\n\n")
        old, *proof = head.split("\n")
        checkpoint, note = parse_signed(rest.encode())
        if int(old.removeprefix("old ")) != self.size:
            return 409, f"{self.size}\n".encode()
        if self.size:
            hashes = [hash_from(line, "proof") for line in proof]
            check_consistency(
                old_size=self.size, size=checkpoint.size, old_root=self.root, root=checkpoint.root, proof=hashes
            )
        self.size, self.root = checkpoint.size, checkpoint.root
        return 200, str(cosigned(note.text, self.key, time=int(AT.timestamp()))).encode()


@pytest.fixture
def own(tmp_path: Path) -> Log:
    log = new_log(tmp_path)
    write(3)
    take_in(log)
    return log


def policy_of(own: Log, quorum: str = "any") -> Policy:
    lines = [f"witness {name} {key.public} https://{name}.example/" for name, key in KEYS.items()]
    return parse_policy("\n".join([f"log {own.key}", *lines, f"group g {quorum} a b", "quorum g", ""]).encode())


def ask_all(own: Log, answers: dict[str, Any], quorum: str = "any") -> int:
    return cosign(at=AT, policy=policy_of(own, quorum), store=own.store, ask=lambda one, body: answers[one.name](body))


def test_each_witness_is_told_what_it_has_not_seen(own: Log) -> None:
    models = {name: Model(key) for name, key in KEYS.items()}
    assert ask_all(own, models) == 2
    write(300, first=3)
    take_in(own)
    assert ask_all(own, models) == 2
    assert {(model.size, model.asked) for model in models.values()} == {(303, 2)}
    note = parse_note(own.store.read("witnessed"))
    assert len(verify(note, [key.public for key in KEYS.values()])) == 2
    assert Head.objects.get(name="witnessed").size == 303
    assert {(state.name, state.size, state.problem) for state in WitnessState.objects.all()} == {
        ("a", 303, ""),
        ("b", 303, ""),
    }


def test_a_witness_that_remembers_another_size_is_asked_again_from_there(own: Log) -> None:
    models = {name: Model(key) for name, key in KEYS.items()}
    ask_all(own, models)
    WitnessState.objects.filter(name="a").update(size=1)  # our table lost what it had cosigned
    write(1, first=3)
    take_in(own)
    assert ask_all(own, models) == 2
    assert (models["a"].size, models["a"].asked) == (4, 3)


def refuse(status: int, answer: bytes) -> Any:
    return lambda _: (status, answer)


def one_after_the_other(*sizes: bytes) -> Any:
    answers = iter(sizes)
    return lambda _: (409, next(answers))


def raising(_: bytes) -> tuple[int, bytes]:
    raise TimeoutError("timed out")


def stranger(body: bytes) -> tuple[int, bytes]:
    note = parse_note(body.split(b"\n\n", 1)[1])
    return 200, str(cosigned(note.text, signing_key("a.example/w", b"x" * 32, COSIGNATURE), time=1)).encode()


def another_text(body: bytes) -> tuple[int, bytes]:
    return 200, str(cosigned("another\n", KEYS["a"], time=1)).encode()


def plain(body: bytes) -> tuple[int, bytes]:
    note = parse_note(body.split(b"\n\n", 1)[1])
    return 200, str(sign(note.text, signing_key("a.example/w", b"\0" * 32))).encode()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raising, "timed out"),
        (refuse(500, b"broken"), "500 broken"),
        (refuse(403, b""), "403"),
        (refuse(409, b"9\n"), "409 the witness has seen 9 entries, the log has 3"),
        (refuse(409, b"0\n"), "409 the witness has seen another tree"),
        (one_after_the_other(b"1\n", b"2\n"), "409 twice"),
        (refuse(409, b"many\n"), "bad_number"),
        (refuse(200, b""), "bad_note"),
        (refuse(200, b"\xff"), "not_utf8"),
        (stranger, "unsigned"),
        (another_text, "bad_signature"),
        (plain, "unsigned"),
    ],
)
def test_what_a_witness_cannot_give_is_noted_and_the_other_is_heard(own: Log, answer: Any, said: str) -> None:
    assert ask_all(own, {"a": answer, "b": Model(KEYS["b"])}) == 1
    problem = WitnessState.objects.get(name="a")
    assert said in problem.problem
    assert (problem.size, problem.at, problem.tried_at) == (0, None, AT)
    assert len(verify(parse_note(own.store.read("witnessed")), [key.public for key in KEYS.values()])) == 1


def test_a_head_seen_by_the_quorum_is_not_replaced_by_one_seen_by_fewer(own: Log) -> None:
    models = {name: Model(key) for name, key in KEYS.items()}
    assert ask_all(own, models, "all") == 2
    write(1, first=3)
    take_in(own)
    assert ask_all(own, models | {"b": raising}, "all") == 1
    assert Head.objects.get(name="witnessed").size == 3
    assert ask_all(own, models, "all") == 2
    assert Head.objects.get(name="witnessed").size == 4


@pytest.mark.django_db(transaction=True)
def test_a_slow_witness_of_one_process_does_not_put_back_what_another_has_published(own: Log) -> None:
    late, quick = {name: Model(key) for name, key in KEYS.items()}, {name: Model(key) for name, key in KEYS.items()}

    def meanwhile(body: bytes) -> tuple[int, bytes]:
        write(1, first=3)
        take_in(own)
        ask_all(own, quick)
        return late["a"](body)

    assert ask_all(own, {"a": lambda body: elsewhere(lambda: meanwhile(body)), "b": refuse(503, b"")}) == 1
    assert Head.objects.get(name="witnessed").size == 4
    assert parse_signed(own.store.read("witnessed"))[0].size == 4


def test_while_nothing_is_added_they_are_asked_once_a_minute(own: Log) -> None:
    models = {name: Model(key) for name, key in KEYS.items()}

    def rounds(*seconds: int) -> list[int]:
        for second in seconds:
            at, policy = AT + timedelta(seconds=second), policy_of(own)
            assert cosign(at=at, policy=policy, store=own.store, ask=lambda one, body: models[one.name](body)) == 2
        return [model.asked for model in models.values()]

    assert rounds(0, 2, 4, 58) == [1, 1]
    assert rounds(60, 62) == [2, 2]
    write(1, first=3)
    take_in(own)
    assert rounds(64, 66) == [3, 3]
    WitnessState.objects.filter(name="b").update(problem="503")
    assert rounds(68) == [4, 4]
    Head.objects.filter(name="witnessed").delete()
    assert rounds(70) == [5, 5]


def test_without_witnesses_nobody_is_asked(own: Log) -> None:
    assert cosign(at=AT, policy=parse_policy(f"log {own.key}\nquorum none\n".encode()), store=own.store) == 0


class Slow(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Take one's time."""
        time.sleep(1)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def slow() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_over_http_a_slow_one_and_a_missing_one_are_given_up(slow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cosigning, "SECONDS", 0.1)
    for url in (slow, "http://127.0.0.1:9", "ftp://127.0.0.1"):
        with pytest.raises(OSError):
            post(Witness("a", KEYS["a"].public, url), b"old 0\n\n")
