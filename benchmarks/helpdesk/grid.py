"""The sweep and one worker at the rival's sizes: `python -m benchmarks.helpdesk.grid ENGINE`; one line of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import crowd
from benchmarks.command import client, engine, quietly, store_on
from benchmarks.sweep import Table, counter
from chalicelib.store.memory import MemoryStore
from chalicelib.store.port import Store
from infra.table import create_table

OPEN = (1_000, 10_000, 50_000)
PARTS = (0, 1, 10)
"""Per cent of what is open that is due."""


def rows(store: Callable[[int], Store], sizes: tuple[int, ...] = OPEN) -> Iterator[dict[str, Any]]:
    found = crowd.crowd()
    for open_ in sizes:
        at = store(open_)
        crowd.settle(at, found)
        crowd.fill(at, found, found.waiting, range(1, open_ + 1))
        world = crowd.world(at)
        crowd.warm(world.wiring, found)
        table = Table(at, found, open_, 0, world)
        table.round()
        counted = counter(at)
        for part in PARTS:
            table.due = open_ * part // 100
            counted()
            swept, worked = table.round()
            calls = sum(counted().values()) - table.beside
            yield {"open": open_, "due": table.due, "calls": calls, "ms": (swept + worked) * 1000}


def measured(name: str) -> list[dict[str, Any]]:
    if name == "memory":
        return list(rows(lambda _: MemoryStore()))
    with engine(name) as endpoint:

        def made(open_: int) -> Store:
            create_table(client(endpoint), f"open-{open_}")
            return store_on(endpoint, f"open-{open_}")

        return list(rows(made))


if __name__ == "__main__":
    print(json.dumps(quietly(lambda: measured(sys.argv[1]))))
