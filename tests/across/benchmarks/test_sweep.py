"""The sweep's measurement at a tiny size."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.engines import dataset, units
from benchmarks.engines.command import quietly
from benchmarks.engines.dataset import Dataset
from benchmarks.engines.sweep import measure, tables
from chalicelib.features.deadlines import batch
from chalicelib.store.keys import DUE_SHARDS
from infra.memory_store.store import MemoryStore
from tests.across.budgets.use_cases import Units


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    found: dict[str, Any] = quietly(lambda: measure(*tables(lambda _: MemoryStore(), 60, 20), rounds=1))
    return found


@pytest.fixture(scope="module")
def found() -> Dataset:
    return dataset.make_dataset()


def test_the_rounds_are_compared(measured: dict[str, Any]) -> None:
    assert measured["open"] == [30, 60]
    assert measured["ratio"] == measured["many"] / measured["few"]


def test_a_worker_reads_once_for_a_message_and_writes_once_for_each_due_complaint(measured: dict[str, Any]) -> None:
    assert measured["calls"]["each"] == {"get": 1 / batch.MAX_HITS, "commit": 1}


def test_a_sweep_with_nothing_due_queries_each_shard_once(measured: dict[str, Any]) -> None:
    assert measured["calls"]["idle"] == {"due": DUE_SHARDS}


def test_of_the_two_snapshots_one_is_due(found: Dataset) -> None:
    assert dataset.wake_time(found.due) <= found.now < dataset.wake_time(found.waiting)


def test_a_copy_differs_in_its_number_alone(found: Dataset) -> None:
    copy = dataset.clone(found.due, found.tenant, "202611-900001")
    back = dataset.clone(copy, found.tenant, found.due.key.pk.rpartition("#")[2])

    assert "202611-900001" in copy.body
    assert back == found.due


def test_a_life_adds_up_what_happens_in_it() -> None:
    once = {name: Units(8, 0, {}, {}, {}) for name in units.LIFETIME_COUNTS}

    assert f"| {8 * sum(units.LIFETIME_COUNTS.values()):.0f} | 0 |" in units.lifetime_row(once)
