from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.sign_in.door import START

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def office() -> Organisation:
    """With a complaint that waits for its screening, and one that is accepted and assigned to the handler."""
    found = sign_up(InProcess(START), "platform")
    found.file()
    found.act(found.file(), "screener", "accept", responsible=found.subs["handler"])
    return found


@pytest.fixture
def accepted(office: Organisation) -> str:
    return list(office.filed)[1]
