"""A small log made by hand, and receipts of one case from it."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from qyzmet.ledger.checkpoint import Checkpoint
from qyzmet.ledger.keys import COSIGNATURE, SigningKey, signing_key
from qyzmet.ledger.leaf import Leaf, commitment, leaf_hash, parse_leaf
from qyzmet.ledger.note import Note, cosign, sign
from qyzmet.ledger.promise import Promise
from qyzmet.ledger.receipt import Receipt, ReceiptStep
from qyzmet.ledger.tlog_proof import TlogProof
from qyzmet.ledger.tree import node_hash

LOG_NAME = "log.example/city"
CITY = signing_key(LOG_NAME, b"\x01" * 32)
OTHER = signing_key("log.example/other", b"\x02" * 32)
WITNESSES = [signing_key(f"witness.example/{name}", bytes([n]) * 32, COSIGNATURE) for n, name in enumerate("abc", 10)]
RECEIVED = datetime(2026, 3, 19, 19, 5, tzinfo=UTC) - timedelta(hours=5)
"""After the closing hour of a Thursday: registered on the 20th, due on 15 April (the worked example of the law)."""
TEXT = "Көшедегі шам жанбайды. 💡"
RULE, DUE = "APPC 76(1)-(2)", date(2026, 4, 15)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def root(hashes: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return node_hash(root(hashes[:k]), root(hashes[k:]))


def path(index: int, hashes: Sequence[bytes]) -> tuple[bytes, ...]:
    """RFC 6962, 2.1.1, word for word."""
    if len(hashes) == 1:
        return ()
    k = 1 << (len(hashes) - 1).bit_length() - 1
    if index < k:
        return (*path(index, hashes[:k]), root(hashes[k:]))
    return (*path(index - k, hashes[k:]), root(hashes[:k]))


@dataclass
class Log:
    """Leaf hashes of a log, and who signs its heads."""

    key: SigningKey = CITY
    hashes: list[bytes] = field(default_factory=list)

    def enter(self, entry: bytes) -> int:
        self.hashes.append(leaf_hash(entry))
        return len(self.hashes) - 1

    def head(self, size: int, at: datetime, witnesses: Sequence[SigningKey] = (), *, lines: str = "") -> str:
        checkpoint = Checkpoint(self.key.public.name, size, root(self.hashes[:size]))
        text = checkpoint.text() + lines
        time = int(at.timestamp())
        return str(Note(text, (sign(text, self.key), *(cosign(text, one, time=time) for one in witnesses))))

    def proof(self, index: int, head: str) -> TlogProof:
        size = int(head.split("\n")[1])
        return TlogProof(index, path(index, self.hashes[:size]), head)

    def promise(self, entry: bytes, at: datetime) -> str:
        time = int(at.timestamp())
        text = Promise(self.key.public.name, leaf_hash(entry), time, time + 60).text()
        return str(Note(text, (sign(text, self.key),)))


def contents(**changed: Any) -> list[dict[str, Any]]:
    """What the steps say."""
    shared = {
        "case": "2026-QYZ-7KFM3",
        "body": "housing",
        "received_at": RECEIVED.isoformat(),
        "note": sha(""),
        "rule": RULE,
        "due_on": DUE.isoformat(),
    }
    events = [("register", "registered"), ("assign", "in_work"), ("dispatch", "answered")]
    steps = [shared | {"event": event, "state": state, "n": n} for n, (event, state) in enumerate(events, 1)]
    steps[0] |= {"appeal": sha(TEXT)} | changed
    return steps


def build(
    log: Log | None = None,
    steps: Sequence[Mapping[str, Any]] | None = None,
    witnesses: Sequence[SigningKey] = tuple(WITNESSES[:2]),
    *,
    seen: timedelta = timedelta(hours=1),
    sealed: bool = False,
) -> Receipt:
    """A receipt of these steps, entered among entries of others. The second step is inside the body."""
    log = log or Log()
    leaves: list[bytes] = []
    places, told = [], list(steps or contents())
    for n, content in enumerate(told, 1):
        at, salt = RECEIVED + timedelta(hours=n), bytes([n]) * 32
        due = date.fromisoformat(content["due_on"])
        leaf = Leaf(at, commitment(salt, content), leaf_hash(leaves[-1]) if leaves else None)
        leaves.append((leaf if sealed else replace(leaf, rule=content["rule"], due_on=due)).text())
        log.enter(b"an entry of somebody else %d" % n)
        places.append(log.enter(leaves[-1]))
    head = log.head(len(log.hashes), RECEIVED + timedelta(hours=len(told)) + seen, witnesses)
    made = [
        ReceiptStep(
            leaf_text=leaf,
            leaf=parse_leaf(leaf),
            salt=None if n == 2 else bytes([n]) * 32,
            content=None if n == 2 else content,
            proof=log.proof(place, head),
            promise=log.promise(leaf, RECEIVED + timedelta(hours=n)) if n == 1 else None,
        )
        for n, (leaf, content, place) in enumerate(zip(leaves, told, places, strict=True), 1)
    ]
    return Receipt(log.key.public, "2026-QYZ-7KFM3", tuple(made), {sha(TEXT): TEXT})


def policy(quorum: str = "two", *, log: SigningKey = CITY) -> str:
    """Two of three witnesses."""
    lines = [f"log {log.public}", *(f"witness {one.public.name[-1]} {one.public}" for one in WITNESSES)]
    return "\n".join([*lines, "group two 2 a b c", f"quorum {quorum}", ""])


def ml_dsa() -> str:
    """A witness of a kind that is not checked here: a policy that asks for it can never be met."""
    raw = b"\x06" + bytes(1312)
    name = "witness.example/pq"
    ident = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex()
    return f"{name}+{ident}+{base64.b64encode(raw).decode()}"
