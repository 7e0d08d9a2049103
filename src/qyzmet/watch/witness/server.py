"""The witness over HTTP/1.1: one address for logs, one page for people. Threads, from the standard library."""

import logging
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from qyzmet.watch.witness.page import page
from qyzmet.watch.witness.request import BODY_LIMIT
from qyzmet.watch.witness.witness import Reply, Witness

IDLE_SECONDS = 30
"""After which a connection that says nothing is closed."""
CONNECTIONS = 256
"""At once; whoever comes next waits."""
LINE_BYTES, TRAILERS = 200, 20
"""The longest line between pieces of a body, and how many may follow the last piece."""
_CHUNK = re.compile(rb"(?P<size>[0-9A-Fa-f]{1,6})(?:[ \t]*;[^\r\n]*)?\r\n")
CUT_OFF = Reply(400, "the request was cut off\n")
SUBMIT = "/add-checkpoint"
log = logging.getLogger(__name__)
HTML = "text/html; charset=utf-8"


class WitnessServer(ThreadingHTTPServer):
    """The server of one witness. `address` is (host, port); port 0 takes any that is free."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], witness: Witness) -> None:
        self.witness = witness
        self.places = threading.BoundedSemaphore(CONNECTIONS)
        super().__init__(address, _Handler)

    def process_request(self, request: object, client_address: object) -> None:
        """Give the connection a thread, when there is a place for it."""
        self.places.acquire()
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Serve the connection to its end."""
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self.places.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that breaks concerns nobody else; anything else is told."""
        if not isinstance(sys.exception(), OSError):
            log.exception("a request failed")


def serve(witness: Witness, *, host: str, port: int) -> WitnessServer:
    """A server that listens already; `serve_forever` answers, `shutdown` ends it. OSError if it cannot listen."""
    return WitnessServer((host, port), witness)


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"  # keep-alive
    timeout = IDLE_SECONDS
    server_version = "qyzmet-witness"
    sys_version = ""

    def do_POST(self) -> None:
        if not urlsplit(self.path).path.endswith(SUBMIT):
            self.close_connection = True
            return self._send(Reply(404, "not found\n"))
        body = self._body()
        if isinstance(body, Reply):
            self.close_connection = True  # what was not read would be taken for the next request
            return self._send(body)
        reply = self.server.witness.add_checkpoint(body)
        if reply.status != 200:
            log.info("%s %s", reply.status, reply.body.strip())
        return self._send(reply)

    def do_GET(self) -> None:
        if urlsplit(self.path).path != "/":
            return self._send(Reply(404, "not found\n"))
        return self._send(Reply(200, page(self.server.witness), HTML))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _body(self) -> bytes | Reply:
        length, coding = self.headers.get("Content-Length", ""), self.headers.get("Transfer-Encoding", "")
        if coding.lower() == "chunked" and not length:
            return self._chunks()
        if coding or not length.isascii() or not length.isdigit():
            return Reply(411, "a length is needed\n")
        if len(length) > 9 or int(length) > BODY_LIMIT:
            return Reply(413, "the request is too large\n")
        body = self.rfile.read(int(length))
        return body if len(body) == int(length) else CUT_OFF

    def _chunks(self) -> bytes | Reply:
        """A body in pieces (RFC 9112, 7.1), as clients send it that do not know its length beforehand."""
        found = b""
        while size := self._chunk_size():
            if len(found) + size > BODY_LIMIT:
                return Reply(413, "the request is too large\n")
            piece = self.rfile.read(size + 2) if size > 0 else b""
            if len(piece) != size + 2 or not piece.endswith(b"\r\n"):
                return CUT_OFF
            found += piece[:-2]
        trailers = (self.rfile.readline(LINE_BYTES) for _ in range(TRAILERS))
        return found if b"\r\n" in trailers else CUT_OFF

    def _chunk_size(self) -> int:
        """Of the piece that follows; 0 after the last, -1 for what is no piece."""
        head = _CHUNK.fullmatch(self.rfile.readline(LINE_BYTES))
        return int(head["size"], 16) if head else -1

    def _send(self, reply: Reply) -> None:
        body = reply.body.encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if reply.type == HTML:
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Who asks is nobody's business: only what a log was refused is told, by the command."""
