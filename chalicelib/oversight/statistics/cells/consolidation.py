"""Consolidation: counts the events of pending records into the cells.

A batch is one transaction: the cells, how far each record is counted, and the head. A repeated batch finds nothing to
count, and of two concurrent ones only one is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.casework import anchor_marks
from chalicelib.instants import HOUR, Instant
from chalicelib.oversight.statistics.cells import cell, counted
from chalicelib.oversight.statistics.cells.cell import Cell
from chalicelib.oversight.statistics.cells.changes import (
    Counted,
    Records,
    batches,
    changes,
    policies,
    read_counted,
    read_records,
)
from chalicelib.oversight.statistics.cells.head import StoredHead
from chalicelib.oversight.statistics.cells.returning import Decided, decide
from chalicelib.oversight.statistics.counting.series import Address, Increments
from chalicelib.oversight.statistics.counting.walk import PolicyOf
from chalicelib.store import keys
from chalicelib.store.port import Entry, Key, Put, Remove, Store, Write
from chalicelib.store.sizes import COMMIT_BYTES, MAX_WRITES, item_bytes
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
        done = prepare(wiring, tenant, stored.head.generations, numbers[:BATCH])
        left = sorted(set(stored.head.pending).difference(done.numbers))
        after = replace(stored.head, pending=left, settled=stored.head.settled if left else _settled(now))
        wiring.store.commit([stored.write(tenant, after), *done.writes])
        stored = StoredHead(after, stored.version + 1)
        numbers = numbers[len(done.numbers) :]
    return len(stored.head.pending)


def _settled(now: Instant) -> Instant:
    """Until then every change had left a mark when the pending records were collected."""
    return (now - anchor_marks.SETTLED) // HOUR * HOUR


def prepare(wiring: Wiring, tenant: str, generations: Sequence[int], numbers: Sequence[str]) -> Counting:
    """The writes that count as many of the first records as fit into one transaction, in each generation."""
    policy_of, chosen = policies(wiring, tenant), list(numbers)
    records = read_records(wiring.store, tenant, chosen)
    decided = decide(wiring, tenant, records, policy_of)
    while True:
        kept = {number: records[number] for number in chosen if number in records}
        writes = [
            write
            for generation in generations
            for write in _of_generation(wiring.store, generation, kept, decided, policy_of)
        ]
        writes.extend(decided.writes(kept))
        if len(chosen) == 1 or _fits(writes):
            return Counting(chosen, writes)
        chosen = chosen[: len(chosen) // 2]


def _fits(writes: Sequence[Write]) -> bool:
    size = sum(item_bytes(write.entry) for write in writes if isinstance(write, Put))
    return len(writes) + _BESIDE <= MAX_WRITES and size <= COMMIT_BYTES // 2


def _of_generation(
    store: Store, generation: int, records: Records, decided: Decided, policy_of: PolicyOf
) -> list[Write]:
    tenant = decided.tenant
    known = read_counted(store, tenant, generation, records, decided.words)
    increments, after = changes(records, known, policy_of)
    if not after:
        return []
    return [*_counted_writes(known, after), *_cell_writes(store, tenant, generation, increments)]


def _counted_writes(known: Counted, after: dict[str, int]) -> list[Write]:
    found: list[Write] = []
    for key, block in known.blocks.items():
        mine = {number: seq for number, seq in after.items() if keys.statistics_period(key) == counted.block_of(number)}
        if mine:
            found.append(Put(counted.entry(key, {**block, **mine}), if_absent=False))
    return found


def _cell_writes(store: Store, tenant: str, generation: int, increments: Increments) -> list[Write]:
    by_key = {keys.statistics_cell(tenant, generation, *address): address for address in increments}
    found = dict(item for page in batches(list(by_key)) for item in store.get(page).items())
    return [_cell_write(key, found.get(key), increments, address) for key, address in by_key.items()]


def _cell_write(key: Key, before: Entry | None, increments: Increments, address: Address) -> Write:
    changed = Cell(Counter()) if before is None else cell.decode(before.body)
    changed.add(increments[address])
    if not changed.counts:
        return Remove(key)
    return Put(cell.FORM.entry(key, cell.encode(changed)), if_absent=False)
