from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.sign_in.door import START

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def office() -> Organisation:
    """With a complaint that nobody has accepted yet."""
    found = sign_up(InProcess(START), "platform")
    found.file()
    return found
