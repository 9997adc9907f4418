"""A model of DynamoDB's partitions: each partition key has the write limit of one partition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.simulation.limits import SimulatedLimits
from chalicelib.features.deadlines import batch
from chalicelib.store import keys

MIN_BUCKET = 2.0 * batch.MAX_HITS
"""Minimum of a bucket's units: one message's hits, two units each. Not scaled to the part of the deployment."""
MINUTE = 60


@dataclass
class Partitions:
    """A token bucket per key. It refills continuously and holds the units of one second."""

    limits: SimulatedLimits
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _busiest: defaultdict[str, defaultdict[int, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    throttled: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def admit(self, units: Iterable[tuple[str, int]], now: float) -> bool:
        """Take the units of one transaction from all its partitions, or from none. Returns False when throttled.

        A partition with any units left admits a write, so its balance may become negative.
        """
        requested: defaultdict[str, int] = defaultdict(int)
        for partition, count in units:
            requested[partition] += count
        left = {partition: self._available(partition, now) for partition in requested}
        short = [partition for partition, available in left.items() if available <= 0]
        for partition in short:
            self.throttled[partition_kind(partition)] += 1
        if short:
            return False
        for partition, count in requested.items():
            self._left[partition] = left[partition] - count, now
            self._busiest[partition][int(now // MINUTE)] += count
        return True

    def _available(self, partition: str, now: float) -> float:
        rate = self.limits.writes(partition)
        size = max(rate, MIN_BUCKET)
        left, at = self._left.get(partition, (size, now))
        return min(size, left + (now - at) * rate)

    def hottest(self) -> dict[str, float]:
        """Return by kind of partition the maximum of units a second in any minute."""
        found: dict[str, float] = {}
        for partition, minutes in self._busiest.items():
            name = partition_kind(partition)
            found[name] = max(found.get(name, 0), max(minutes.values()) / MINUTE)
        return found


def partition_kind(partition: str) -> str:
    """Return the kind of a partition key, without tenant and complaint."""
    if partition.startswith(keys.DUE_PREFIX):
        return "due shard"
    if not partition.startswith(keys.DIRECTORY_PREFIX):
        parts = partition.split("#")
        return {"C": "complaint", "L": "tenant's list", "X": "tenant's change markers"}.get(parts[2], parts[2])
    return "directory"
