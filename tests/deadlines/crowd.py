"""Many tenants' due entries, written directly to the store. The sweep only reads their keys."""

from __future__ import annotations

from collections import Counter, deque

from chalicelib.access import binding
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.batch import DueBatch
from chalicelib.kit.instants import Instant
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put, Remove
from tests.helpers.fakes.wiring import Fakes

_COMMIT = 100


def fall_due(world: Fakes, tenant: str, numbers: range, at: Instant, step: int = 0) -> None:
    """Complaints due from `at` on, each `step` milliseconds after the previous one."""
    entries = [_entry(tenant, f"202611-{number:06d}", at + place * step) for place, number in enumerate(numbers)]
    with binding.tenant(tenant):
        for first in range(0, len(entries), _COMMIT):
            world.store.commit([Put(entry) for entry in entries[first : first + _COMMIT]])


def _entry(tenant: str, number: str, wake_at: Instant) -> Entry:
    due = keys.due(tenant, f"C#{number}", wake_at)
    return Entry(key=keys.snapshot(keys.complaint(tenant, number)), kind="complaint", version=1, due=due)


def enqueued(world: Fakes) -> list[DueBatch]:
    return [batch.parse(message.body) for message in world.due.waiting]


def hits(world: Fakes) -> Counter[str]:
    """How often the queue holds each complaint."""
    return Counter(f"{each.tenant} {hit.aggregate}" for each in enqueued(world) for hit in each.hits)


def handle(world: Fakes, batches: int, *, fair: bool = False) -> list[DueBatch]:
    """Take that many messages out and let what they name be done with.

    `fair`: those of the tenants with the fewest waiting first, as of "Amazon SQS fair queues" (AWS).
    """
    if fair:
        waiting = Counter(message.tenant for message in world.due.waiting)
        world.due.waiting = deque(sorted(world.due.waiting, key=lambda message: waiting[message.tenant]))
    done = [batch.parse(world.due.waiting.popleft().body) for _ in range(batches)]
    for each in done:
        with binding.tenant(each.tenant):
            world.store.commit([Remove(hit.key) for hit in each.hits])
    return done
