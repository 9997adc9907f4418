"""The desk's queue with few and with many open complaints: its calls and its time, and what counts would cost.

`python -m benchmarks.queue_page [open …]`: prints the lines of the section. *mine*: of a member with one complaint,
which is due last. Counts as they are: from the first index page of `COUNTED + 1` rows. Counts of all: from every index
page. Written counts: how often commits that change one counter item of the organisation would be refused, by a model
with `COMMIT_SECONDS` for a transaction.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from benchmarks.engines import dataset
from chalicelib.access import binding
from chalicelib.casework import queue_row, snapshot
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.features.worklists import work_list_rows
from chalicelib.features.worklists.desk_queue import COUNTED, DeskQueue, Tab, Viewer, desk_queue
from chalicelib.features.worklists.staff_queue import QueueFilter, shown_rows
from chalicelib.features.worklists.work_list_rows import QUEUED, WorkListRow
from chalicelib.store import keys, reads
from chalicelib.store.port import Put
from infra.memory_store.store import MemoryStore

_T = TypeVar("_T")
SIZES = (10, 200, 1_000, 10_000, 100_000)
ROUNDS = 5
MEMBER = "someone"
RATES = (1, 10, 50)
"""Commits a second of one organisation."""
SHARDS = (1, 10)
COMMIT_SECONDS = 0.02
"""For which a transaction holds its items: DynamoDB's documents give no figure, so this is an assumption."""


def lines(sizes: Sequence[int] = SIZES) -> Iterator[str]:
    tabs = "calls of tab *all* | ms | its number | calls of tab *mine* | ms | requests to its end"
    yield f"| open | {tabs} | calls to count all | ms |"
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for size in sizes:
        yield _row(size)
    yield "\n| commits a second | items for the counter | refused commits |\n|---:|---:|---:|"
    for rate in RATES:
        for shards in SHARDS:
            yield f"| {rate} | {shards} | {100 * refused(rate, shards):.0f} % |"


def refused(rate: float, shards: int) -> float:
    """The share of commits that meet another one on their counter item, if commits arrive independently."""
    return 1 - math.exp(-2 * rate * COMMIT_SECONDS / shards)


def _row(size: int) -> str:
    found, store = dataset.make_dataset(), MemoryStore()
    dataset.write_organisation(store, found)
    dataset.write_complaints(store, found, found.waiting, range(1, size))
    _write_own(store, found, dataset.number_of(size))
    viewer = Viewer(Asker(kind="staff", id=MEMBER, grants=(Grant("owner"),)), found.now)
    page = partial(_page, store, found.tenant, viewer)
    with binding.tenant(found.tenant):
        shown, calls, took = _measured(store, lambda: page("all", None))
        _, own_calls, own_took = _measured(store, lambda: page("mine", None))
        ends = _requests(store, found.tenant, viewer)
        _, every, whole = _measured(store, lambda: _count_all(store, found.tenant, viewer.asker))
    count = shown.counts["all"]
    number = f"{count.number}{'+' if count.more else ''}"
    tabs = f"{calls} | {took:.1f} | {number} | {own_calls} | {own_took:.1f} | {ends}"
    return f"| {size:,} | {tabs} | {every} | {whole:.1f} |"


def _write_own(store: MemoryStore, found: dataset.Dataset, number: str) -> None:
    """The member's complaint, with its row in their list. It has the due time of the others, and the last number."""
    entry = dataset.clone(found.waiting, found.tenant, number)
    state = snapshot.parse_state(entry)
    assert state is not None
    assert entry.listed is not None
    own = replace(state, assigned={"handler": [MEMBER]})
    row = msgspec.json.encode(queue_row.row_of(own)).decode()
    due_at, _, _ = entry.listed.sk.partition("#")
    place = keys.work(found.tenant, keys.queue_list("open", MEMBER), due_at, number, QUEUED)
    listed = work_list_rows.FORM.entry(place, WorkListRow(QUEUED, number, ""))
    with binding.tenant(found.tenant):
        store.commit([Put(replace(entry, body=msgspec.json.encode(own).decode(), row=row)), Put(listed)])


def _page(store: MemoryStore, tenant: str, viewer: Viewer, tab: Tab, after: str | None) -> DeskQueue:
    return desk_queue(store, tenant, viewer, QueueFilter(limit=50), tab, after)


def _measured(store: MemoryStore, work: Callable[[], _T]) -> tuple[_T, int, float]:
    """The result, the calls, and the median of the milliseconds of CPU time."""
    took = list[float]()
    result = work()
    for _ in range(ROUNDS):
        store.calls.clear()
        began = time.process_time()
        result = work()
        took.append(1000 * (time.process_time() - began))
    return result, len(store.calls), median(took)


def _count_all(store: MemoryStore, tenant: str, asker: Asker) -> int:
    pages = reads.pages(lambda after: snapshot.listed(store, tenant, "open", COUNTED, after))
    return sum(1 for page in pages for _ in shown_rows(page, asker))


def _requests(store: MemoryStore, tenant: str, viewer: Viewer) -> int:
    """Each looks through a bounded number of rows."""
    after, number, rows = None, 0, 0
    while number == 0 or after is not None:
        found = _page(store, tenant, viewer, "mine", after)
        after, number, rows = found.after, number + 1, rows + len(found.rows)
    if rows != 1:
        raise RuntimeError("the tab does not show the complaint of the member")
    return number


if __name__ == "__main__":
    for line in lines([int(one) for one in sys.argv[1:]] or SIZES):
        print(line, flush=True)
