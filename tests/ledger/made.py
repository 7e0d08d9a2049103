"""A small log, its keys, a policy and a receipt: the same bytes every time."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from qyzmet.ledger.checkpoint import Checkpoint
from qyzmet.ledger.keys import COSIGNATURE, SigningKey, signing_key
from qyzmet.ledger.leaf import Leaf, commitment, leaf_hash
from qyzmet.ledger.note import Note, cosign, sign
from qyzmet.ledger.policy import Policy, parse_policy
from qyzmet.ledger.promise import Promise
from qyzmet.ledger.receipt import Receipt, ReceiptStep
from qyzmet.ledger.tiles import Tree, grow
from qyzmet.ledger.tlog_proof import TlogProof

AT = datetime(2026, 4, 15, 5, 0, tzinfo=UTC)
LOG = signing_key("log.example/city", b"\x01" * 32)
NEXT_LOG = signing_key("log.example/city", b"\x02" * 32)
STRANGER = signing_key("log.example/other", b"\x03" * 32)
WITNESSES = [signing_key(f"witness.example/w{n}", bytes([0x10 + n]) * 32, COSIGNATURE) for n in (1, 2, 3)]
APPEAL = "Прошу починить свет во дворе.\nКөше шамы жанбайды."
CASE = "KZ-7F3Q"


class Files(dict[str, bytes]):
    """A reader over a dictionary that remembers what it was asked for."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        super().__init__(files or {})
        self.asked: list[str] = []

    def read(self, path: str) -> bytes:
        self.asked.append(path)
        try:
            return self[path]
        except KeyError:
            raise FileNotFoundError(path) from None


def entry(n: int) -> bytes:
    """Some entry; its length differs with its number."""
    return f"entry {n} ".encode() + b"." * (n % 7)


def grown(entries: Sequence[bytes], *, files: Files | None = None, size: int = 0) -> Files:
    """The files of a log after these entries came in one batch."""
    files = Files() if files is None else files
    files.update(grow(files, size, entries, [leaf_hash(one) for one in entries]))
    return files


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def signed(text: str, *keys: SigningKey, time: int = seconds(AT) + 3600) -> Note:
    """The note with these signatures: cosignatures where the key is a witness's."""
    return Note(
        text, tuple(cosign(text, key, time=time) if key.public.kind == COSIGNATURE else sign(text, key) for key in keys)
    )


def policy_text(quorum: str = "all") -> str:
    """The log and three witnesses, of which all, any, or so many must have seen it; or `none`."""
    lines = [f"log {LOG.public} https://log.example/city"]
    lines += [f"witness w{n} {key.public}" for n, key in enumerate(WITNESSES, 1)]
    lines += [] if quorum == "none" else [f"group seen {quorum} w1 w2 w3"]
    return "\n".join([*lines, f"quorum {'none' if quorum == 'none' else 'seen'}"]) + "\n"


def policy(quorum: str = "all") -> Policy:
    return parse_policy(policy_text(quorum).encode())


def content(n: int, **more: Any) -> dict[str, Any]:
    """What stands inside the commitment of step `n`."""
    return {"case": CASE, "body": "akimat", "event": "register", "n": n, "rule": None, "due_on": None} | more


def first() -> dict[str, Any]:
    appeal = hashlib.sha256(APPEAL.encode()).hexdigest()
    return content(1, appeal=appeal, rule="APPC 99", due_on="2026-05-08")


def steps(contents: Sequence[dict[str, Any] | None]) -> list[ReceiptStep]:
    """A chain of steps without proof or promise; None stands for a step that is not shown."""
    found: list[ReceiptStep] = []
    previous = None
    for n, inside in enumerate(contents, 1):
        salt, body = bytes([n]) * 32, inside or content(n)
        due = body.get("due_on")
        sealed = commitment(salt, body)
        leaf = Leaf(
            AT + timedelta(minutes=n), sealed, previous, body.get("rule"), date.fromisoformat(due) if due else None
        )
        text = leaf.text()
        found.append(ReceiptStep(text, leaf, salt if inside else None, inside))
        previous = leaf_hash(text)
    return found


def head(tree: Tree, *keys: SigningKey, origin: str = LOG.public.name, time: int = seconds(AT) + 3600) -> str:
    """The signed checkpoint of that tree."""
    return str(signed(Checkpoint(origin, tree.size, tree.root()).text(), *keys, time=time))


def promise(step: ReceiptStep, *, key: SigningKey = LOG, origin: str = LOG.public.name) -> str:
    at = seconds(step.leaf.at)
    return str(signed(Promise(origin, leaf_hash(step.leaf_text), at, at + 60).text(), key))


def receipt(
    contents: Sequence[dict[str, Any] | None] | None = None,
    *,
    keys: Sequence[SigningKey] = (LOG, *WITNESSES),
    texts: dict[str, str] | None = None,
) -> Receipt:
    """A receipt whose steps lie between other people's entries, each proved by the last checkpoint."""
    chain = steps([first(), None, content(3)] if contents is None else contents)
    entries = [entry(0)]
    for step in chain:
        entries += [step.leaf_text, entry(len(entries))]
    tree = Tree(grown(entries), len(entries))
    checkpoint = head(tree, *keys)
    proved = [
        ReceiptStep(
            step.leaf_text,
            step.leaf,
            step.salt,
            step.content,
            TlogProof(2 * n + 1, tuple(tree.inclusion(2 * n + 1)), checkpoint),
            promise(step) if n == 0 else None,
        )
        for n, step in enumerate(chain)
    ]
    shown = {hashlib.sha256(APPEAL.encode()).hexdigest(): APPEAL} if texts is None and contents is None else texts or {}
    return Receipt(LOG.public, CASE, tuple(proved), shown)
