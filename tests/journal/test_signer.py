"""The signer: its key, what it remembers, what it therefore refuses, and how it is asked."""

import base64
import grp
import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qyzmet.cli.signer import only_one
from qyzmet.journal.signer.book import HEAD, KEY, OLD_KEY, Book, open_book
from qyzmet.journal.signer.wire import Client, Down, Server
from qyzmet.ledger.checkpoint import parse_signed
from qyzmet.ledger.invalid import Invalid
from qyzmet.ledger.key_change import parse_key_change
from qyzmet.ledger.leaf import leaf_hash
from qyzmet.ledger.note import parse_note, verify
from qyzmet.ledger.promise import parse_promise
from qyzmet.ledger.tree import root_of
from tests.journal.books import AT, ORIGIN

LEAVES = [leaf_hash(b"%d" % n) for n in range(4)]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return open_book(tmp_path / "signer", origin=ORIGIN)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path, book: Book) -> None:
    assert (book.folder / KEY).stat().st_mode & 0o777 == 0o600
    assert book.folder.stat().st_mode & 0o777 == 0o700
    again = open_book(tmp_path / "signer", origin="another")
    assert [str(key.public) for key in again.keys] == [str(key.public) for key in book.keys]
    assert again.origin == ORIGIN


def test_a_key_that_others_may_read_is_refused(book: Book) -> None:
    (book.folder / KEY).chmod(0o640)
    with pytest.raises(Invalid, match="bad_key_rights"):
        open_book(book.folder, origin=ORIGIN)


def test_a_signer_that_lost_its_memory_signs_nothing(book: Book) -> None:
    """Neither one that is started without it nor one from under which it was taken away."""
    book.checkpoint(2, root_of(LEAVES[:2]), [])
    (book.folder / HEAD).unlink()
    with pytest.raises(Invalid, match="signer_forgot"):
        book.checkpoint(1, LEAVES[2], [])
    with pytest.raises(Invalid, match="signer_forgot"):
        open_book(book.folder, origin=ORIGIN)


def test_killed_before_it_had_a_key_it_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("qyzmet.journal.signer.book._line", killed)
        with pytest.raises(KeyboardInterrupt):
            open_book(tmp_path / "new", origin=ORIGIN)
    assert open_book(tmp_path / "new", origin=ORIGIN).head().size == 0


def test_a_head_that_extends_the_last_is_signed_and_remembered(book: Book) -> None:
    book.checkpoint(1, LEAVES[0], [])
    note = book.checkpoint(2, root_of(LEAVES[:2]), [LEAVES[1]])
    checkpoint, signed = parse_signed(note.encode())
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (ORIGIN, 2, root_of(LEAVES[:2]))
    assert verify(signed, [book.keys[0].public])
    assert open_book(book.folder, origin=ORIGIN).head() == checkpoint


@pytest.mark.parametrize(
    ("size", "root", "proof", "why"),
    [
        (1, LEAVES[0], [], "size_went_back"),
        (2, root_of(LEAVES[1:3]), [], "wrong_root"),
        (3, root_of(LEAVES[:3]), [], "proof_length"),
        (3, root_of(LEAVES[1:4]), [LEAVES[2]], "wrong_root"),
        (3, root_of(LEAVES[:3]), [LEAVES[3]], "wrong_root"),
    ],
)
def test_what_is_not_an_extension_is_refused(book: Book, size: int, root: bytes, proof: list[bytes], why: str) -> None:
    book.checkpoint(2, root_of(LEAVES[:2]), [])
    with pytest.raises(Invalid, match=why):
        book.checkpoint(size, root, proof)
    assert book.head().size == 2


def test_the_same_head_is_signed_again(book: Book) -> None:
    first = book.checkpoint(2, root_of(LEAVES[:2]), [])
    assert book.checkpoint(2, root_of(LEAVES[:2]), []) == first


def test_an_empty_log_has_nothing_to_sign(book: Book) -> None:
    with pytest.raises(Invalid, match="nothing_to_sign"):
        book.checkpoint(0, root_of([]), [])


def test_the_head_is_kept_before_its_signature_leaves(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            book.checkpoint(1, LEAVES[0], [])
    assert book.head().size == 0


def test_a_key_change_is_signed_by_both_and_both_sign_until_the_old_one_retires(book: Book) -> None:
    old = book.keys[0].public
    change = book.change_key(at=AT)
    new = book.keys[0].public
    assert parse_key_change(change.text()) == change
    assert (change.old, change.new) == (old, new)
    note = parse_signed(book.checkpoint(1, LEAVES[0], []).encode())[1]
    assert [signed.key for signed in verify(note, [old, new])] == [new, old]
    assert book.change_key(at=AT + timedelta(1)).new == new  # asked twice, it is one change
    book.retire()
    note = parse_signed(book.checkpoint(1, LEAVES[0], []).encode())[1]
    with pytest.raises(Invalid, match="unsigned"):
        verify(note, [old])


def test_killed_within_a_key_change_it_still_has_one_key(book: Book) -> None:
    (book.folder / OLD_KEY).write_bytes((book.folder / KEY).read_bytes())
    (book.folder / OLD_KEY).chmod(0o600)
    assert len(book.keys) == 1
    change = book.change_key(at=AT)
    assert change.holds
    assert len(book.keys) == 2


@contextmanager
def serving(book: Book, path: Path) -> Iterator[Client]:
    with Server(path, book, now=lambda: datetime(2026, 4, 15, tzinfo=UTC)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Client(path)
        finally:
            server.shutdown()
            thread.join()


def test_over_the_socket(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with serving(book, path) as client:
        assert path.stat().st_mode & 0o777 == 0o600
        assert client.state()["size"] == 0
        checkpoint, note = parse_signed(client.checkpoint(1, LEAVES[0], []).encode())
        assert verify(note, [book.keys[0].public])
        assert client.state() == {
            "origin": ORIGIN,
            "keys": [str(book.keys[0].public)],
            "size": checkpoint.size,
            "root": checkpoint.text().split("\n")[2],
        }
        promise = parse_promise(parse_note(client.promise(LEAVES[1], time=5, by=9).encode()).text)
        assert (promise.origin, promise.leaf_hash, promise.time, promise.by) == (ORIGIN, LEAVES[1], 5, 9)
        with pytest.raises(Invalid, match="size_went_back"):
            client.checkpoint(0, LEAVES[0], [])
        assert parse_key_change(client.change_key()).new == book.keys[0].public
        client.retire()
        assert len(client.state()["keys"]) == 1


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"nothing\n",
        b"[]\n",
        b'{"ask":"all"}\n',
        b'{"ask":"promise","leaf":"x","time":1,"by":2}\n',
        b'{"ask":"promise","leaf":5,"time":1,"by":2}\n',
        b'{"ask":"promise","leaf":"%s","time":3,"by":2}\n' % base64.b64encode(bytes(32)),
        b'{"ask":"checkpoint","size":1e400,"root":"","proof":[]}\n',
        b"[" * 50_000,
    ],
)
def test_whatever_is_asked_is_answered(book: Book, tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "s"
    with serving(book, path) as client, socket.socket(socket.AF_UNIX) as wire:
        wire.connect(str(path))
        wire.sendall(line)
        wire.shutdown(socket.SHUT_WR)
        reply = json.loads(wire.makefile("rb").readline())
        assert reply["refused"] in ("bad_question", "bad_base64")
        assert client.state()["size"] == 0


def test_many_who_hold_half_a_line_keep_nobody_waiting(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with serving(book, path) as client, ExitStack() as held:
        for _ in range(100):
            wire = held.enter_context(socket.socket(socket.AF_UNIX))
            wire.settimeout(1)
            wire.connect(str(path))
            wire.sendall(b'{"ask"')
        client.timeout = 1
        assert client.state()["size"] == 0


def test_a_second_signer_takes_neither_socket_nor_folder(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with serving(book, path) as client:
        with pytest.raises(Invalid, match="signer_running"):
            Server(path, book, now=lambda: AT)
        assert client.state()["size"] == 0
    with only_one(book.folder), pytest.raises(Invalid, match="signer_running"), only_one(book.folder, patience=0.2):
        pass
    with only_one(book.folder):
        pass


def test_a_group_may_be_let_in(book: Book, tmp_path: Path) -> None:
    path, group = tmp_path / "s", grp.getgrgid(os.getgid()).gr_name
    with Server(path, book, now=lambda: AT, group=group):
        assert (path.stat().st_mode & 0o777, path.stat().st_gid) == (0o660, os.getgid())
    with pytest.raises(LookupError):
        Server(path, book, now=lambda: AT, group="no such group")
    assert not path.exists()


def test_a_signer_that_is_away_is_down(tmp_path: Path) -> None:
    with pytest.raises(Down):
        Client(tmp_path / "nobody").state()
