"""What is simulated: a Monday's opening, an outage over it, and one tenant's backlog beside everybody else."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from benchmarks import dataset
from benchmarks.simulation.limits import Limits
from benchmarks.simulation.population import START, Templates, populate, write_organisation
from benchmarks.simulation.region import Outcome, Region
from chalicelib.deadlines import sweep
from chalicelib.instants import MINUTE, SECOND, from_text
from chalicelib.store import keys
from chalicelib.store.port import Entry
from chalicelib.tenants.publication import policy_cache
from infra.memory_store.store import MemoryStore

TENANTS, COMPLAINTS = 10_000, 10_000_000
"""Of the whole deployment."""
PER_TENANT = COMPLAINTS // TENANTS
HOUR = 3600.0
OPENING, PEAK = 600.0, 2.5 * HOUR
"""Seconds from the start: 09:00, and 11:20, by which the morning's deadlines have come and gone."""
OUTAGE = (OPENING, OPENING + 3 * HOUR)
BACKLOG = 100_000
NEIGHBOURS, PER_NEIGHBOUR = 99, 40


@dataclass(frozen=True)
class Result:
    name: str
    limits: Limits
    due: int
    left: int
    """What was due before the end and is still not acted on then."""
    outcome: Outcome
    hottest: dict[str, float]
    throttled: dict[str, int]


def lateness_quantile(outcome: Outcome, part: float) -> float:
    """The lateness in seconds that this part of what was due does not exceed."""
    found = outcome.all_late
    return found[min(len(found) - 1, int(part * len(found)))] if found else 0.0


def monday(made: Sequence[Templates], limits: Limits, each: int = PER_TENANT) -> Result:
    return _morning("a Monday morning", made, limits, each, PEAK, (0, 0))


def outage(made: Sequence[Templates], limits: Limits, each: int = PER_TENANT) -> Result:
    return _morning("three hours' outage from 09:00", made, limits, each, OUTAGE[1] + HOUR, OUTAGE)


def _morning(
    name: str, made: Sequence[Templates], limits: Limits, each: int, seconds: float, away: tuple[float, float]
) -> Result:
    chance = random.Random(1)
    tenants = round(TENANTS * limits.scale)
    with patched_limits(limits):
        store = MemoryStore()
        populate(store, made, tenants, each, chance)
        region = _region(store, limits, away)
        due = _due(store.everything(), region, seconds)
        outcome = region.run(seconds + 60)
        left = _due(store.everything(), region, seconds)
    return Result(name, limits, due, left, outcome, region.partitions.hottest(), dict(region.partitions.throttled))


def backlog(
    made: Sequence[Templates], limits: Limits, size: int = BACKLOG, neighbours: int = NEIGHBOURS
) -> tuple[Result, Result]:
    """Neighbours' deadlines over ten minutes, beside a tenant with so many due at once, and without that tenant."""
    return _beside(made, limits, size, neighbours), _beside(made, limits, 0, neighbours)


def _beside(made: Sequence[Templates], limits: Limits, size: int, neighbours: int) -> Result:
    chance = random.Random(1)
    kind, start = made[0], from_text(START)
    with patched_limits(limits):
        store = MemoryStore()
        for place in range(neighbours):
            times = [start + MINUTE + round(chance.random() * 600) * SECOND for _ in range(PER_NEIGHBOUR)]
            write_organisation(
                store, f"n-{place:03d}", kind, [_moved(chance.choice(kind.snapshots), at) for at in times]
            )
        write_organisation(store, NOISY, kind, [_moved(chance.choice(kind.snapshots), start) for _ in range(size)])
        region = _region(store, limits, (0, 0))
        outcome = region.run(HOUR)
        left = _due(store.everything(), region, HOUR)
    name = f"beside a backlog of {size:,}" if size else "without it"
    return Result(name, limits, size, left, outcome, region.partitions.hottest(), dict(region.partitions.throttled))


NOISY = "noisy"


def _moved(entry: Entry, at: int) -> Entry:
    """The complaint, due at another time: every open run and what it wakes at are shifted alike."""
    return dataset.shifted(entry, at - dataset.wake_time(entry))


def _region(store: MemoryStore, limits: Limits, away: tuple[float, float]) -> Region:
    return Region(dataset.memory_world(store), store, limits, from_text(START), away)


def _due(entries: Sequence[Entry], region: Region, seconds: float) -> int:
    until = region.start + round(seconds * SECOND)
    return sum(entry.due is not None and dataset.wake_time(entry) <= until for entry in entries)


@contextmanager
def patched_limits(limits: Limits) -> Iterator[None]:
    """With as many shards in index `due`, and the part's share of the sweep's round.

    What reading a policy costs is modelled, so none is compiled twice here.
    """
    share = max(limits.shards, round(sweep.MAX_ROUND_HITS * limits.scale))
    shards, kept = patch.object(keys, "DUE_SHARDS", limits.shards), patch.object(policy_cache, "MAX_CACHED", TENANTS)
    with shards, kept, patch.object(sweep, "MAX_ROUND_HITS", share):
        yield
