"""A deployment in process for the browser: its clock moves at once, and its organisations are prepared.

The local stack serves the journeys that must show the real server; here the tests move months ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from tests.clauses.world import InProcess
from tests.kernel.web.pages.browser import ADDRESS

_PASSED = ("Accept", "Accept-Language", "Content-Type", "Cookie", "Origin", "Sec-Fetch-Site")


@contextmanager
def served(world: InProcess) -> Iterator[str]:
    """The address at which the world answers, one request after another."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def _answer(self, body: bytes | None) -> None:
            url = _url(server)
            sent = {name: self.headers[name].replace(url, ADDRESS) for name in _PASSED if name in self.headers}
            answer = world.client.request(self.command, self.path, body, headers=sent)
            world.settle()
            content = answer.text.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value.replace(ADDRESS, url))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """The world logs its requests."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield _url(server)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _url(server: HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"
