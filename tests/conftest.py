"""Shared by several test packages: a running local stack, started once per test process."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest
from _pytest.logging import LogCaptureHandler, caplog_handler_key, catching_logs
from _pytest.unraisableexception import gc_collect_iterations_key

if TYPE_CHECKING:
    from tests.clauses.local_stack import LocalStack

pytest_plugins = [
    "tests.across.leaks.plugin",
    "tests.helpers.parallel",
    "tests.helpers.rewriting",
    "tests.helpers.selecting",
]


def pytest_configure(config: pytest.Config) -> None:
    """The process that shares out the tests runs none, so it does not import what they need."""
    from tests.helpers import parallel

    config.stash[gc_collect_iterations_key] = 1  # of five at the end, each of which takes 0.2 s
    if not parallel.shares_out(config):
        from tests.helpers import once_per_process

        once_per_process.install()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Without garbage collection: all modules and tests that are made stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Excludes the objects that exist by now from garbage collection. Scanning them took a twentieth of the time.

    Most other objects go without a collection. Worlds that are kept for later tests have many, so looking through them
    often took another twentieth of the time of the tests of clauses.
    """
    gc.freeze()  # without a collection: it took 0.4 s, and found 144 objects of 690,000
    gc.set_threshold(500_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """pytest has just collected the garbage, and would do it once more."""
    gc.freeze()


def pytest_itemcollected(item: pytest.Item) -> None:
    """The nightly run includes all property tests, with more examples."""
    from tests.helpers.searches import TIMES

    if TIMES > 1 and getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("nightly")


@pytest.fixture
def caplog(request: pytest.FixtureRequest) -> Iterator[pytest.LogCaptureFixture]:
    """As pytest's own, for the tests that ask for it. pytest's plugin would format each line of every test thrice, and
    look through all loggers six times per test."""
    with catching_logs(LogCaptureHandler()) as request.node.stash[caplog_handler_key]:
        caught = pytest.LogCaptureFixture(request.node, _ispytest=True)
        yield caught
        caught._finalize()


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Its clock starts on Friday 2026-11-27 at nine and keeps running. Tests move it, so use times relative to it."""
    from tests.clauses.local_stack import local_stack

    with local_stack(tmp_path_factory.mktemp("stack"), "2026-11-27T09:00:00+08:00") as running:
        yield running
