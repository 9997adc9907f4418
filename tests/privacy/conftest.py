from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.kernel.web.pages.conftest import world

__all__ = ["pytest_runtest_setup", "repeated_steps", "world"]


@pytest.fixture
def office(world: InProcess) -> Organisation:
    """P1, where the unit that a complaint is about has an account."""
    return marketplace_in(world)
