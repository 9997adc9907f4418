"""A fixture for tests that begin with the same steps: a later test need not play them again (`tests.fakes.trail`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clauses.world import InProcess

ALONE = frozenset({"monkeypatch", "caplog", "capsys"})
"""Fixtures of tests that may change the program, or read what a step writes to the log. They take their steps
themselves."""


@pytest.fixture(autouse=True)
def repeated_steps(request: pytest.FixtureRequest) -> Iterator[None]:
    """For the `conftest` of a folder."""
    InProcess.repeats = ALONE.isdisjoint(request.fixturenames)
    yield
    InProcess.repeats = False
