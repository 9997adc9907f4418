"""A fixture for tests that begin with the same steps.

A later test need not play them again (`tests.helpers.fakes.trail`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clauses.world import InProcess

ALONE = frozenset({"monkeypatch", "caplog", "capsys"})
"""Fixtures of tests that may change the program, or read what a step writes to the log. They take their steps
themselves."""


_asked: list[str] = []
"""The fixtures of the present test. To ask `request` for them takes a third of a millisecond, so a hook notes them."""


def pytest_runtest_setup(item: pytest.Function) -> None:
    """Belongs to `repeated_steps`."""
    _asked[:] = item.fixturenames


@pytest.fixture(autouse=True)
def repeated_steps() -> Iterator[None]:
    """For the `conftest` of a folder, with the hook. Worlds of a module's fixtures are made before it."""
    InProcess.repeats = ALONE.isdisjoint(_asked)
    yield
    InProcess.repeats = False
