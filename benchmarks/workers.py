"""Workers as processes of their own on one engine, as Lambda has them, so that they can be counted and can collide."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from typing import TYPE_CHECKING, Any

from benchmarks import dataset
from benchmarks.command import store_on
from benchmarks.dataset import Dataset
from chalicelib.access import binding
from chalicelib.deadlines import batch
from chalicelib.store import keys
from chalicelib.workers.entries import JOBS
from chalicelib.workers.work_batch import process_batch

if TYPE_CHECKING:
    from benchmarks.sweep import Table

COUNTS = (1, 2, 4)


@dataclass(frozen=True)
class Bench:
    """What a worker process needs to know to begin."""

    endpoint: str
    table: str
    found: Dataset


class Workers:
    """`count` processes; each is warm before `run` starts the clock."""

    def __init__(self, count: int, bench: Bench) -> None:
        context: SpawnContext = multiprocessing.get_context("spawn")
        self._queues: list[Any] = [context.SimpleQueue() for _ in range(count)]
        self._done: Any = context.SimpleQueue()
        self._shared: Any = context.SimpleQueue()
        self._processes = [
            context.Process(target=_serve, args=(bench, self._shared, own, self._done)) for own in self._queues
        ]

    def __enter__(self) -> Workers:
        for process in self._processes:
            process.start()
        for _ in self._processes:
            self._done.get()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.join()

    def run(self, bodies: Sequence[str], *, each: bool = False) -> float:
        """Seconds until all messages are worked. `each`: every worker gets all of them, instead of taking turns."""
        began = time.perf_counter()
        for own in self._queues:
            own.put(list(bodies) if each else None)
        for body in [] if each else [*bodies, *(None for _ in self._processes)]:
            self._shared.put(body)
        for _ in self._processes:
            self._done.get()
        return time.perf_counter() - began


def _serve(bench: Bench, shared: Any, own: Any, done: Any) -> None:
    """One worker: what it is given itself, or what it finds in the shared queue until that says None."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    wiring = dataset.memory_world(store_on(bench.endpoint, bench.table)).wiring
    dataset.warm_up(wiring, bench.found)
    done.put(None)
    given = own.get()
    for body in iter(shared.get, None) if given is None else given:
        process_batch(wiring, batch.parse(body), bench.found.now, JOBS)
    done.put(None)


def curve(endpoint: str, of: Table) -> dict[str, float]:
    """Seconds that so many workers take for what one sweep found. The engine shares the machine with them."""
    took = {}
    for count in COUNTS:
        with Workers(count, Bench(endpoint, "many", of.found)) as workers:
            places = of.prepare()
            took[str(count)] = workers.run(of.bodies())
            dataset.remove_complaints(of.store, of.found, places)
    return took


def twice(endpoint: str, of: Table) -> dict[str, int]:
    """Two workers at once, each with all that one sweep found: how many misses are on record how often."""
    places = of.prepare()
    bodies = of.bodies()
    with Workers(2, Bench(endpoint, "many", of.found)) as workers:
        workers.run(bodies, each=True)
    named = [hit.aggregate.partition("#")[2] for body in bodies for hit in batch.parse(body).hits]
    with binding.tenant(of.found.tenant):
        found = Counter(_misses(of, number) for number in named)
    dataset.remove_complaints(of.store, of.found, places)
    return {str(times): count for times, count in sorted(found.items())}


def _misses(of: Table, number: str) -> int:
    events = of.store.query(keys.complaint(of.found.tenant, number), first="E#", last="E#~").entries
    return sum('"type":"missed"' in entry.body for entry in events)
