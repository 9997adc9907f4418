"""A workshop with pending matters."""

from __future__ import annotations

import pytest

from tests.clauses.offices.workshop import workshop_in
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess

__all__ = ["pytest_runtest_setup", "repeated_steps"]

START = "2026-11-27T09:10:00+08:00"


@pytest.fixture
def workshop() -> Organisation:
    return workshop_in(InProcess(START))
