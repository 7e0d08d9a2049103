"""The witness over HTTP."""

import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qyzmet.watch.witness import WitnessServer, serve
from qyzmet.watch.witness.request import BODY_LIMIT
from tests.watch.fake_log import ORIGIN, FakeLog
from tests.watch.test_witness import Clock, body, made, step


@pytest.fixture
def log(tmp_path: Path) -> FakeLog:
    grown = FakeLog(tmp_path / "log")
    grown.append([b"a", b"b"])
    return grown


@pytest.fixture
def server(tmp_path: Path, log: FakeLog) -> Iterator[WitnessServer]:
    witness = made(tmp_path / "seen.sqlite", [log.key.public], Clock())
    answering = serve(witness, host="127.0.0.1", port=0)
    thread = threading.Thread(target=answering.serve_forever)
    thread.start()
    yield answering
    answering.shutdown()
    answering.server_close()
    thread.join()


@pytest.fixture
def client(server: WitnessServer) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    yield connection
    connection.close()


def ask(client: http.client.HTTPConnection, verb: str, path: str, data: bytes = b"") -> tuple[int, str, str]:
    client.request(verb, path, data)
    reply = client.getresponse()
    return reply.status, reply.headers["Content-Type"], reply.read().decode()


def test_one_connection_serves_many_requests(client: http.client.HTTPConnection, log: FakeLog) -> None:
    assert ask(client, "POST", "/add-checkpoint", step(log, 0))[0] == 200
    first = client.sock
    log.append([b"c"])
    status, kind, text = ask(client, "POST", "/add-checkpoint", body(0, log.note()))
    assert (status, kind, text) == (409, "text/x.tlog.size", "2\n")
    assert ask(client, "POST", "/add-checkpoint", step(log, 2))[0] == 200
    assert client.sock is first


def test_the_prefix_is_whatever_stands_before(client: http.client.HTTPConnection, log: FakeLog) -> None:
    assert ask(client, "POST", "/w1/add-checkpoint?x=1", step(log, 0))[0] == 200
    assert ask(client, "POST", "/add-checkpoints", step(log, 0))[0] == 404
    assert ask(client, "GET", "/add-checkpoint")[0] == 404
    assert ask(client, "PUT", "/add-checkpoint", b"x")[0] == 501


def test_a_body_that_is_too_large_or_has_no_length_is_not_read(
    client: http.client.HTTPConnection, server: WitnessServer
) -> None:
    assert ask(client, "POST", "/add-checkpoint", b"x" * (BODY_LIMIT + 1))[0] == 413
    for head in ("", "Content-Length: -1\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"):
        with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=10) as raw:
            raw.sendall(f"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
            assert raw.recv(100).startswith(b"HTTP/1.1 411")


def test_a_body_may_come_in_pieces(client: http.client.HTTPConnection, log: FakeLog) -> None:
    """As clients send it that stream; the connection serves the next request too."""
    whole = step(log, 0)
    client.request("POST", "/add-checkpoint", iter([whole[:7], whole[7:]]), encode_chunked=True)
    reply = client.getresponse()
    assert (reply.status, reply.read()[:4]) == (200, "— ".encode())
    assert ask(client, "POST", "/add-checkpoint", step(log, 2))[0] == 200


@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        (b"5;x=1\r\nold 0\r\n2\r\n\n\n\r\n0\r\nTrailer: x\r\n\r\n", 400),
        (b"0\r\n\r\n", 400),
        (b"-1\r\n\r\n", 400),
        (b"xyz\r\n\r\n", 400),
        (b"5\r\nold 0__0\r\n\r\n", 400),
        (b"5\r\nol", 400),
        (b"0\r\n", 400),
        (b"%x\r\n" % (BODY_LIMIT + 1), 413),
        (b"f" * 999, 400),
    ],
)
def test_pieces_that_are_none_are_refused(server: WitnessServer, pieces: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=10) as raw:
        raw.sendall(b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces)
        raw.shutdown(socket.SHUT_WR)
        assert raw.recv(100).startswith(f"HTTP/1.1 {status}".encode())


def test_a_body_that_is_cut_off_is_refused(server: WitnessServer, log: FakeLog) -> None:
    whole = step(log, 0)
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=10) as raw:
        raw.sendall(f"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: {len(whole)}\r\n\r\n".encode())
        raw.sendall(whole[:-9])
        raw.shutdown(socket.SHUT_WR)
        assert raw.recv(100).startswith(b"HTTP/1.1 400")
    assert server.witness.memory.heads() == []


def test_the_page_says_in_three_languages_what_was_seen(client: http.client.HTTPConnection, log: FakeLog) -> None:
    status, kind, text = ask(client, "GET", "/")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "әзірге ештеңе көрілген жоқ" in text
    ask(client, "POST", "/add-checkpoint", step(log, 0))
    text = ask(client, "GET", "/?x")[2]
    for words in ("2 жазба көрілді", "видел 2 записей", "2 entries seen, on 15 January 2027, 13:00"):
        assert words in text
    assert ORIGIN in text
    assert all(f'<section lang="{lang}">' in text for lang in ("kk", "ru", "en"))


def test_the_page_shows_a_fork_first(client: http.client.HTTPConnection, log: FakeLog) -> None:
    ask(client, "POST", "/add-checkpoint", step(log, 0))
    log.rewrite([b"a", b"<script>"])
    ask(client, "POST", "/add-checkpoint", body(2, log.note()))
    text = ask(client, "GET", "/")[2]
    assert "has shown two different versions" in text
    assert log.note().decode() in text
    assert ask(client, "HEAD", "/")[2] == ""
