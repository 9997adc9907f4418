"""A queue with the guarantees of Amazon SQS: at-least-once delivery, any order, approximate depth."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chalicelib.ports import QueueMessage
from tests.across.faults.exactly.baton import Baton
from tests.helpers.fakes.faults import Crash

TRIES = 2
"""Fewer tries than deployed, so that many messages fail for good."""


class Held:
    """A message and its number of receives."""

    def __init__(self, message: QueueMessage) -> None:
        self.message = message
        self.received = 0


class SearchedQueue:
    """`ports.Queue`. `unfair`: the probability of a loss, and also of a second delivery."""

    def __init__(self, name: str, baton: Baton, unfair: float) -> None:
        self.name = name
        self.baton = baton
        self.unfair = unfair
        self.waiting: list[Held] = []
        self.dead: list[QueueMessage] = []
        self.lost = 0
        self._held = 0

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        """The delay is ignored: any message may be late."""
        with self.baton.call(self.name):
            for message in messages:
                drawn = self.baton.chance.random()
                if drawn >= self.unfair:
                    self.waiting.append(Held(message))
                else:
                    self.lost += 1
                if drawn >= 1 - self.unfair:
                    self.waiting.append(Held(message))

    def depth(self) -> int:
        """Sometimes it misses messages that were just sent."""
        with self.baton.call("depth"):
            return 0 if self.baton.chance.random() < self.unfair else len(self.waiting) + self._held

    def deliver(self, handle: Callable[[QueueMessage], object]) -> None:
        """Delivers any message. A failed message returns, and finally moves to the dead letters."""
        if not self.waiting:
            return
        held = self.waiting.pop(int(self.baton.chance.random() * len(self.waiting)))
        held.received += 1
        self._held += 1
        try:
            handle(held.message)
        except (Exception, Crash):  # noqa: BLE001  as SQS does, whatever the handler raised
            if held.received < TRIES:
                self.waiting.append(held)
            else:
                self.dead.append(held.message)
        finally:
            self._held -= 1

    def play(self, handle: Callable[[QueueMessage], object]) -> None:
        """Delivers until the queue is empty."""
        while self.waiting:
            self.deliver(handle)
