"""Shared by several test packages: a running local stack, started once per test process."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from botocore import session

from tests.clauses.local_stack import local_stack
from tests.clauses.world import LocalStack
from tests.searches import TIMES

pytest_plugins = ["tests.leaks.plugin"]


def pytest_configure() -> None:
    """All botocore sessions share one loader. Otherwise each session would read the models of AWS services again."""
    module: Any = session
    module.create_loader = cache(module.create_loader)


def pytest_collection_finish() -> None:
    """Excludes the objects that exist by now from garbage collection. Scanning them took a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_itemcollected(item: pytest.Item) -> None:
    """The nightly run includes all property tests, with more examples."""
    if TIMES > 1 and getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("nightly")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Its clock starts on Friday 2026-11-27 at nine and keeps running. Tests move it, so use times relative to it."""
    with local_stack(tmp_path_factory.mktemp("stack"), "2026-11-27T09:00:00+08:00") as running:
        yield running
