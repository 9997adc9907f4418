"""The scenarios: a Monday morning, the same with an outage, and one tenant with a large backlog."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from benchmarks.engines import dataset
from benchmarks.simulation.limits import SimulatedLimits
from benchmarks.simulation.population import START, Templates, populate, write_organisation
from benchmarks.simulation.region import Region, SimulatedOutcome
from chalicelib.features.deadlines import sweep
from chalicelib.kit.instants import MINUTE, SECOND, from_text
from chalicelib.store import keys
from chalicelib.store.keys import deployment
from chalicelib.store.port import Entry
from chalicelib.tenants.publication import policy_language
from infra.memory_store.store import MemoryStore

TENANTS, COMPLAINTS = 10_000, 10_000_000
"""The whole deployment."""
PER_TENANT = COMPLAINTS // TENANTS
HOUR = 3600.0
OPENING, PEAK = 600.0, 2.5 * HOUR
"""Seconds from the start until 09:00 and until 11:20, when the morning's deadlines are over."""
OUTAGE = (OPENING, OPENING + 3 * HOUR)
BACKLOG = 100_000
NEIGHBOURS, PER_NEIGHBOUR = 99, 40


@dataclass(frozen=True)
class ScenarioResult:
    name: str
    limits: SimulatedLimits
    due: int
    left: int
    """Deadlines due before the end that are not handled at the end."""
    outcome: SimulatedOutcome
    hottest: dict[str, float]
    throttled: dict[str, int]


def lateness_quantile(outcome: SimulatedOutcome, part: float) -> float:
    """Return the quantile of the lateness in seconds. `part`: between 0 and 1."""
    found = outcome.all_late
    return found[min(len(found) - 1, int(part * len(found)))] if found else 0.0


def monday(by_preset: Sequence[Templates], limits: SimulatedLimits, each: int = PER_TENANT) -> ScenarioResult:
    return _morning("a Monday morning", by_preset, limits, each, PEAK, (0, 0))


def outage(by_preset: Sequence[Templates], limits: SimulatedLimits, each: int = PER_TENANT) -> ScenarioResult:
    return _morning("an outage of three hours from 09:00", by_preset, limits, each, OUTAGE[1] + HOUR, OUTAGE)


def _morning(
    name: str,
    by_preset: Sequence[Templates],
    limits: SimulatedLimits,
    each: int,
    seconds: float,
    outage: tuple[float, float],
) -> ScenarioResult:
    chance = random.Random(1)
    tenants = round(TENANTS * limits.scale)
    with patched_limits(limits):
        store = MemoryStore()
        populate(store, by_preset, tenants, each, chance)
        region = _region(store, limits, outage)
        due = _due(store.everything(), region, seconds)
        outcome = region.run(seconds + 60)
        left = _due(store.everything(), region, seconds)
    return ScenarioResult(
        name, limits, due, left, outcome, region.partitions.hottest(), dict(region.partitions.throttled)
    )


def backlog(
    by_preset: Sequence[Templates], limits: SimulatedLimits, size: int = BACKLOG, neighbours: int = NEIGHBOURS
) -> tuple[ScenarioResult, ScenarioResult]:
    """Simulate neighbours with deadlines over ten minutes: with a tenant that has `size` due at once, and without."""
    return _neighbours(by_preset, limits, size, neighbours), _neighbours(by_preset, limits, 0, neighbours)


def _neighbours(by_preset: Sequence[Templates], limits: SimulatedLimits, size: int, neighbours: int) -> ScenarioResult:
    chance = random.Random(1)
    kind, start = by_preset[0], from_text(START)
    with patched_limits(limits):
        store = MemoryStore()
        for index in range(neighbours):
            times = [start + MINUTE + round(chance.random() * 600) * SECOND for _ in range(PER_NEIGHBOUR)]
            write_organisation(
                store, f"n-{index:03d}", kind, [_due_at(chance.choice(kind.snapshots), at) for at in times]
            )
        write_organisation(store, NOISY, kind, [_due_at(chance.choice(kind.snapshots), start) for _ in range(size)])
        region = _region(store, limits, (0, 0))
        outcome = region.run(HOUR)
        left = _due(store.everything(), region, HOUR)
    name = f"with a backlog of {size:,}" if size else "without it"
    return ScenarioResult(
        name, limits, size, left, outcome, region.partitions.hottest(), dict(region.partitions.throttled)
    )


NOISY = "noisy"


def _due_at(entry: Entry, at: int) -> Entry:
    """Return the snapshot with its wake time and all open runs shifted, so that it is due at another time."""
    return dataset.shifted(entry, at - dataset.wake_time(entry))


def _region(store: MemoryStore, limits: SimulatedLimits, outage: tuple[float, float]) -> Region:
    return Region(dataset.memory_world(store), store, limits, from_text(START), outage)


def _due(entries: Sequence[Entry], region: Region, seconds: float) -> int:
    until = region.start + round(seconds * SECOND)
    return sum(entry.due is not None and dataset.wake_time(entry) <= until for entry in entries)


@contextmanager
def patched_limits(limits: SimulatedLimits) -> Iterator[None]:
    """Patch the number of shards and the size of the sweep's round for the part of the deployment.

    The policy cache holds all policies, since the time to read a policy is modelled.
    """
    share = max(limits.shards, round(sweep.MAX_ROUND_HITS * limits.scale))
    read, written = (patch.object(module, "DUE_SHARDS", limits.shards) for module in (keys, deployment))
    kept = patch.object(policy_language, "MAX_CACHED", TENANTS)
    with read, written, kept, patch.object(sweep, "MAX_ROUND_HITS", share):
        yield
