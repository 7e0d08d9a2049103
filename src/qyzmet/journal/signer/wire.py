"""How the sequencer and the web processes talk to the signer: one line of JSON each way, over a Unix socket."""

import json
import os
import shutil
import socket
import socketserver
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from qyzmet.journal.signer.book import Book
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.strict import base64_of, hash_from

LINE_LIMIT = 65_536
TIMEOUT_SECONDS = 5.0


class Down(Exception):
    """The signer does not answer. What was asked can be asked again."""


class Client:
    """Asks the signer behind a socket. Every method raises `Down` if it is away and `Invalid` if it refuses."""

    def __init__(self, path: Path, timeout: float = TIMEOUT_SECONDS) -> None:
        self.path, self.timeout = path, timeout

    def state(self) -> dict[str, Any]:
        """{"origin", "keys": [verifier keys, the current first], "size", "root"} of the last head it signed."""
        return self._ask({"ask": "state"})

    def checkpoint(self, size: int, root: bytes, proof: Sequence[bytes]) -> str:
        """The signed note of this head."""
        hashes = [base64_of(one) for one in proof]
        return str(self._ask({"ask": "checkpoint", "size": size, "root": base64_of(root), "proof": hashes})["note"])

    def promise(self, leaf_hash: bytes, *, time: int, by: int) -> str:
        """The signed promise for this leaf."""
        return str(self._ask({"ask": "promise", "leaf": base64_of(leaf_hash), "time": time, "by": by})["note"])

    def change_key(self) -> bytes:
        """Make a new key; the entry that says so, to be put into the log."""
        return str(self._ask({"ask": "change_key"})["entry"]).encode()

    def retire(self) -> None:
        """Forget the old key."""
        self._ask({"ask": "retire"})

    def _ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        try:
            with socket.socket(socket.AF_UNIX) as wire:
                wire.settimeout(self.timeout)
                wire.connect(str(self.path))
                wire.sendall(json.dumps(question).encode() + b"\n")
                with wire.makefile("rb") as answers:
                    reply = json.loads(answers.readline(LINE_LIMIT * 16))
        except (OSError, ValueError) as error:
            raise Down(str(error)) from None
        if "refused" in reply:
            raise Invalid(reply["refused"], **reply["values"])
        return dict(reply)


def answer(book: Book, question: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """What the signer says to one question, now. `Invalid("bad_question")` for one it does not know."""
    try:
        if question["ask"] == "change_key":
            return {"entry": book.change_key(at=at).text().decode()}
        return _ANSWERS[question["ask"]](book, question)
    except (KeyError, TypeError, AttributeError, OverflowError):
        raise Invalid("bad_question") from None


def _state(book: Book, _: Mapping[str, Any]) -> dict[str, Any]:
    head = book.head()
    keys = [str(key.public) for key in book.keys]
    return {"origin": book.origin, "keys": keys, "size": head.size, "root": base64_of(head.root)}


def _checkpoint(book: Book, asked: Mapping[str, Any]) -> dict[str, Any]:
    proof = [hash_from(one, "proof") for one in asked["proof"]]
    return {"note": book.checkpoint(int(asked["size"]), hash_from(asked["root"], "root"), proof)}


def _promise(book: Book, asked: Mapping[str, Any]) -> dict[str, Any]:
    time, by = int(asked["time"]), int(asked["by"])
    if not 0 <= time <= by:
        raise Invalid("bad_question")
    return {"note": book.promise(hash_from(asked["leaf"], "leaf"), time=time, by=by)}


def _retire(book: Book, _: Mapping[str, Any]) -> dict[str, Any]:
    book.retire()
    return {}


_ANSWERS: Mapping[str, Callable[[Book, Mapping[str, Any]], dict[str, Any]]] = {
    "state": _state,
    "checkpoint": _checkpoint,
    "promise": _promise,
    "retire": _retire,
}


class Server(socketserver.ThreadingUnixStreamServer):
    """Answers on a socket that only its own user may open, and the members of `group` if one is named.

    `signer_running` where another answers on it already: two would sign two histories.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, path: Path, book: Book, *, now: Callable[[], datetime], group: str | None = None) -> None:
        self.book, self.now = book, now
        if _answers(path):
            raise Invalid("signer_running", path=str(path))
        path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            super().__init__(str(path), _Handler)
        finally:
            os.umask(before)
        if group is not None:
            shutil.chown(path, group=group)
            path.chmod(0o660)


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(TIMEOUT_SECONDS)
        try:
            wire.connect(str(path))
        except OSError:
            return False
    return True


class _Handler(socketserver.StreamRequestHandler):
    timeout = TIMEOUT_SECONDS
    server: Server

    def handle(self) -> None:
        """One question, one answer."""
        try:
            question = json.loads(self.rfile.readline(LINE_LIMIT))
            reply = answer(self.server.book, question, at=self.server.now())
        except Invalid as refused:
            reply = {"refused": refused.code, "values": {name: str(value) for name, value in refused.values.items()}}
        except (ValueError, RecursionError):
            reply = {"refused": "bad_question", "values": {}}
        except OSError as error:
            reply = {"refused": "signer_failed", "values": {"why": str(error)}}
        with suppress(OSError):  # whoever asked is gone
            self.wfile.write(json.dumps(reply).encode() + b"\n")
