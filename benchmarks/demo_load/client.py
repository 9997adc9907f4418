"""A client of the HTTP API on one persistent connection. An unexpected answer ends the run."""

from __future__ import annotations

import http.client
import json
import uuid
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 120
"""Moving the clock over weeks handles all deadlines in between."""


class UnexpectedAnswer(Exception):
    """The API's answer differs from the plan; the text names the request."""


class Client:
    def __init__(self, url: str) -> None:
        self.url = url
        self.requests = 0
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT_SECONDS)

    def get(self, path: str, auth: str | None = None) -> Any:
        return self.call("GET", path, None, auth, expect=200, place=path)

    def post(self, path: str, body: Any, auth: str | None = None, *, expect: int = 200, place: str = "") -> Any:
        """Send with a new `Idempotency-Key`."""
        return self.call("POST", path, body, auth, expect=expect, place=place or path)

    def text(self, path: str, auth: str, language: str = "en") -> str:
        """The body of a 200 answer, as it was sent."""
        return self._send(
            "GET", path, None, {"Authorization": auth, "Accept-Language": language}, expect=200, place=path
        )

    def call(self, method: str, path: str, body: Any, auth: str | None, *, expect: int, place: str) -> Any:
        """Return the answer's JSON. Raises `UnexpectedAnswer` for a status other than `expect`."""
        headers = {"Authorization": auth} if auth else {}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        return json.loads(self._send(method, path, body, headers, expect=expect, place=place))

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str], *, expect: int, place: str) -> str:
        sent = None if body is None else json.dumps(body).encode()
        self._connection.request(method, path, sent, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        self.requests += 1
        if response.status != expect:
            raise UnexpectedAnswer(f"{place}: {method} {path} answered {response.status}, not {expect}: {text[:500]}")
        return text

    def move_to(self, when: str) -> None:
        self.post("/_local/clock", {"now": when})

    def now(self) -> str:
        present: str = self.post("/_local/clock", {"advance": "0 seconds"})["now"]
        return present
