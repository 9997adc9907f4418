from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.organisations.practice.practising import practice_of
from tests.sign_in.door import START

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def office() -> Organisation:
    """With a complaint."""
    found = sign_up(InProcess(START), "platform")
    found.file()
    return found


@pytest.fixture
def practice(office: Organisation) -> Organisation:
    return practice_of(office)
