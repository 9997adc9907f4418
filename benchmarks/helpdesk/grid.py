"""The sweep and one worker at one size: `python -m benchmarks.helpdesk.grid ENGINE OPEN`. Prints one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.engines import dataset
from benchmarks.engines.command import client, engine, quietly, store_on
from benchmarks.engines.sweep import Table, counter
from chalicelib.store.port import Store
from infra.engines.table import create_table
from infra.memory_store.store import MemoryStore

OPEN = (1_000, 10_000, 50_000)
DUE_PERCENT = (0, 1, 10)
"""Percentages of the open complaints that are due."""
WARM_UP = 2_000
"""Due complaints handled before the measurement, while the engine's Java code is compiled: calls then take up to twice
as long."""


def rows(store: Store, open_: int, warm_up: int = WARM_UP) -> Iterator[dict[str, Any]]:
    found = dataset.make_dataset()
    dataset.write_organisation(store, found)
    dataset.write_complaints(store, found, found.waiting, range(1, open_ + 1))
    world = dataset.memory_world(store)
    dataset.warm_up(world.wiring, found)
    table = Table(store, found, open_, warm_up, world)
    table.round()
    counted = counter(store)
    for part in DUE_PERCENT:
        table.due = open_ * part // 100
        counted()
        swept, worked = table.round()
        calls = sum(counted().values()) - table.setup_calls
        times = {"ms": (swept + worked) * 1000, "computed": table.cpu_seconds * 1000}
        yield {"open": open_, "due": table.due, "calls": calls, **times}


def measured(name: str, open_: int) -> list[dict[str, Any]]:
    if name == "memory":
        return list(rows(MemoryStore(), open_))
    with engine(name) as endpoint:
        create_table(client(endpoint), "grid")
        return list(rows(store_on(endpoint, "grid"), open_))


if __name__ == "__main__":
    print(json.dumps(quietly(lambda: measured(sys.argv[1], int(sys.argv[2])))))
