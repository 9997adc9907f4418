"""Due batches: messages of the due queue, each with a few hits of one tenant.

Hits that met a throttled table are sent again, with growing and randomised delays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import msgspec

from chalicelib.jobs import throttling
from chalicelib.kit import observability
from chalicelib.kit.instants import Instant
from chalicelib.ports import Queue, QueueMessage
from chalicelib.store import keys
from chalicelib.store.due_index import DueHit
from chalicelib.store.port import Key

MAX_HITS = 20
"""Hits in one message. A worker needs about 20 ms for each, so a batch stays far below its function's timeout."""
MAX_JOB_HITS = 8
"""Jobs in one message. Each takes up to `work_batch.JOB_BUDGET`; the rest of the worker's minute is for steps that have
already begun."""


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """The message for a due entry: the key of its item, and the time at which it fell due."""

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
        """True for complaints and units. Jobs have no deadlines, nor do files, which may be due in real time."""
        return keys.has_deadlines(self.aggregate) and not self.is_file

    @property
    def is_hourly(self) -> bool:
        """True for the organisation's hourly job, which is short and has no steps."""
        return self.aggregate == keys.HOURLY

    @property
    def is_job(self) -> bool:
        """True for jobs in steps. False for the hourly maintenance of a tenant, which has no steps."""
        return self.aggregate == keys.ORGANISATION

    @property
    def is_file(self) -> bool:
        return keys.is_evidence(self.key)


class DueBatch(msgspec.Struct, frozen=True, omit_defaults=True):
    """`tries`: how often these hits met a throttled table and were sent again (`throttle_requeue`)."""

    tenant: str
    hits: list[Hit]
    tries: int = 0


def parse(body: str) -> DueBatch:
    return msgspec.json.decode(body, type=DueBatch)


def batches_in_turns(hits: Iterable[DueHit]) -> Iterator[DueBatch]:
    """Yields each tenant's hits in their order. Tenants take turns, one batch at a time.

    A file can keep a worker busy until its timeout, and a job for seconds. The other hits that are no deadlines take a
    few seconds in all. So each kind has its own batches, quick kinds first, and a file is alone in its batch.
    """
    by_tenant: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_tenant[hit.tenant].append(Hit(hit.aggregate, *hit.key, hit.wake_at))
    for turn in zip_longest(*(_batches_of(tenant, tenant_hits) for tenant, tenant_hits in by_tenant.items())):
        yield from (batch for batch in turn if batch is not None)


def _batches_of(tenant: str, hits: list[Hit]) -> Iterator[DueBatch]:
    for same_kind, size in (
        ([hit for hit in hits if hit.is_deadline], MAX_HITS),
        ([hit for hit in hits if not (hit.is_deadline or hit.is_job or hit.is_file)], MAX_HITS),
        ([hit for hit in hits if hit.is_job], MAX_JOB_HITS),
        ([hit for hit in hits if hit.is_file], 1),
    ):
        for first in range(0, len(same_kind), size):
            yield DueBatch(tenant, same_kind[first : first + size])


MAX_TRIES = 5
"""How often hits are sent again before they are left to the sweep. The delays are four minutes in all."""


def requeue(due_queue: Queue, batch: DueBatch, hits: list[Hit]) -> bool:
    """Sends these hits of the batch again.

    Returns False when the retry limit is reached or the queue refuses them. A later sweep then finds them in the index.
    """
    if batch.tries >= MAX_TRIES:
        return False
    try:
        due_queue.send([QueueMessage.of(DueBatch(batch.tenant, hits, batch.tries + 1))], delay(batch.tries, hits))
    except Exception as error:  # noqa: BLE001  nothing is lost: the hits are still in the index
        observability.error("Throttled hits are left to a later sweep", error=observability.frames(error))
        return False
    return True


def delay(tries: int, hits: list[Hit]) -> int:
    """The delay in seconds. Different hits get different delays, so they do not all return at once."""
    return throttling.delay(tries, f"{hits[0].pk} {hits[0].sk}")
