"""The world that clause tests use: a deployment with its HTTP API, in process or on the local stack."""

from __future__ import annotations

import hashlib
import json
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from chalicelib.instants import Instant, from_text, to_text
from chalicelib.workers import entries
from infra.local.clock import parse_duration
from tests.clauses.operating import OPERATOR, signed_headers
from tests.fakes.app import App
from tests.fakes.client import Answer, Client
from tests.fakes.prepares_once import PreparesOnce
from tests.fakes.wiring import Fakes, fakes
from tests.leaks import planted

Headers = dict[str, str] | None
WAITS = 600
"""Seconds. On a busy machine the local stack takes minutes to play a day."""


class World(Protocol):
    """The actions of a test on a deployment."""

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        auth: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Sends one request. Each POST gets a new Idempotency-Key unless `headers` has one."""
        ...

    def operate(self, method: str, path: str, body: Any) -> Answer: ...

    def token(self, email: str, password: str) -> str: ...

    def mail(self, to: str) -> str:
        """The text of the latest mail to this address."""
        ...

    def upload(self, ticket: dict[str, Any], content: bytes) -> None: ...

    def download(self, url: str) -> bytes:
        """The content of the object behind a presigned link."""
        ...

    def move_to(self, when: str) -> None:
        """Moves the domain clock to an RFC 3339 time and handles everything that falls due on the way."""
        ...

    def settle(self) -> None:
        """Delivers the stream and the queues until they are empty."""
        ...

    def now(self) -> Instant: ...


class Lens(Protocol):
    """Changes the requests and responses between a test and the world."""

    def asked(self, method: str, path: str, body: Any) -> Any: ...

    def answered(self, method: str, path: str, answer: Answer) -> Answer: ...


def with_key(method: str, headers: dict[str, str] | None) -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4()), **(headers or {})} if method == "POST" else dict(headers or {})


class NotHandled(Exception):
    """The function reported the message as failed."""


class InProcess:
    """The app on the memory store. The world itself runs the sweep and delivers the stream and the queues."""

    lens: ClassVar[Lens | None] = None
    """If set, it applies to every world in this process."""

    def __init__(self, start: str) -> None:
        self.fakes: Fakes = fakes(policies=PreparesOnce())
        self.fakes.clock.move_to(from_text(start))
        self._client = Client(App(lambda: self.fakes.wiring, self._undeclared))
        self._as_made = self.fakes, self.fakes.real_clock.now
        self.relayed = 0
        """The number of delivered stream records."""

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        auth: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        sent = with_key(method, headers) | ({"Authorization": auth} if auth else {})
        asked = body if self.lens is None else self.lens.asked(method, path, body)
        answer = self._client.request(method, path, asked, headers=sent)
        self.settle()
        return answer if self.lens is None else self.lens.answered(method, path, answer)

    def operate(self, method: str, path: str, body: Any) -> Answer:
        return self._client.request(method, "/v1/ops" + path, body, operator=OPERATOR)

    def untouched(self) -> bool:
        """True if nothing has been stored, sent or moved yet."""
        fakes, store, mailer = self.fakes, self.fakes.store, self.fakes.mailer
        done = store.calls or store.before or store.after or fakes.identity.people or mailer.down or mailer.rejected
        return not done and (fakes, fakes.real_clock.now) == self._as_made

    def token(self, email: str, password: str) -> str:
        return self.fakes.identity.token(email, password)

    def mail(self, to: str) -> str:
        return self.fakes.mailer.to(to)[-1].text

    def upload(self, ticket: dict[str, Any], content: bytes) -> None:
        key = ticket["fields"]["key"]
        self.announce(key, self.fakes.objects.put(key, content), len(content))

    def download(self, url: str) -> bytes:
        key, _, version = url.removeprefix("https://bucket.test/").partition("?versionId=")
        return self.fakes.objects.stored[key][version].content

    def announce(self, key: str, version: str, size: int) -> None:
        """Sends the EventBridge event of S3 for a new object."""
        created = {"key": key, "version-id": version, "size": size}
        entries.object_created(self.fakes.wiring, {"source": "aws.s3", "detail": {"object": created}})
        self.settle()

    def move_to(self, when: str) -> None:
        """Runs a sweep at each instant at which something falls due, like the loop of the local stack."""
        target = from_text(when)
        played: set[str] = set()
        while (wakes := self._next_wake(played)) is not None and wakes <= target:
            self.fakes.clock.move_to(max(self.fakes.clock(), wakes))
            self.sweep()
        self.fakes.clock.move_to(target)

    def jump_to(self, when: str) -> None:
        """Moves the clock without sweeps on the way, as if the schedule were late."""
        self.fakes.clock.move_to(from_text(when))

    def sweep(self) -> None:
        entries.sweep(self.fakes.wiring)
        self.settle()

    def now(self) -> Instant:
        return self.fakes.clock()

    def settle(self) -> None:
        """Delivers the due queue, the stream, the effects queue and the webhook queue until all are empty."""
        self._work()
        effects, hooks = self.fakes.effects, self.fakes.hooks
        while (new := self.fakes.store.stream_after(self.relayed)) or effects.waiting or hooks.waiting:
            self.relayed += len(new)
            records = [
                record.to_lambda() for record in new if record.event_name == "INSERT" and record.key.sk[:2] == "E#"
            ]
            assert entries.relay(self.fakes.wiring.effects, {"Records": records}, None) == {"batchItemFailures": []}
            effects.drain(lambda message: self._deliver(entries.effects, message))
            hooks.drain(lambda message: self._deliver(entries.hooks, message))
            assert not effects.dead + hooks.dead
            self._work()

    def forget(self) -> None:
        """Makes the stream lose all undelivered records."""
        self.relayed = len(self.fakes.store.stream_after(0))

    def _work(self) -> None:
        due = self.fakes.due
        due.drain(lambda message: self._deliver(entries.wake, message), attempts=5)
        while due.dead:
            self._deliver(entries.park, due.dead.pop())

    def _deliver(self, function: Callable[..., Any], message: Any) -> None:
        record = {"messageId": "m", "body": json.dumps({"tenant": message.tenant, "body": message.body})}
        event = {"Records": [{**record, "eventSource": "aws:sqs"}]}
        if function(self.fakes.wiring, event, None) != {"batchItemFailures": []}:
            raise NotHandled

    def _next_wake(self, played: set[str]) -> Instant | None:
        """The next due instant. Waits for uploads stay due until real time has passed, so each instant is used once."""
        files = {entry.due.sk for entry in self.fakes.store.everything() if entry.due and entry.key.sk[:2] == "V#"}
        wakes = {entry.due.sk for entry in self.fakes.store.everything() if entry.due and entry.key.pk[:2] == "T#"}
        first = min(wakes - played, default=None)
        played |= files & {first}
        return None if first is None else from_text(first.partition("#")[0])

    def _undeclared(self, route: str, problem: str) -> None:
        raise AssertionError(f"{route} answered {problem}, which it does not declare")


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


def advance(world: World, text: str) -> None:
    """Moves the domain clock forward by `26 hours`, `3 days` etc."""
    world.move_to(to_text(world.now() + parse_duration(text)))


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
