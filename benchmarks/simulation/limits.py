"""What AWS and the template allow, and how long things take there: the assumptions of the simulation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.messages.sqs import BATCH as SEND_BATCH


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds, and units a second. `scale`: the part of the whole deployment that is simulated.

    What the whole deployment shares is divided by it; what is one tenant's or one complaint's is as it is.
    """

    scale: float = 1.0
    workers: int = 200
    """`MaximumConcurrency` of the wake function (infra/template.yaml)."""
    workers_at_once: int = 5
    workers_a_minute: int = 300
    """Lambda's poller of a queue begins with five, and adds up to 300 a minute ("Configuring scaling behavior")."""
    shards: int = 32
    """`keys.DUE_SHARDS`."""
    partition_writes: float = 1000
    """Of one partition. Adaptive capacity gives a hot key a partition of its own ("Burst and adaptive capacity"). That
    it also splits a key's items by sort key is not counted on: it takes minutes, and `due` is hot at its beginning."""
    background: float = 600
    """Write units a second that people's acts cost index `due`, over all its shards, in the peak hour."""
    read_seconds: float = 0.005
    think_seconds: float = 0.003
    write_seconds: float = 0.012
    """A consistent batch read, our own code at 1 GB, a transaction: 20 ms a hit together."""
    policy_seconds: float = 0.08
    """Reading and compiling the policy: with 10,000 tenants and 64 policies kept a process, once for each message."""
    query_seconds: float = 0.008
    """The sweep for a page of a shard."""
    send_seconds: float = 0.012
    """The sweep for ten messages (SendMessageBatch), or for keeping its position."""
    noisy_share: float = 0.1
    noisy_least: int = 30
    """A fair queue takes a group for noisy that has this share of what is in flight, and this many messages ("How
    Amazon SQS fair queues work"); others are then handed out first."""

    @property
    def hit_seconds(self) -> float:
        return self.read_seconds + self.think_seconds + self.write_seconds

    def part(self, scale: float) -> Limits:
        return replace(self, scale=scale)

    def seconds_for(self, hits: float, a_message: float) -> float:
        """The formula of docs/scale.md: what is slowest of workers, shards, and the sweep that sends the messages."""
        workers = self.workers / (self.hit_seconds + self.policy_seconds / a_message)
        shards = (self.partition_writes * self.shards - self.background) / 2
        return hits / min(workers, shards, a_message * SEND_BATCH / self.send_seconds)

    def at_work(self, seconds_busy: float) -> int:
        """Workers that the poller has started, a queue being busy for so long."""
        started = self.workers_at_once + self.workers_a_minute * seconds_busy / 60
        return max(1, round(min(self.workers, started) * self.scale))

    def writes(self, partition: str) -> float:
        """Units a second that the partition takes from the sweep's workers."""
        if partition.startswith("DUE#"):
            return (self.partition_writes - self.background / self.shards) * self.scale
        return self.partition_writes
