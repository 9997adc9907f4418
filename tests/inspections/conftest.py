from __future__ import annotations

import pytest

from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture(scope="module")
def office() -> Organisation:
    """An office with three complaints of November, on 2 December. One is refused, and one deadline is missed."""
    found = company_in(InProcess("2026-11-23T09:00:00+08:00"))
    found.file(channel="phone", category={"matter": "product_quality"})
    found.file(channel="phone", category={"matter": "service_quality"})
    found.world.move_to("2026-11-24T09:00:00+08:00")
    found.file(channel="letter", category={"matter": "product_quality"})
    found.world.move_to("2026-12-02T09:00:00+08:00")
    found.file(channel="letter", category={"matter": "product_quality"})
    return found
