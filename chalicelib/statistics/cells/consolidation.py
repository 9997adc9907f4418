"""Consolidation: counts the events of pending records into the cells.

A batch is one transaction: the cells, how far each record is counted, and the head. A repeated batch finds nothing to
count, and of two concurrent ones only one is written.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.casework import anchor_marks
from chalicelib.kit.instants import HOUR, Instant
from chalicelib.statistics.cells import cell
from chalicelib.statistics.cells.changes import Records, changes, counted_writes, policies, read_counted, read_records
from chalicelib.statistics.cells.head import StoredHead
from chalicelib.statistics.cells.returning import Decided, decide
from chalicelib.statistics.counting.walk import PolicyOf
from chalicelib.store.port import Store, Write
from chalicelib.store.sizes import COMMIT_BYTES, MAX_WRITES, put_bytes
from chalicelib.wiring import Wiring

BATCH = 200
"""Records of one batch at most."""
_BESIDE = 2
"""Other writes of the transaction: the head, and a job's item."""


class Counting(msgspec.Struct, frozen=True):
    """A batch to be committed. `numbers`: the records that it covers, which may be fewer than were asked for."""

    numbers: list[str]
    writes: list[Write]


def consolidate(wiring: Wiring, tenant: str, now: Instant, most: int, stored: StoredHead) -> int:
    """Counts up to `most` pending records. Returns how many are left. Raises `CommitConflict`. The caller binds the
    tenant."""
    numbers = stored.head.pending[:most]
    while numbers:
        done = prepare(wiring, tenant, numbers[:BATCH])
        left = sorted(set(stored.head.pending).difference(done.numbers))
        after = replace(stored.head, pending=left, settled=stored.head.settled if left else _settled(now))
        wiring.store.commit([stored.write(tenant, after), *done.writes])
        stored = StoredHead(after, stored.version + 1)
        numbers = numbers[len(done.numbers) :]
    return len(stored.head.pending)


def _settled(now: Instant) -> Instant:
    """Until then every change had left a mark when the pending records were collected."""
    return (now - anchor_marks.SETTLED) // HOUR * HOUR


def prepare(wiring: Wiring, tenant: str, numbers: Sequence[str]) -> Counting:
    """The writes that count as many of the first records as fit into one transaction."""
    policy_of, chosen = policies(wiring, tenant), list(numbers)
    records = read_records(wiring.store, tenant, chosen)
    decided = decide(wiring, tenant, records, policy_of)
    while True:
        kept = {number: records[number] for number in chosen if number in records}
        writes = [*_counting(wiring.store, kept, decided, policy_of), *decided.writes(kept)]
        if len(chosen) == 1 or _fits(writes):
            return Counting(chosen, writes)
        chosen = chosen[: len(chosen) // 2]


def _fits(writes: Sequence[Write]) -> bool:
    return len(writes) + _BESIDE <= MAX_WRITES and put_bytes(writes) <= COMMIT_BYTES // 2


def _counting(store: Store, records: Records, decided: Decided, policy_of: PolicyOf) -> list[Write]:
    known = read_counted(store, decided.tenant, records, decided.words)
    increments, after = changes(records, known, policy_of)
    counted = counted_writes(decided.tenant, known.blocks, after)
    return [*counted, *cell.writes(store, decided.tenant, increments)]
