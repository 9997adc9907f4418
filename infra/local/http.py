"""An HTTP/1.1 server on 127.0.0.1. It keeps connections open and reads every body to its end."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "127.0.0.1"
_CHUNK_BYTES = 1 << 16
_MAX_LINE_BYTES = 1 << 12


@dataclass(frozen=True, slots=True)
class LocalRequest:
    """One request. `target`: raw path and query. Header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None
    """None where it exceeded the server's limit."""


@dataclass(frozen=True, slots=True)
class Response:
    """One response. The server adds `Content-Length`."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


Responder = Callable[[LocalRequest], Response]


class LocalServer(ThreadingHTTPServer):
    """Handles each connection in a thread."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, respond: Responder, max_body_bytes: int) -> None:
        """`max_body_bytes` in bytes. Raises OSError where the port is in use."""
        self.respond = respond
        self.max_body_bytes = max_body_bytes
        super().__init__((HOST, port), _Handler)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # send head and body together: separately, they wait for the peer's delayed acknowledgement
    server: LocalServer

    def handle_any(self) -> None:
        try:
            body = self._body()
        except ValueError:
            self.close_connection = True
            self._send(Response(HTTPStatus.BAD_REQUEST))
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(self.server.respond(LocalRequest(self.command, self.path, headers, body)))

    def __getattr__(self, name: str) -> Callable[[], None]:
        """`do_GET`, `do_TRACE`, …: the gateway handles every method."""
        if name.startswith("do_"):
            return self.handle_any
        raise AttributeError(name)

    def _body(self) -> bytes | None:
        """Reads an oversized body to its end too: a client that still sends would otherwise see a connection reset.

        Raises ValueError where the length is not given in one of HTTP's two ways (RFC 9112 section 6).
        """
        chunks, length = [], 0
        for chunk in self._chunked() if "Transfer-Encoding" in self.headers else self._counted():
            length += len(chunk)
            if length <= self.server.max_body_bytes:
                chunks.append(chunk)
        return b"".join(chunks) if length <= self.server.max_body_bytes else None

    def _counted(self) -> Iterator[bytes]:
        yield from self._exactly(_length(self.headers.get("Content-Length", "0"), 10))

    def _chunked(self) -> Iterator[bytes]:
        while length := _length(self.rfile.readline(_MAX_LINE_BYTES).decode("latin-1").partition(";")[0].strip(), 16):
            yield from self._exactly(length)
            self.rfile.readline(_MAX_LINE_BYTES)
        while self.rfile.readline(_MAX_LINE_BYTES).strip():
            """Ignore trailers."""

    def _exactly(self, length: int) -> Iterator[bytes]:
        while length > 0 and (chunk := self.rfile.read(min(length, _CHUNK_BYTES))):
            length -= len(chunk)
            yield chunk

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
        """Logs nothing: the app logs each response itself."""


def _length(text: str, base: int) -> int:
    """Raises ValueError for other characters than digits: `int` accepts signs, blanks and underscores."""
    if not text.isascii() or not text.isalnum():
        raise ValueError("not a length")
    return int(text, base)


def port_is_free(port: int) -> bool:
    """True where no program listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) != 0
