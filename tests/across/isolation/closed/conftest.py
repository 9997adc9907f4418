from __future__ import annotations

import pytest

from tests.across.isolation.closed.luring import founders, signed_up
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def world() -> InProcess:
    return InProcess("2026-11-27T09:00:00+08:00")


@pytest.fixture
def closed(world: InProcess) -> Organisation:
    """Its founder has not signed in."""
    return signed_up(world)


@pytest.fixture
def prepared(world: InProcess) -> Organisation:
    """Its founder has signed in, and has not opened it."""
    found = signed_up(world, opens="by_owner")
    assert founders(found, "GET", "/people/me").status == 200
    return found
