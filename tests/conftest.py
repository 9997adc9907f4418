"""Shared by several test packages: a running local stack, started once per test process."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Generator, Iterator
from functools import cache
from typing import Any, BinaryIO

import pytest
from botocore import session

from chalicelib.evidence.check.pdf import other_process
from tests.clauses.local_stack import LocalStack, local_stack
from tests.searches import TIMES

pytest_plugins = ["tests.leaks.plugin"]


def pytest_configure() -> None:
    """All botocore sessions share one loader. Otherwise each session would read the models of AWS services again.

    A PDF that was accepted is read once per test process. Reading starts another process, which takes 0.2 s.
    """
    module: Any = session
    module.create_loader = cache(module.create_loader)
    reader: Any = other_process
    reader.check = _once_per_content(reader.check)


def _once_per_content(check: Callable[[BinaryIO, int], bytes | None]) -> Callable[[BinaryIO, int], bytes | None]:
    """Refusals and failures are not kept."""
    kept: dict[tuple[str, bytes], bytes | None] = {}

    def checked(file: BinaryIO, size: int) -> bytes | None:
        file.seek(0)
        key = other_process.PROGRAM, hashlib.sha256(file.read()).digest()
        if key not in kept:
            kept[key] = check(file, size)
        return kept[key]

    return checked


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Without garbage collection: all modules and tests that are made stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


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
