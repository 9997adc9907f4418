"""The world that clause tests use: a deployment with its HTTP API, in process or on the local stack."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol

from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.ports import QueueMessage
from chalicelib.workers import entries
from infra.local.clock import parse_duration
from tests.across.leaks import planted
from tests.clauses.lens import Lens
from tests.clauses.operating import OPERATOR
from tests.helpers.fakes.app import App
from tests.helpers.fakes.client import Answer, Client
from tests.helpers.fakes.deadlines import next_wake
from tests.helpers.fakes.kept import Kept
from tests.helpers.fakes.prepares_once import PreparesOnce
from tests.helpers.fakes.trail import Node, Steps
from tests.helpers.fakes.wiring import Fakes, fakes

Headers = dict[str, str] | None


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


def with_key(method: str, headers: dict[str, str] | None) -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4()), **(headers or {})} if method == "POST" else dict(headers or {})


EFFECTS = 10
"""Messages of the effects queue in one invocation, as `infra/template.yaml` has it."""


class NotHandled(Exception):
    """The function reported the message as failed."""


class InProcess(Steps):
    """The app on the memory store. The world itself runs the sweep and delivers the stream and the queues."""

    lens: ClassVar[Lens | None] = None
    """If set, it applies to every world in this process."""
    as_shipped: ClassVar[bool] = True
    """Whether its presets are those of the program, the same in each world."""
    reconciles_later: ClassVar[bool] = True
    """Whether the daily reconciliation waits for the next sweep. It would add a sweep to nearly every other one."""
    repeats: ClassVar[bool] = False
    """Whether tests share the results of their first steps (`trail`). Not for tests that change the program."""

    def __init__(self, start: str) -> None:
        self._fakes: Fakes = fakes(policies=PreparesOnce())
        self._fakes.clock.move_to(from_text(start))
        self._http = Client(App(lambda: self._fakes.wiring, self._undeclared))
        self._as_made = self._fakes, self._fakes.real_clock.now
        super().__init__()

    @property
    def fakes(self) -> Fakes:
        """A test that holds the fakes may change them, so its later steps are its own."""
        self._go_alone()
        return self._fakes

    @fakes.setter
    def fakes(self, others: Fakes) -> None:
        self._node, self._fakes = None, others

    @property
    def client(self) -> Client:
        """For requests of another form. They are the test's own, as with the fakes."""
        self._go_alone()
        return self._http

    @property
    def relayed(self) -> int:
        """The number of delivered stream records."""
        self._catch_up()
        return self._relayed

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        auth: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        if self.lens is not None:
            path, body = self.lens.at(path), self.lens.asked(method, path, body)
        sent = with_key(method, headers) | ({"Authorization": auth} if auth else {})
        step = method, path, repr(body), auth, repr(headers)
        answer: Answer = self._step(step, lambda: self._requested(method, path, body, sent))
        planted.sent(sent, body)
        planted.answered(answer.status, answer.text)
        planted.shown(path, sent, answer.text)
        return answer if self.lens is None else self.lens.answered(method, path, answer)

    def _requested(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        answer = self._http.unplanted(method, path, body, headers)
        self.settle()
        return answer

    def operate(self, method: str, path: str, body: Any) -> Answer:
        asked = "/v1/ops" + path
        answer: Answer = self._step(
            ("operate", method, asked, repr(body)),
            lambda: self._http.request(method, asked, body, operator=OPERATOR),
        )
        return answer

    def untouched(self) -> bool:
        """True if nothing has been stored, sent or moved yet."""
        fakes, store, mailer = self._fakes, self._fakes.store, self._fakes.mailer
        done = store.calls or store.before or store.after or fakes.identity.people or mailer.down or mailer.rejected
        return self._node is None and not done and (fakes, fakes.real_clock.now) == self._as_made

    def keep(self) -> Node:
        """The present state as a start of other worlds, and of the steps that this world takes from here."""
        start = Node(Kept(self._fakes), self._relayed)
        self._node = start if self.repeats and not self._alone else None
        return start

    def begin_at(self, start: Node) -> None:
        self._node, self._behind = start, True
        if not self.repeats or self._alone:
            self._go_alone()

    def token(self, email: str, password: str) -> str:
        token: str = self._step(("token", email, password), lambda: self._fakes.identity.token(email, password))
        planted.plant_secret("token", token)
        return token

    def mail(self, to: str) -> str:
        self._catch_up()
        return self._fakes.mailer.to(to)[-1].text

    def upload(self, ticket: dict[str, Any], content: bytes) -> None:
        self._step(("upload", repr(ticket), content), lambda: self._uploaded(ticket, content))

    def upload_named(self, ticket: dict[str, Any], content: bytes, name: str) -> None:
        self._step(("upload", repr(ticket), content, name), lambda: self._uploaded(ticket, content, name))

    def _uploaded(self, ticket: dict[str, Any], content: bytes, name: str = "") -> None:
        key = ticket["fields"]["key"]
        self.announce(key, self._fakes.objects.put(key, content, name=name), len(content))

    def download(self, url: str) -> bytes:
        self._catch_up()
        key, _, version = url.removeprefix("https://bucket.test/").partition("?versionId=")
        return self._fakes.objects.stored[key][version].content

    def announce(self, key: str, version: str, size: int) -> None:
        """Sends the EventBridge event of S3 for a new object."""
        created = {"key": key, "version-id": version, "size": size}
        event = {"source": "aws.s3", "detail": {"object": created}}
        self._step(("announce", key, version, size), lambda: entries.object_created(self._fakes.wiring, event))
        self.settle()

    def move_to(self, when: str) -> None:
        """Runs a sweep at each instant at which something falls due, like the loop of the local stack."""
        self._step(("move to", when), lambda: self._moved(from_text(when)))

    def _moved(self, target: Instant) -> None:
        played: set[str] = set()
        store, waits = self._fakes.store, self.reconciles_later
        while (wakes := next_wake(store, played, target, waits=waits)) is not None and wakes <= target:
            self._fakes.clock.move_to(max(self._fakes.clock(), wakes))
            self.sweep()
        self._fakes.clock.move_to(target)

    def jump_to(self, when: str) -> None:
        """Moves the clock without sweeps on the way, as if the schedule were late."""
        self._step(("jump to", when), lambda: self._fakes.clock.move_to(from_text(when)))

    def sweep(self) -> None:
        self._step(("sweep",), self._swept)

    def _swept(self) -> None:
        """With what it enqueued, as tests share a step only if it leaves no message in a queue."""
        entries.sweep(self._fakes.wiring)
        self.settle()

    def now(self) -> Instant:
        return self._time()

    def settle(self) -> None:
        """Delivers the due queue, the stream, the effects queue and the webhook queue until all are empty."""
        self._step(("settle",), self._settle)

    def _settle(self) -> None:
        self._work()
        effects, hooks = self._fakes.effects, self._fakes.hooks
        while (new := self._fakes.store.stream_after(self._relayed)) or effects.waiting or hooks.waiting:
            self._relayed += len(new)
            records = [
                record.to_lambda() for record in new if record.event_name == "INSERT" and record.key.sk[:2] == "E#"
            ]
            assert entries.relay(self._fakes.wiring.effects, {"Records": records}, None) == {"batchItemFailures": []}
            effects.drain_batches(lambda messages: self._failed(entries.effects, messages), EFFECTS)
            hooks.drain(lambda message: self._deliver(entries.hooks, message))
            assert not effects.dead + hooks.dead
            self._work()

    def forget(self) -> None:
        """Makes the stream lose all undelivered records."""
        self._relayed = len(self.fakes.store.stream_after(0))

    def _work(self) -> None:
        due = self._fakes.due
        due.drain(lambda message: self._deliver(entries.wake, message), attempts=5)
        while due.dead:
            self._deliver(entries.park, due.dead.pop())

    def _deliver(self, function: Callable[..., Any], message: QueueMessage) -> None:
        if self._failed(function, [message]):
            raise NotHandled

    def _failed(self, function: Callable[..., Any], messages: Sequence[QueueMessage]) -> list[int]:
        """Invokes the function with a batch of a queue. Returns the positions of the messages that it reports."""
        records = [
            {"messageId": str(at), "body": _sqs_body(one), "eventSource": "aws:sqs"} for at, one in enumerate(messages)
        ]
        answer = function(self._fakes.wiring, {"Records": records}, None)
        return [int(failure["itemIdentifier"]) for failure in answer["batchItemFailures"]]

    def _undeclared(self, route: str, problem: str) -> None:
        raise AssertionError(f"{route} answered {problem}, which it does not declare")


def _sqs_body(message: QueueMessage) -> str:
    return json.dumps({"tenant": message.tenant, "body": message.body})


def advance(world: World, text: str) -> None:
    """Moves the domain clock forward by `26 hours`, `3 days` etc."""
    world.move_to(to_text(world.now() + parse_duration(text)))


def skip_to(world: World, when: str) -> None:
    """Moves the domain clock over months. What falls due on the way is handled at the end, as after an outage.

    It is recorded with the time at which it was due. Handling each alarm in its minute would take half a second. The
    clock of the local stack moves as always.
    """
    if isinstance(world, InProcess):
        world.jump_to(when)
    world.move_to(when)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
