"""HTTP/1.1 on 127.0.0.1: keeps connections open, reads every body to its end, never resets a caller."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"
_PIECE = 1 << 16
_LINE = 1 << 12


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `target` is the raw path with its query; the headers' names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None
    """None where it was longer than the server's limit; it was read and dropped."""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; `Content-Length` is added."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


Responder = Callable[[Request], Response]


class LocalServer(ThreadingHTTPServer):
    """Answers each request in a thread of its connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, answer: Responder, longest_body: int) -> None:
        """`longest_body` in bytes. Raises OSError where the port is taken."""
        self.answer = answer
        self.longest_body = longest_body
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together: apart they would wait for the peer's delayed acknowledgement
    server: LocalServer

    def handle_any(self) -> None:
        try:
            body = self._body()
        except ValueError:
            self.close_connection = True
            self._send(Response(HTTPStatus.BAD_REQUEST))
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.answer(Request(self.command, self.path, headers, body)))

    def __getattr__(self, name: str) -> Callable[[], None]:
        """`do_GET`, `do_TRACE`, …: any method at all is the gateway's to answer."""
        if name.startswith("do_"):
            return self.handle_any
        raise AttributeError(name)

    def _body(self) -> bytes | None:
        """A caller who is still writing would see a reset instead of the answer, so too long a body is read too.

        Raises ValueError where its length is not told in one of HTTP's two ways (RFC 9112 §6).
        """
        kept, length = [], 0
        for piece in self._chunked() if "Transfer-Encoding" in self.headers else self._counted():
            length += len(piece)
            if length <= self.server.longest_body:
                kept.append(piece)
        return b"".join(kept) if length <= self.server.longest_body else None

    def _counted(self) -> Iterator[bytes]:
        yield from self._exactly(_length(self.headers.get("Content-Length", "0"), 10))

    def _chunked(self) -> Iterator[bytes]:
        while length := _length(self.rfile.readline(_LINE).decode("latin-1").partition(";")[0].strip(), 16):
            yield from self._exactly(length)
            self.rfile.readline(_LINE)
        while self.rfile.readline(_LINE).strip():
            """Trailers, which nobody here wants."""

    def _exactly(self, length: int) -> Iterator[bytes]:
        while length > 0 and (piece := self.rfile.read(min(length, _PIECE))):
            length -= len(piece)
            yield piece

    def _send(self, answer: Response) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(answer.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """The app logs what it answers; a second line a request would drown it."""


def _length(text: str, base: int) -> int:
    """Raises ValueError: `int` alone would take signs, blanks and underscores."""
    if not text.isascii() or not text.isalnum():
        raise ValueError("no length")
    return int(text, base)


def port_is_free(port: int) -> bool:
    """Whether nothing listens there yet."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) != 0
