"""The simulation's assumptions: limits of AWS and of the template, and durations."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.features.messages.sqs import BATCH as SEND_BATCH
from chalicelib.store import keys


@dataclass(frozen=True, kw_only=True)
class SimulatedLimits:
    """Durations in seconds and rates per second. `scale`: the simulated part of the deployment.

    Shared limits are multiplied by `scale`. Limits of one tenant or one complaint are not.
    """

    scale: float = 1.0
    workers: int = 200
    """`MaximumConcurrency` of the wake function (infra/template.yaml)."""
    initial_workers: int = 5
    workers_per_minute: int = 300
    """Lambda polls a queue with five workers at first, and adds up to 300 a minute (AWS: "Configuring scaling
    behavior")."""
    shards: int = 32
    """`keys.DUE_SHARDS`."""
    partition_writes: float = 1000
    """Write units of one partition. Adaptive capacity gives a hot key its own partition (AWS: "Burst and adaptive
    capacity"). It also splits a key's items by sort key, but the simulation does not assume this: it takes minutes, and
    index `due` is hot at the start of its sort keys."""
    background: float = 600
    """Write units a second of people's acts in index `due`, over all its shards, in the peak hour."""
    read_seconds: float = 0.005
    compute_seconds: float = 0.003
    write_seconds: float = 0.012
    """A consistent batch read, the program's code with 1 GB memory, a transaction: together 20 ms per hit."""
    policy_seconds: float = 0.08
    """Reading and compiling the policy, once per message: a process caches 64 policies of 10,000 tenants."""
    query_seconds: float = 0.008
    """The sweep's query of one page of a shard."""
    send_seconds: float = 0.012
    """The sweep's SendMessageBatch of ten messages, or the write of its position."""
    noisy_share: float = 0.1
    noisy_minimum: int = 30
    """A group is noisy when it has more than this share of the messages in flight, and at least this many messages
    (AWS: "How Amazon SQS fair queues work")."""

    @property
    def hit_seconds(self) -> float:
        return self.read_seconds + self.compute_seconds + self.write_seconds

    def part(self, scale: float) -> SimulatedLimits:
        return replace(self, scale=scale)

    def seconds_for(self, hits: float, per_message: float) -> float:
        """The formula in docs/development/scale.md: the slowest of workers, shards and sweep.

        `per_message`: hits per message.
        """
        workers = self.workers / (self.hit_seconds + self.policy_seconds / per_message)
        shards = (self.partition_writes * self.shards - self.background) / 2
        return hits / min(workers, shards, per_message * SEND_BATCH / self.send_seconds)

    def active_workers(self, seconds_busy: float) -> int:
        """Return how many workers run when the queue has been busy for this long."""
        started = self.initial_workers + self.workers_per_minute * seconds_busy / 60
        return max(1, round(min(self.workers, started) * self.scale))

    def writes(self, partition: str) -> float:
        """Return the partition's write units a second for the workers."""
        if partition.startswith(keys.DUE_PREFIX):
            return (self.partition_writes - self.background / self.shards) * self.scale
        return self.partition_writes
