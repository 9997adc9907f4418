"""A local stack for tests: `python -m infra.local` on a free port, in its own directory, at a given time."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.kit.instants import Instant, from_text
from tests.across.leaks import planted
from tests.clauses.operating import signed_headers
from tests.clauses.world import with_key
from tests.helpers.fakes.client import Answer

ROOT = Path(__file__).parents[2]
STARTS_WITHIN, ENDS_WITHIN = 60, 60
"""Seconds, enough on two busy cores."""

WAITS = 600
"""Seconds. On a busy machine the local stack takes minutes to play a day."""


@dataclass(slots=True)
class LocalStack:
    """A running local stack, used over HTTP only. `output`: the file of its output, including log lines."""

    url: str
    output: Path = Path(os.devnull)
    _read: int = 0

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        auth: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        authorized = {"Authorization": auth} if auth else {}
        sent = {"Content-Type": "application/json", **with_key(method, headers), **authorized}
        planted.sent(sent, body)
        answer = self._answer(method, path, sent, None if body is None else json.dumps(body).encode())
        planted.answered(answer.status, answer.text)
        planted.shown(path, sent, answer.text)
        planted.written(self._logged())
        return answer

    def operate(self, method: str, path: str, body: Any) -> Answer:
        path, data = f"/v1/ops{path}", json.dumps(body).encode()
        return self._answer(method, path, signed_headers(method, self.url + path, data), data)

    def _logged(self) -> str:
        """The log lines since the last call. Skips other output, which contains demonstration passwords on purpose."""
        with self.output.open("rb") as output:
            output.seek(self._read)
            new = output.read()
        self._read += len(new)
        return "\n".join(line for line in new.decode("utf-8", "replace").splitlines() if line.startswith("{"))

    def _answer(self, method: str, path: str, sent: dict[str, str], data: bytes | None) -> Answer:
        request = urllib.request.Request(self.url + path, data=data, headers=sent, method=method)
        try:
            with urllib.request.urlopen(request, timeout=WAITS) as response:
                return Answer(response.status, dict(response.headers), response.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read().decode())

    def token(self, email: str, password: str) -> str:
        return self._local("POST", "token", {"email": email, "password": password})["token"]

    def mail(self, to: str) -> str:
        return self._local("GET", "mail?" + urllib.parse.urlencode({"to": to}))["mails"][-1]["text"]

    def upload(self, ticket: dict[str, Any], content: bytes) -> None:
        boundary = uuid.uuid4().hex
        begin = f"--{boundary}\r\nContent-Disposition: form-data; name="
        parts = [f'{begin}"{name}"\r\n\r\n{value}\r\n' for name, value in ticket["fields"].items()]
        head = f'{begin}"file"; filename="f"\r\n\r\n'
        data = "".join(parts).encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        request = urllib.request.Request(ticket["url"], data=data, headers={"Content-Type": kind}, method="POST")
        with urllib.request.urlopen(request, timeout=60) as response:
            assert response.status in (200, 201, 204)
        self.settle()

    def download(self, url: str) -> bytes:
        with urllib.request.urlopen(url, timeout=60) as response:
            content: bytes = response.read()
            return content

    def move_to(self, when: str) -> None:
        self._local("POST", "clock", {"now": when})

    def settle(self) -> None:
        self.now()

    def now(self) -> Instant:
        """Moving the clock returns after all effects are delivered."""
        return from_text(self._local("POST", "clock", {"advance": "0 seconds"})["now"])

    def _local(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.call(method, f"/_local/{path}", body)
        assert answer.status == 200, answer.text
        return answer.json


@contextmanager
def local_stack(directory: Path, now: str, preset: str = "platform") -> Iterator[LocalStack]:
    """Stops the stack at the end of the block with SIGINT, as Ctrl-C does. It has a tenant, of the preset.

    Raises AssertionError if it does not stop as it should: with exit code 0, a word about its data, and no description.
    """
    settings = {"POWERTOOLS_LOG_LEVEL": "INFO", "DEMO": preset, "PORT": str(_free_port()), "NOW": now}
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    with (directory / "output.txt").open("w+") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "infra.local"], cwd=directory, env=environment, stdout=output, stderr=output
        )
        try:
            yield LocalStack(_url(process, directory), directory / "output.txt")
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(ENDS_WITHIN)
    assert code == 0
    assert "Its data is gone" in (directory / "output.txt").read_text("utf-8")
    assert not description(directory).exists()


def description(directory: Path) -> Path:
    """The file that lists the stack's tenants while it runs in this directory."""
    return directory / ".local" / "stack.json"


def _url(process: subprocess.Popen[bytes], directory: Path) -> str:
    stack = description(directory)
    give_up = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < give_up:
        if stack.exists() and (text := stack.read_text("utf-8")).endswith("}\n"):
            return str(json.loads(text)["url"])
        time.sleep(0.05)
    raise RuntimeError("the local stack did not start:\n" + (directory / "output.txt").read_text("utf-8")[-4000:])


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
