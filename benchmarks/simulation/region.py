"""The simulated region: scheduled sweeps, the due queue, its workers, and an outage without sweeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from benchmarks.simulation.fairqueue import FairQueue, SimulatedMessage
from benchmarks.simulation.limits import SEND_BATCH, SimulatedLimits
from benchmarks.simulation.loop import Loop
from benchmarks.simulation.modelled_store import ModelledStore, Throttled
from benchmarks.simulation.partitions import Partitions
from chalicelib.access import binding
from chalicelib.features.deadlines.batch import Hit, requeue
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.features.deadlines.wake_complaint import wake
from chalicelib.jobs import throttling
from chalicelib.kit.instants import SECOND, Instant
from chalicelib.store import keys
from chalicelib.store.keys import CaseRef
from infra.memory_store.store import MemoryStore
from tests.helpers.fakes.wiring import Fakes

MINUTE = 60.0


@dataclass
class SimulatedOutcome:
    """`late`: seconds from due to recorded, by tenant. `handled`: due and recorded seconds of each deadline."""

    late: dict[str, list[float]] = field(default_factory=dict)
    handled: list[tuple[float, float]] = field(default_factory=list)
    events: int = 0
    throttled: int = 0
    """Hits whose transaction was throttled."""
    requeued: int = 0
    """Messages sent again with throttled hits."""
    swept: int = 0
    """Hits found by the sweeps."""
    messages: int = 0
    """Messages sent by the sweeps."""
    longest_sweep: float = 0.0
    """Seconds until the sweep's last message was sent."""
    most_workers: int = 0

    @property
    def all_late(self) -> list[float]:
        return sorted(each for tenant in self.late.values() for each in tenant)


class Region:
    """`start`: the domain's time at second 0. `outage`: start and end of the outage in seconds."""

    def __init__(
        self,
        world: Fakes,
        store: MemoryStore,
        limits: SimulatedLimits,
        start: Instant,
        outage: tuple[float, float] = (0, 0),
    ) -> None:
        self.limits, self.start, self.outage = limits, start, outage
        self.loop, self.outcome = Loop(), SimulatedOutcome()
        self.partitions = Partitions(limits)
        self.queue = FairQueue(limits, on_send=self._send)
        self.store = ModelledStore(store, self.partitions)
        self.wiring = replace(world.wiring, store=self.store, due=self.queue, real_clock=self._real)
        self._working = 0
        self._busy_since = 0.0
        self._spent = 0.0
        """Seconds that the current sweep has taken so far."""

    def instant(self) -> Instant:
        return self.start + round(self.loop.now * SECOND)

    def _real(self) -> Instant:
        """The real clock within a sweep: its calls take time while the loop stands still."""
        return self.instant() + round(self._spent * SECOND)

    def run(self, seconds: float) -> SimulatedOutcome:
        for minute in range(int(seconds // MINUTE) + 1):
            self.loop.at(minute * MINUTE, self._sweep)
        self.loop.run(seconds)
        return self.outcome

    def _sweep(self) -> None:
        """Run the program's sweep. Its messages arrive with the delay of its calls."""
        if self.outage[0] <= self.loop.now < self.outage[1]:
            return
        self.store.at = self.loop.now
        self._spent = 0.0
        self.outcome.swept += sweep(self.wiring, self.instant()).enqueued
        self.outcome.longest_sweep = max(self.outcome.longest_sweep, self._spent)
        self._spent = 0.0

    def _send(self, messages: list[SimulatedMessage], pause: int) -> None:
        """Handle a send: a worker's requeued messages (with a pause), or one round of the sweep."""
        if pause:
            self.outcome.requeued += len(messages)
            self.queue.delayed += len(messages)
            self.loop.at(self.loop.now + pause, lambda: self._arrive_delayed(messages))
        else:
            self._round(messages)

    def _arrive_delayed(self, messages: list[SimulatedMessage]) -> None:
        self.queue.delayed -= len(messages)
        self._arrive(messages)

    def _round(self, messages: list[SimulatedMessage]) -> None:
        """Count the time of a sweep's round: one query per shard, the sends, and the write of the position."""
        self.outcome.messages += len(messages)
        self._spent += self.limits.shards * self.limits.query_seconds
        for batch in self._send_calls(messages):
            self._spent += self.limits.send_seconds * len(batch) / SEND_BATCH / self.limits.scale
            self.loop.at(self.loop.now + self._spent, lambda batch=batch: self._arrive(batch))  # type: ignore[misc]
        self._spent += self.limits.send_seconds

    def _send_calls(self, messages: list[SimulatedMessage]) -> Iterator[list[SimulatedMessage]]:
        """Yield the messages by SendMessageBatch call, scaled to the part of the deployment, but at least one."""
        size = max(1, round(SEND_BATCH * self.limits.scale))
        return (messages[first : first + size] for first in range(0, len(messages), size))

    def _arrive(self, messages: list[SimulatedMessage]) -> None:
        if self.queue.waiting == 0 and self._working == 0:
            self._busy_since = self.loop.now
        self.queue.arrive(messages)
        self._start_workers()

    def _start_workers(self) -> None:
        allowed = self.limits.active_workers(self.loop.now - self._busy_since)
        while self._working < allowed and (message := self.queue.take()) is not None:
            self._working += 1
            self.outcome.most_workers = max(self.outcome.most_workers, self._working)
            self._schedule_hit(message, 0, self.loop.now + self.limits.policy_seconds)

    def _schedule_hit(self, message: SimulatedMessage, index: int, begun: float) -> None:
        """Schedule the write of the message's next hit."""
        if message.in_a_row == throttling.MAX_CONSECUTIVE:
            message.throttled.extend(message.batch.hits[index:])
            index = len(message.batch.hits)
        if index == len(message.batch.hits):
            self.loop.at(begun + self.limits.send_seconds * bool(message.throttled), lambda: self._end(message))
            return
        done = begun + self.limits.hit_seconds
        self.loop.at(done, lambda: self._write(message, index, done))

    def _write(self, message: SimulatedMessage, index: int, done: float) -> None:
        hit = message.batch.hits[index]
        self.store.at = done
        try:
            with binding.tenant(message.batch.tenant):
                events = wake(self.wiring, CaseRef(message.batch.tenant, keys.number_of(hit.aggregate)), self.instant())
        except Throttled:
            self.outcome.throttled += 1
            message.throttled.append(hit)
            message.in_a_row += 1
        else:
            message.in_a_row = 0
            self._record(message.batch.tenant, hit, events)
        self._schedule_hit(message, index + 1, done)

    def _record(self, tenant: str, hit: Hit, events: int) -> None:
        if events:
            self.outcome.events += events
            late = (self.instant() - hit.wake_at) / SECOND
            self.outcome.late.setdefault(tenant, []).append(late)
            self.outcome.handled.append((self.loop.now - late, self.loop.now))

    def _end(self, message: SimulatedMessage) -> None:
        if message.throttled:
            requeue(self.wiring.due, message.batch, message.throttled)
        self.queue.done(message)
        self._working -= 1
        self._start_workers()
