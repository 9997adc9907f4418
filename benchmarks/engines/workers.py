"""Workers in separate processes on one engine, as on Lambda: to measure their number and their conflicts."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.context import SpawnContext
from typing import TYPE_CHECKING, Any

from benchmarks.engines import dataset
from benchmarks.engines.command import store_on
from benchmarks.engines.dataset import Dataset
from chalicelib.access import binding
from chalicelib.features.deadlines import batch
from chalicelib.store import event_log, keys
from chalicelib.workers.entries import JOBS
from chalicelib.workers.work_batch import process_batch

if TYPE_CHECKING:
    from benchmarks.engines.sweep import Table

COUNTS = (1, 2, 4)


@dataclass(frozen=True)
class WorkerSetup:
    """The arguments of a worker process."""

    endpoint: str
    table: str
    found: Dataset


class Workers:
    """`count` processes. They have warmed up before `run` starts the clock."""

    def __init__(self, count: int, setup: WorkerSetup) -> None:
        context: SpawnContext = multiprocessing.get_context("spawn")
        self._queues: list[Any] = [context.SimpleQueue() for _ in range(count)]
        self._done: Any = context.SimpleQueue()
        self._shared: Any = context.SimpleQueue()
        self._processes = [
            context.Process(target=_serve, args=(setup, self._shared, own, self._done)) for own in self._queues
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
        """Return the seconds until all messages are handled. `each`: every worker handles all of them."""
        began = time.perf_counter()
        for own in self._queues:
            own.put(list(bodies) if each else None)
        for body in [] if each else [*bodies, *(None for _ in self._processes)]:
            self._shared.put(body)
        for _ in self._processes:
            self._done.get()
        return time.perf_counter() - began


def _serve(setup: WorkerSetup, shared: Any, own: Any, done: Any) -> None:
    """Run one worker: it handles the messages of its own queue, or those of the shared queue until None."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    wiring = dataset.memory_world(store_on(setup.endpoint, setup.table)).wiring
    dataset.warm_up(wiring, setup.found)
    done.put(None)
    bodies = own.get()
    for body in iter(shared.get, None) if bodies is None else bodies:
        process_batch(wiring, batch.parse(body), setup.found.now, JOBS)
    done.put(None)


def curve(endpoint: str, of: Table) -> dict[str, float]:
    """Return the seconds by number of workers for one sweep's messages. The engine runs on the same machine."""
    took = {}
    for count in COUNTS:
        with Workers(count, WorkerSetup(endpoint, "many", of.found)) as workers:
            positions = of.prepare()
            took[str(count)] = workers.run(of.bodies())
            dataset.remove_complaints(of.store, of.found, positions)
    return took


def twice(endpoint: str, of: Table) -> dict[str, int]:
    """Let two workers handle all messages of one sweep. Return how many complaints have how many recorded misses."""
    positions = of.prepare()
    bodies = of.bodies()
    with Workers(2, WorkerSetup(endpoint, "many", of.found)) as workers:
        workers.run(bodies, each=True)
    named = [keys.number_of(hit.aggregate) for body in bodies for hit in batch.parse(body).hits]
    with binding.tenant(of.found.tenant):
        found = Counter(_misses(of, number) for number in named)
    dataset.remove_complaints(of.store, of.found, positions)
    return {str(times): count for times, count in sorted(found.items())}


def _misses(of: Table, number: str) -> int:
    events = event_log.read(of.store, keys.complaint(of.found.tenant, number))
    return sum(event.type == "missed" for event in events)
