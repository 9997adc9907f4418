"""The desk's queue with few and with many open complaints: its calls and its time, and what counts would cost.

`python -m benchmarks.queue_page [open …]`: prints the lines of the section. Counts as they are: from the first index
page of `COUNTED + 1` rows. Counts of all: from every index page. Written counts: how often commits that change one
counter item of the organisation would be refused, by a model with `COMMIT_SECONDS` for a transaction.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import TypeVar

from benchmarks.engines import dataset
from chalicelib.access import binding
from chalicelib.casework import snapshot
from chalicelib.complaints.rights.permits import Asker, Grant
from chalicelib.features.worklists.desk_queue import COUNTED, Viewer, desk_queue
from chalicelib.features.worklists.staff_queue import QueueFilter, shown_rows
from chalicelib.store import reads
from infra.memory_store.store import MemoryStore

_T = TypeVar("_T")
SIZES = (10, 200, 1_000, 10_000, 100_000)
ROUNDS = 5
RATES = (1, 10, 50)
"""Commits a second of one organisation."""
SHARDS = (1, 10)
COMMIT_SECONDS = 0.02
"""For which a transaction holds its items: DynamoDB's documents give no figure, so this is an assumption."""


def lines(sizes: Sequence[int] = SIZES) -> Iterator[str]:
    yield "| open | calls of a page | ms | tab *all* | requests to the end of tab *mine* | calls to count all | ms |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
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
    dataset.write_complaints(store, found, found.waiting, range(1, size + 1))
    viewer = Viewer(Asker(kind="staff", id="someone", grants=(Grant("owner"),)), found.now)
    with binding.tenant(found.tenant):
        page, calls, took = _measured(
            store, lambda: desk_queue(store, found.tenant, viewer, QueueFilter(limit=50), "all", None)
        )
        ends = _requests(store, found.tenant, viewer)
        _, every, whole = _measured(store, lambda: _count_all(store, found.tenant, viewer.asker))
    count = page.counts["all"]
    shown = f"{count.number}{'+' if count.more else ''}"
    return f"| {size:,} | {calls} | {took:.1f} | {shown} | {ends} | {every} | {whole:.1f} |"


def _measured(store: MemoryStore, work: Callable[[], _T]) -> tuple[_T, int, float]:
    """The result, the calls, and the median of the milliseconds."""
    took = list[float]()
    result = work()
    for _ in range(ROUNDS):
        store.calls.clear()
        began = time.perf_counter()
        result = work()
        took.append(1000 * (time.perf_counter() - began))
    return result, len(store.calls), median(took)


def _count_all(store: MemoryStore, tenant: str, asker: Asker) -> int:
    pages = reads.pages(lambda after: snapshot.listed(store, tenant, "open", COUNTED, after))
    return sum(1 for page in pages for _ in shown_rows(page, asker))


def _requests(store: MemoryStore, tenant: str, viewer: Viewer) -> int:
    """Of a member on their tab whose complaint is due last: each looks through a bounded number of rows."""
    after, number = None, 0
    while number == 0 or after is not None:
        after = desk_queue(store, tenant, viewer, QueueFilter(limit=50), "mine", after).after
        number += 1
    return number


if __name__ == "__main__":
    for line in lines([int(one) for one in sys.argv[1:]] or SIZES):
        print(line, flush=True)
