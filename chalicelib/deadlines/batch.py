"""Batch: a few due hits of one tenant, as one message of the due queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import msgspec

from chalicelib.instants import Instant
from chalicelib.store import keys
from chalicelib.store.keys import DueHit
from chalicelib.store.port import Key

MOST = 20
"""Hits in one message. A worker needs about 20 ms each, so a batch stays far from its function's limit."""
MOST_JOBS = 8
"""Jobs in one message: `work.JOB_BUDGET` each, and the rest of the worker's minute for steps that were begun."""


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """What is to wake, and since when it has been due."""

    aggregate: str
    """`C#<number>`, `U#<unit>`, `ORG` (a job) or `DIR` (the tenant's hourly job)."""
    pk: str
    sk: str
    wake_at: Instant

    @property
    def key(self) -> Key:
        return Key(self.pk, self.sk)

    @property
    def is_deadline(self) -> bool:
        """Jobs are none, nor are files, which may be waited for in real time."""
        return self.aggregate[:2] in ("C#", "U#") and not self.is_file

    @property
    def is_job(self) -> bool:
        """Of those that go step by step; the hourly one is short."""
        return self.aggregate == keys.ORGANISATION

    @property
    def is_file(self) -> bool:
        return self.sk.startswith("V#")


class DueBatch(msgspec.Struct, frozen=True, omit_defaults=True):
    """`tries`: how often its hits have met a throttled table and came back (`again`)."""

    tenant: str
    hits: list[Hit]
    tries: int = 0


def parse(body: str) -> DueBatch:
    return msgspec.json.decode(body, type=DueBatch)


def in_turns(hits: Iterable[DueHit]) -> Iterator[DueBatch]:
    """Each tenant's hits in their order, the tenants taking turns batch by batch.

    A file may keep a worker to the end of its time, jobs for seconds each, and what else is no deadline for a few in
    all: each of these kinds has batches of its own, quick ones first, and each file is on its own.
    """
    by_tenant: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_tenant[hit.tenant].append(Hit(hit.aggregate, *hit.key, hit.wake_at))
    for turn in zip_longest(*(_batches(tenant, its) for tenant, its in by_tenant.items())):
        yield from (batch for batch in turn if batch is not None)


def _batches(tenant: str, hits: list[Hit]) -> Iterator[DueBatch]:
    for its, most in (
        ([hit for hit in hits if hit.is_deadline], MOST),
        ([hit for hit in hits if not (hit.is_deadline or hit.is_job or hit.is_file)], MOST),
        ([hit for hit in hits if hit.is_job], MOST_JOBS),
        ([hit for hit in hits if hit.is_file], 1),
    ):
        for first in range(0, len(its), most):
            yield DueBatch(tenant, its[first : first + most])
