"""An organisation on a preset."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.switching.shop import START

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")
