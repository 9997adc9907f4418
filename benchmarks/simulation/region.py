"""One region at work: the schedule's sweeps, the queue, its workers, and an outage in which nothing answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from benchmarks.simulation.fairqueue import FairQueue, Message
from benchmarks.simulation.limits import SEND_BATCH, Limits
from benchmarks.simulation.loop import Loop
from benchmarks.simulation.modelled_store import ModelledStore, Throttled
from benchmarks.simulation.partitions import Partitions
from chalicelib.access import binding
from chalicelib.deadlines import throttle_requeue
from chalicelib.deadlines.batch import Hit
from chalicelib.deadlines.sweep import sweep
from chalicelib.deadlines.wake_complaint import wake
from chalicelib.instants import SECOND, Instant
from infra.memory_store.store import MemoryStore
from tests.fakes.wiring import Fakes

MINUTE = 60.0


@dataclass
class Outcome:
    """`late`: seconds from due to recorded, by tenant; `acted`: for each, when it was due and when recorded."""

    late: dict[str, list[float]] = field(default_factory=dict)
    acted: list[tuple[float, float]] = field(default_factory=list)
    events: int = 0
    throttled: int = 0
    """Hits whose transaction was throttled."""
    again: int = 0
    """Messages that came back with such hits."""
    swept: int = 0
    messages: int = 0
    """How many the sweeps sent for them."""
    longest_sweep: float = 0.0
    """Seconds until its last message was sent."""
    most_workers: int = 0

    @property
    def all_late(self) -> list[float]:
        return sorted(each for tenant in self.late.values() for each in tenant)


class Region:
    """`start`: the domain's time at second 0. `away`: seconds in which the region is gone."""

    def __init__(
        self, world: Fakes, store: MemoryStore, limits: Limits, start: Instant, away: tuple[float, float] = (0, 0)
    ) -> None:
        self.limits, self.start, self.away = limits, start, away
        self.loop, self.outcome = Loop(), Outcome()
        self.partitions = Partitions(limits)
        self.queue = FairQueue(limits, sending=self._send)
        self.store = ModelledStore(store, self.partitions)
        self.wiring = replace(world.wiring, store=self.store, due=self.queue, real_clock=self._real)
        self._working = 0
        self._busy_since = 0.0
        self._spent = 0.0
        """Seconds that the sweep which runs has taken so far."""

    def instant(self) -> Instant:
        return self.start + round(self.loop.now * SECOND)

    def _real(self) -> Instant:
        """Within a sweep, whose calls take time while nothing else moves."""
        return self.instant() + round(self._spent * SECOND)

    def run(self, seconds: float) -> Outcome:
        for minute in range(int(seconds // MINUTE) + 1):
            self.loop.at(minute * MINUTE, self._sweep)
        self.loop.run(seconds)
        return self.outcome

    def _sweep(self) -> None:
        """The program's own sweep; what it sends arrives as its calls would have taken."""
        if self.away[0] <= self.loop.now < self.away[1]:
            return
        self.store.at = self.loop.now
        self._spent = 0.0
        self.outcome.swept += sweep(self.wiring, self.instant()).enqueued
        self.outcome.longest_sweep = max(self.outcome.longest_sweep, self._spent)
        self._spent = 0.0

    def _send(self, messages: list[Message], pause: int) -> None:
        """A worker's, to come back after a pause, or one round of the sweep's."""
        if pause:
            self.outcome.again += len(messages)
            self.queue.pausing += len(messages)
            self.loop.at(self.loop.now + pause, lambda: self._back(messages))
        else:
            self._round(messages)

    def _back(self, messages: list[Message]) -> None:
        self.queue.pausing -= len(messages)
        self._arrive(messages)

    def _round(self, messages: list[Message]) -> None:
        """A page of each shard was read, and the position is kept behind them."""
        self.outcome.messages += len(messages)
        self._spent += self.limits.shards * self.limits.query_seconds
        for some in self._calls(messages):
            self._spent += self.limits.send_seconds * len(some) / SEND_BATCH / self.limits.scale
            self.loop.at(self.loop.now + self._spent, lambda some=some: self._arrive(some))  # type: ignore[misc]
        self._spent += self.limits.send_seconds

    def _calls(self, messages: list[Message]) -> Iterator[list[Message]]:
        """As many as one call of the part's sweep sends, at least one."""
        size = max(1, round(SEND_BATCH * self.limits.scale))
        return (messages[first : first + size] for first in range(0, len(messages), size))

    def _arrive(self, messages: list[Message]) -> None:
        if self.queue.waiting == 0 and self._working == 0:
            self._busy_since = self.loop.now
        self.queue.arrive(messages)
        self._hire()

    def _hire(self) -> None:
        allowed = self.limits.at_work(self.loop.now - self._busy_since)
        while self._working < allowed and (message := self.queue.take()) is not None:
            self._working += 1
            self.outcome.most_workers = max(self.outcome.most_workers, self._working)
            self._hit(message, 0, self.loop.now + self.limits.policy_seconds)

    def _hit(self, message: Message, place: int, begun: float) -> None:
        """The next hit of the message; its write happens when its time is over."""
        if message.in_a_row == throttle_requeue.MAX_CONSECUTIVE:
            message.throttled.extend(message.batch.hits[place:])
            place = len(message.batch.hits)
        if place == len(message.batch.hits):
            self.loop.at(begun + self.limits.send_seconds * bool(message.throttled), lambda: self._end(message))
            return
        done = begun + self.limits.hit_seconds
        self.loop.at(done, lambda: self._wrote(message, place, done))

    def _wrote(self, message: Message, place: int, done: float) -> None:
        hit = message.batch.hits[place]
        self.store.at = done
        try:
            with binding.tenant(message.batch.tenant):
                events = wake(self.wiring, message.batch.tenant, hit.aggregate.partition("#")[2], self.instant())
        except Throttled:
            self.outcome.throttled += 1
            message.throttled.append(hit)
            message.in_a_row += 1
        else:
            message.in_a_row = 0
            self._note(message.batch.tenant, hit, events)
        self._hit(message, place + 1, done)

    def _note(self, tenant: str, hit: Hit, events: int) -> None:
        if events:
            self.outcome.events += events
            late = (self.instant() - hit.wake_at) / SECOND
            self.outcome.late.setdefault(tenant, []).append(late)
            self.outcome.acted.append((self.loop.now - late, self.loop.now))

    def _end(self, message: Message) -> None:
        if message.throttled:
            throttle_requeue.requeue(self.wiring, message.batch, message.throttled)
        self.queue.done(message)
        self._working -= 1
        self._hire()
