"""Files a person may bring: a receipt, a proof, a promise, a checkpoint; and the policy that says whom to trust."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.note import parse_note
from qyzmet.ledger.policy import Policy, parse_policy
from qyzmet.ledger.promise import HEADER as PROMISE
from qyzmet.ledger.promise import Promise, parse_promise
from qyzmet.ledger.receipt import RECEIPT_LIMIT, Receipt, parse_receipt
from qyzmet.ledger.tlog_proof import HEADER as PROOF
from qyzmet.ledger.tlog_proof import TlogProof, parse_proof


@dataclass(frozen=True)
class Given:
    """One file as it was given. `kind`: receipt, proof, promise or checkpoint."""

    path: str
    kind: str
    data: bytes
    value: Receipt | TlogProof | Promise | None = None

    @property
    def leaves(self) -> list[bytes]:
        """Hashes of the entries this file is about."""
        if isinstance(self.value, Receipt):
            return [leaf_hash(step.leaf_text) for step in self.value.steps]
        return [self.value.leaf_hash] if isinstance(self.value, Promise) else []


def read(path: str, limit: int = RECEIPT_LIMIT) -> bytes:
    """The file, or standard input for `-`; of a larger one, what shows that it is too large. `verify_no_file`."""
    try:
        if path == "-":
            return sys.stdin.buffer.read(limit + 1)
        with Path(path).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError):
        raise Invalid("verify_no_file", path=path) from None


def recognise(path: str, data: bytes) -> Given:
    """What the file is, and what it says; nothing of it is believed yet. What its parser raises."""
    if data.lstrip().startswith(b"{"):
        return Given(path, "receipt", data, parse_receipt(data))
    if data.startswith(PROOF.encode()):
        return Given(path, "proof", data, parse_proof(data))
    if data.startswith(PROMISE.encode()):
        return Given(path, "promise", data, parse_promise(parse_note(data).text))
    try:
        parse_signed(data)
    except Invalid:
        raise Invalid("verify_unknown_file") from None
    return Given(path, "checkpoint", data)


def find_policy(given: str | None, environ: Mapping[str, str] = os.environ) -> str | None:
    """Where the policy is: the path given, QYZMET_POLICY, or the log's own in the data folder; None if nowhere."""
    if given or environ.get("QYZMET_POLICY"):
        return given or environ["QYZMET_POLICY"]
    folders = [environ["QYZMET_DATA"]] if environ.get("QYZMET_DATA") else ["var", "var/demo"]
    logs = [environ["QYZMET_LOG_FOLDER"]] if environ.get("QYZMET_LOG_FOLDER") else [f"{one}/log" for one in folders]
    there = (Path(log) / "policy" for log in logs)
    return next((str(path) for path in there if path.is_file()), None)


def own_policy(receipt: Receipt) -> Policy:
    """A policy of the key that the receipt itself names: it proves only that the receipt agrees with itself."""
    return parse_policy(f"log {receipt.log}\nquorum none\n".encode())
