"""DynamoDB's partitions: each key that is written has the limits of one, second by second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.simulation.limits import Limits
from chalicelib.deadlines import batch

MIN_BUCKET = 2.0 * batch.MAX_HITS
"""Units that a bucket holds at least: a message's hits, at two each. It has as many in a part of a deployment."""
MINUTE = 60


@dataclass
class Partitions:
    """A bucket for each key, which refills with time and holds a second's worth."""

    limits: Limits
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _busiest: defaultdict[str, defaultdict[int, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    throttled: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def admit(self, units: Iterable[tuple[str, int]], now: float) -> bool:
        """Take the units of one transaction from each partition, or from none; a debt of one write is let through."""
        wanted: defaultdict[str, int] = defaultdict(int)
        for partition, count in units:
            wanted[partition] += count
        left = {partition: self._now(partition, now) for partition in wanted}
        short = [partition for partition, there in left.items() if there <= 0]
        for partition in short:
            self.throttled[partition_kind(partition)] += 1
        if short:
            return False
        for partition, count in wanted.items():
            self._left[partition] = left[partition] - count, now
            self._busiest[partition][int(now // MINUTE)] += count
        return True

    def _now(self, partition: str, now: float) -> float:
        most = self.limits.writes(partition)
        deep = max(most, MIN_BUCKET)
        left, at = self._left.get(partition, (deep, now))
        return min(deep, left + (now - at) * most)

    def hottest(self) -> dict[str, float]:
        """By kind of partition: the most units a second in any minute, of any of them."""
        found: dict[str, float] = {}
        for partition, minutes in self._busiest.items():
            name = partition_kind(partition)
            found[name] = max(found.get(name, 0), max(minutes.values()) / MINUTE)
        return found


def partition_kind(partition: str) -> str:
    """The key without what is one tenant's or one complaint's."""
    parts = partition.split("#")
    if parts[0] == "T":
        return {"C": "complaint", "L": "tenant's list", "X": "tenant's changed marks"}.get(parts[2], parts[2])
    return "due shard" if parts[0] == "DUE" else "directory"
