"""A queue with at-least-once delivery, in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from chalicelib.messages.sqs import NotEnqueued
from chalicelib.ports import QueueMessage


class FakeQueue:
    """`ports.Queue`. `redeliver` times each message comes again after it was handled."""

    def __init__(self, redeliver: int = 0) -> None:
        self.waiting: deque[QueueMessage] = deque()
        self.dead: list[QueueMessage] = []
        self.redeliver = redeliver
        self.pauses: list[int] = []
        self.sent = 0
        """How many messages were ever put on it."""
        self.calls = 0
        self.refuses: Callable[[int], bool] = lambda call: False
        """Which calls of `send` it refuses, counted from 1."""

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        """A pause is over as soon as somebody asks; `pauses` has them all."""
        self.calls += 1
        if self.refuses(self.calls):
            raise NotEnqueued("as the test wants it")
        self.waiting.extend(messages)
        self.sent += len(messages)
        self.pauses += [pause] * bool(pause)

    def depth(self) -> int:
        return len(self.waiting)

    def drain(self, handle: Callable[[QueueMessage], None], *, attempts: int = 3) -> int:
        """Deliver until empty, what handling enqueues included. Returns how many were handled.

        A message whose handling raises comes back at the end; after `attempts` it goes to `dead`.
        """
        failures: dict[int, int] = {}
        handled = 0
        while self.waiting:
            message = self.waiting.popleft()
            if self._delivered(message, handle, failures, attempts):
                handled += 1
        return handled

    def _delivered(
        self, message: QueueMessage, handle: Callable[[QueueMessage], None], failures: dict[int, int], attempts: int
    ) -> bool:
        try:
            for _ in range(1 + self.redeliver):
                handle(message)
        except Exception:  # noqa: BLE001 - as SQS does, whatever the handler raised
            failures[id(message)] = failures.get(id(message), 0) + 1
            (self.dead if failures[id(message)] >= attempts else self.waiting).append(message)
            return False
        return True
