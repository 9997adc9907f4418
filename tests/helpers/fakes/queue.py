"""An in-memory queue with at-least-once delivery."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress

from chalicelib.features.messages.sqs import NotEnqueued
from chalicelib.ports import QueueMessage


class FakeQueue:
    """`ports.Queue`. `redeliver`: how often each message is delivered again after it was handled."""

    def __init__(self, redeliver: int = 0) -> None:
        self.waiting: deque[QueueMessage] = deque()
        self.dead: list[QueueMessage] = []
        self.redeliver = redeliver
        self.pauses: list[int] = []
        self.held: list[QueueMessage] | None = None
        """Messages with a pause, in a test that says when they arrive. Otherwise they arrive at once."""
        self.sent = 0
        """The number of messages sent so far."""
        self.calls = 0
        self.refuses: Callable[[int], bool] = lambda call: False
        """The calls of `send` that fail, counted from 1."""

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        """Messages are available at once, unless `held` takes them; `pauses` records the delays."""
        self.calls += 1
        if self.refuses(self.calls):
            raise NotEnqueued("as the test wants it")
        (self.waiting if self.held is None or not pause else self.held).extend(messages)
        self.sent += len(messages)
        self.pauses += [pause] * bool(pause)

    def depth(self) -> int:
        return len(self.waiting)

    def drain(self, handle: Callable[[QueueMessage], None], *, attempts: int = 3) -> int:
        """Delivers until the queue is empty, including messages enqueued meanwhile. Returns the number handled.

        A message whose handler raises returns to the end of the queue. After `attempts` it moves to `dead`.
        """
        return self.drain_batches(lambda batch: [] if _is_handled(batch[0], handle) else [0], 1, attempts=attempts)

    def drain_batches(
        self, handle: Callable[[Sequence[QueueMessage]], Collection[int]], size: int, *, attempts: int = 3
    ) -> int:
        """The same for a handler that takes up to `size` messages, and returns the positions of those that failed."""
        failures: dict[int, int] = {}
        handled = 0
        while batch := self._received(size):
            failed: set[int] = set()
            for _ in range(1 + self.redeliver):
                tried = [at for at in range(len(batch)) if at not in failed]
                failed |= {tried[at] for at in handle([batch[at] for at in tried])} if tried else set()
            handled += len(batch) - len(failed)
            for message in (batch[at] for at in sorted(failed)):
                failures[id(message)] = failures.get(id(message), 0) + 1
                (self.dead if failures[id(message)] >= attempts else self.waiting).append(message)
        return handled

    def _received(self, size: int) -> list[QueueMessage]:
        """At most `size` messages. Several threads can receive at once."""
        batch: list[QueueMessage] = []
        with suppress(IndexError):
            while len(batch) < size:
                batch.append(self.waiting.popleft())
        return batch


def _is_handled(message: QueueMessage, handle: Callable[[QueueMessage], None]) -> bool:
    try:
        handle(message)
    except Exception:  # noqa: BLE001 - as SQS does, whatever the handler raised
        return False
    return True
