"""An HTTP receiver on 127.0.0.1 in a thread, with configurable answers. It keeps the requests it received."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Callable[[Any], None]) -> None:
        self.answer = answer
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append((self.path, headers, body))
        self.server.answer(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


def answering(status: int, **headers: str) -> Callable[[Any], None]:
    def answer(handler: Any) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    return answer


@contextmanager
def receiving(answer: Callable[[Any], None], wrap: Callable[[Receiver], None] | None = None) -> Iterator[Receiver]:
    with Receiver(answer) as receiver:
        if wrap is not None:
            wrap(receiver)
        thread = threading.Thread(target=receiver.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.shutdown()
