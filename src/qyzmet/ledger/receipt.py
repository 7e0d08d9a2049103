"""The receipt: one file that holds every step of a case so far, which its owner can show to anybody.

A JSON object (docs/receipts.md). Each step carries its leaf, what opens the leaf's commitment (salt and content; left
out for steps inside the body and for erased ones), and a tlog-proof or, before there is one, the log's promise.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.keys import VerifierKey, parse_key
from qyzmet.ledger.leaf import SALT_BYTES, Leaf, canonical, parse_leaf, parse_object
from qyzmet.ledger.tlog_proof import TlogProof, parse_proof

FORMAT = "qyzmet.receipt/v1"
RECEIPT_LIMIT = 10_000_000
"""Bytes of a receipt."""
STEP_LIMIT = 2000
DEPTH_LIMIT = 8
"""Objects and lists inside one another in the content of a step."""
_SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}", re.ASCII)
_SHA = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class ReceiptStep:
    """One step. `proof` is None while the log has only promised; `salt` and `content` are None where not shown."""

    leaf_text: bytes
    leaf: Leaf
    salt: bytes | None = None
    content: Mapping[str, Any] | None = None
    proof: TlogProof | None = None
    promise: str | None = None
    """A signed note (`qyzmet.ledger.promise`)."""


@dataclass(frozen=True)
class Receipt:
    """What the file says; nothing of it is checked yet. `texts` are the words behind the hashes in the contents."""

    log: VerifierKey
    """The key the file itself names: a reader compares it with one got elsewhere."""
    case: str
    steps: tuple[ReceiptStep, ...]
    texts: Mapping[str, str]

    def text(self) -> str:
        """The file."""
        fields = {
            "format": FORMAT,
            "log": str(self.log),
            "case": self.case,
            "steps": [_written(step) for step in self.steps],
            "texts": dict(self.texts),
        }
        return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"


def _written(step: ReceiptStep) -> dict[str, Any]:
    fields = {
        "leaf": step.leaf_text.decode(),
        "salt": step.salt.hex() if step.salt else None,
        "content": dict(step.content) if step.content is not None else None,
        "proof": str(step.proof) if step.proof else None,
        "promise": step.promise,
    }
    return {name: value for name, value in fields.items() if value is not None}


def parse_receipt(data: bytes) -> Receipt:
    """The receipt in these bytes.

    `receipt_too_long`, `bad_json`, `bad_receipt` (with `why`), and what a key, a leaf or a proof may raise.
    """
    if len(data) > RECEIPT_LIMIT:
        raise Invalid("receipt_too_long", limit=RECEIPT_LIMIT)
    fields = parse_object(data, "receipt")
    if fields.get("format") != FORMAT:
        raise Invalid("bad_receipt", why="format")
    _only(fields, {"format", "log", "case", "steps", "texts"})
    steps, texts = fields.get("steps"), fields.get("texts", {})
    if not isinstance(steps, list) or not 1 <= len(steps) <= STEP_LIMIT:
        raise Invalid("bad_receipt", why="steps")
    if not isinstance(texts, dict) or not all(map(_SHA.fullmatch, texts)):
        raise Invalid("bad_receipt", why="texts")
    words = {key: _text(texts, key, "texts") for key in texts}
    return Receipt(parse_key(_text(fields, "log")), _text(fields, "case"), tuple(map(_step, steps)), words)


def _step(fields: object) -> ReceiptStep:
    if not isinstance(fields, dict):
        raise Invalid("bad_receipt", why="step")
    _only(fields, {"leaf", "salt", "content", "proof", "promise"})
    leaf = _text(fields, "leaf").encode()
    salt, content = _opening(fields)
    if "proof" not in fields and "promise" not in fields:
        raise Invalid("bad_receipt", why="neither_proof_nor_promise")
    return ReceiptStep(
        leaf_text=leaf,
        leaf=parse_leaf(leaf),
        salt=salt,
        content=content,
        proof=parse_proof(_text(fields, "proof").encode()) if "proof" in fields else None,
        promise=_text(fields, "promise") if "promise" in fields else None,
    )


def _opening(fields: Mapping[str, Any]) -> tuple[bytes | None, Mapping[str, Any] | None]:
    """Salt and content: both or neither, and content that has a canonical form."""
    if ("salt" in fields) != ("content" in fields):
        raise Invalid("bad_receipt", why="opening")
    if "salt" not in fields:
        return None, None
    if not _SALT.fullmatch(_text(fields, "salt")) or not isinstance(fields["content"], dict):
        raise Invalid("bad_receipt", why="opening")
    try:
        if not _shallow(fields["content"]):
            raise Invalid("bad_receipt", why="content")
        canonical(fields["content"])
    except ValueError:  # numbers that JSON readers do not agree on, half characters
        raise Invalid("bad_receipt", why="content") from None
    return bytes.fromhex(fields["salt"]), fields["content"]


def _shallow(value: object, left: int = DEPTH_LIMIT) -> bool:
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return left > 0 and all(_shallow(one, left - 1) for one in inner)


def _text(fields: Mapping[str, Any], name: str, why: str = "") -> str:
    found = fields.get(name)
    if not isinstance(found, str):
        raise Invalid("bad_receipt", why=why or name)
    try:
        found.encode()
    except UnicodeEncodeError:  # half a character, written as an escape
        raise Invalid("bad_receipt", why=why or name) from None
    return found


def _only(fields: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(fields) - known):
        raise Invalid("bad_receipt", why="unknown_name", name=unknown[0][:40])
