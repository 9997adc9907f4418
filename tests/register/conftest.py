from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.kernel.web.pages.conftest import browser, hall, world

__all__ = ["browser", "hall", "pytest_runtest_setup", "repeated_steps", "world"]


@pytest.fixture
def marketplace() -> Organisation:
    """`platform` in process, on Friday 2026-11-27 at nine. It publishes major cases and announces every result."""
    return marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
