"""The sweep and its workers with few and with many open complaints.

`python -m benchmarks.engines.sweep ENGINE [open] [due]` (memory, ministack, dynamodb-local): two tables of one engine
take turns, one with few and one with many open complaints. Due complaints are written before each round and removed
after it. Prints one line of JSON.
"""

from __future__ import annotations

import functools
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.engines import cpu_time, dataset, workers
from benchmarks.engines.command import client, engine, quietly, store_on
from benchmarks.engines.dataset import Dataset
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.sweep import sweep
from chalicelib.kit.instants import HOUR
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.port import Store
from chalicelib.workers.entries import JOBS
from chalicelib.workers.work_batch import process_batch
from infra.engines.table import create_table
from infra.memory_store.store import MemoryStore
from tests.helpers.fakes.wiring import Fakes

FEW, MANY, DUE, ROUNDS = 1_000, 100_000, 1_000, 5


@dataclass
class Table:
    """A table with `open_` complaints. `due` of them are due in each round."""

    store: Store
    found: Dataset
    open_: int
    due: int
    world: Fakes
    used: int = 0
    setup_calls: int = 0
    """Calls of the latest round that wrote and removed its complaints."""
    cpu_seconds: float = 0
    """CPU seconds of the latest round, with the engine's."""

    def prepare(self) -> range:
        """Write this round's due complaints under unused numbers. Returns the numbers' positions."""
        positions = range(self.open_ + self.used + 1, self.open_ + self.used + self.due + 1)
        self.setup_calls = 2 * -(-self.due // dataset.COMMIT)
        self.used += self.due
        dataset.write_complaints(self.store, self.found, self.found.due, positions)
        return positions

    def round(self) -> tuple[float, float]:
        """Return the seconds of the sweep, and of one worker that handles all its messages."""
        positions = self.prepare()
        with cpu_time.measure_cpu_time() as cpu:
            began = time.perf_counter()
            sweep(self.world.wiring, self.found.now)
            swept = time.perf_counter()
            done = sum(
                process_batch(self.world.wiring, batch.parse(message.body), self.found.now, JOBS).handled
                for message in list(self.world.due.waiting)
            )
            ended = time.perf_counter()
        self.cpu_seconds = cpu.seconds
        self.world.due.waiting.clear()
        if done != self.due:
            raise RuntimeError(f"{done} of {self.due} were handled")
        dataset.remove_complaints(self.store, self.found, positions)
        return swept - began, ended - swept

    def bodies(self) -> list[str]:
        """Return the due queue's messages of a new sweep."""
        sweep(self.world.wiring, self.found.now)
        found = [message.body for message in self.world.due.waiting]
        self.world.due.waiting.clear()
        return found


def table(store: Store, found: Dataset, open_: int, due: int) -> Table:
    dataset.write_organisation(store, found)
    dataset.write_complaints(store, found, found.waiting, range(1, open_ - due + 1))
    made = Table(store, found, open_, due, dataset.memory_world(store))
    dataset.warm_up(made.world.wiring, found)
    return made


def tables(stores: Callable[[str], Store], many: int, due: int) -> tuple[Table, Table]:
    found = dataset.make_dataset()
    return table(stores("few"), found, max(min(FEW, many // 2), due), due), table(stores("many"), found, many, due)


def measure(few: Table, many: Table, rounds: int = ROUNDS) -> dict[str, Any]:
    took: dict[str, list[float]] = {f"{of}{size}": [] for of in ("", "sweep_", "computed_") for size in ("few", "many")}
    few.round(), many.round()
    for _ in range(rounds):
        for name, each in (("few", few), ("many", many)):
            swept, worked = each.round()
            took[name].append(swept + worked)
            took[f"sweep_{name}"].append(swept)
            took[f"computed_{name}"].append(each.cpu_seconds)
    medians = {name: statistics.median(seconds) for name, seconds in took.items()}
    ratios = {
        name: statistics.median(much / little for much, little in zip(took[f"{of}many"], took[f"{of}few"], strict=True))
        for name, of in (("ratio", ""), ("computed_ratio", "computed_"))
    }
    return {"open": [few.open_, many.open_], "due": many.due, **medians, **ratios, "calls": calls(many)}


def calls(of: Table) -> dict[str, dict[str, float]]:
    """Return the number of calls by name: of an idle sweep, and of the worker per due complaint."""
    counted = counter(of.store)
    counted()
    sweep(of.world.wiring, of.found.now - HOUR)
    idle = dict(counted())
    positions = of.prepare()
    bodies = of.bodies()
    counted()
    for body in bodies:
        process_batch(of.world.wiring, batch.parse(body), of.found.now, JOBS)
    each = {name: count / of.due for name, count in counted().items()}
    dataset.remove_complaints(of.store, of.found, positions)
    return {"idle": idle, "each": each}


def counter(store: Store) -> Callable[[], Counter[str]]:
    """Return a function that counts the store's calls since its last call."""
    names: list[str] = []
    if isinstance(store, DynamoStore):
        hooks = store.connection.client.meta.events
        hooks.register("before-send.dynamodb.*", lambda event_name, **_: names.append(event_name.rpartition(".")[2]))
    calls = store.calls if isinstance(store, MemoryStore) else []

    def counted() -> Counter[str]:
        found = Counter([*names, *(call.name for call in calls)])
        names.clear()
        calls.clear()
        return found

    return counted


def in_memory(many: int, due: int) -> dict[str, Any]:
    return measure(*tables(lambda _: MemoryStore(), many, due))


def on_engine(name: str, many: int, due: int) -> dict[str, Any]:
    with engine(name) as endpoint:
        if endpoint is None:
            raise ValueError("moto copies the table for each transaction: use another engine")
        small, large = tables(lambda table_name: _new_store(endpoint, table_name), many, due)
        measured = measure(small, large)
        return {**measured, "curve": workers.curve(endpoint, large), "twice": workers.twice(endpoint, large)}


def _new_store(endpoint: str, name: str) -> Store:
    create_table(client(endpoint), name)
    return store_on(endpoint, name)


def main(arguments: Sequence[str]) -> int:
    name, many, due = arguments[0], *(int(each) for each in (*arguments[1:], MANY, DUE)[:2])
    run = in_memory if name == "memory" else functools.partial(on_engine, name)
    print(json.dumps({"engine": name, **quietly(lambda: run(many, due))}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
