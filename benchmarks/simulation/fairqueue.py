"""A model of Amazon SQS's fair queues, from the developer guide: noisy groups wait behind the others."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.simulation.limits import SimulatedLimits
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.batch import DueBatch, Hit
from chalicelib.ports import QueueMessage


@dataclass
class SimulatedMessage:
    batch: DueBatch
    throttled: list[Hit] = field(default_factory=list)
    in_a_row: int = 0


@dataclass
class FairQueue:
    """`ports.Queue`. `on_send`: called for each send. `delayed`: number of messages that are not available yet."""

    limits: SimulatedLimits
    fair: bool = True
    on_send: Callable[[list[SimulatedMessage], int], None] = lambda _, pause: None
    delayed: int = 0
    in_flight: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    _waiting: dict[str, deque[tuple[int, SimulatedMessage]]] = field(default_factory=dict)
    """By tenant, each message with its position in the order of arrival."""
    _arrived: int = 0
    _noisy: set[str] = field(default_factory=set)

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        self.on_send([SimulatedMessage(batch.parse(message.body)) for message in messages], pause)

    def depth(self) -> int:
        return self.waiting + self.delayed + self.in_flight.total()

    def arrive(self, messages: Sequence[SimulatedMessage]) -> None:
        for message in messages:
            self._waiting.setdefault(message.batch.tenant, deque()).append((self._arrived, message))
            self._arrived += 1
        self.waiting += len(messages)

    def take(self) -> SimulatedMessage | None:
        """Receive the oldest message of the quiet groups; if all are noisy, of the group with the fewest in flight."""
        if not self.waiting:
            return None
        tenant = self._next_tenant()
        _, message = self._waiting[tenant].popleft()
        if not self._waiting[tenant]:
            del self._waiting[tenant]
        self.waiting -= 1
        self.in_flight[tenant] += 1
        self._detect_noise(tenant)
        return message

    def done(self, message: SimulatedMessage) -> None:
        tenant = message.batch.tenant
        self.in_flight[tenant] -= 1
        if tenant in self._noisy and tenant not in self._waiting and not self.in_flight[tenant]:
            self._noisy.discard(tenant)

    def _next_tenant(self) -> str:
        quiet = [tenant for tenant in self._waiting if not (self.fair and tenant in self._noisy)]
        if quiet:
            return min(quiet, key=lambda tenant: self._waiting[tenant][0][0])
        return min(self._waiting, key=lambda tenant: self.in_flight[tenant])

    def _detect_noise(self, tenant: str) -> None:
        minimum = max(1.0, self.limits.noisy_minimum * self.limits.scale)
        if (
            self.in_flight[tenant] >= minimum
            and self.in_flight[tenant] > self.limits.noisy_share * self.in_flight.total()
        ):
            self._noisy.add(tenant)
