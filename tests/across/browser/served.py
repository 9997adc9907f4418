"""A deployment in process for the browser: its clock moves at once, and its organisations are prepared.

People sign in at once where a page leads to the issuer: as those whom the page names to it. The local stack serves the
journeys that must show the real server; here the tests move months ahead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from tests.clauses.world import InProcess
from tests.helpers.fakes.identity import ISSUER_PAGES
from tests.kernel.web.pages.browser import ADDRESS

_PASSED = ("Accept", "Accept-Language", "Content-Type", "Cookie", "Origin", "Sec-Fetch-Site")
_OF_THE_DOOR = ("session", "sign-in")
"""Cookies with a prefix that browsers refuse over plain http."""


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
            if "Cookie" in sent:
                sent["Cookie"] = _prefixed(sent["Cookie"])
            answer = world.client.request(self.command, self.path, body, headers=sent)
            world.settle()
            content = answer.text.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, _for_browser(world, name, value).replace(ADDRESS, url))
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


def _prefixed(cookies: str) -> str:
    """Over plain http, the browser keeps the cookies of the door without their prefix."""
    for name in _OF_THE_DOOR:
        cookies = cookies.replace(f"{name}=", f"__Host-{name}=")
    return cookies


def _for_browser(world: InProcess, name: str, value: str) -> str:
    """A header as the browser gets it. The issuer's page answers at once: it leads back."""
    if name == "Set-Cookie":
        return value.removeprefix("__Host-")
    if name != "Location" or not value.startswith(ISSUER_PAGES):
        return value
    asked = parse_qs(urlsplit(value).query)
    if "logout_uri" in asked:
        return asked["logout_uri"][0]
    return world.fakes.issuer.sign_in(value, asked["login_hint"][0])
