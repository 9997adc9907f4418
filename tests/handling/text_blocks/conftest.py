from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import accepted as accepted_at
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, hire
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.sign_in.door import START

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def office() -> Organisation:
    """With a complaint about unit `seller` that is accepted and assigned to the handler, and one without a unit that
    waits for its screening."""
    found = marketplace_in(InProcess(START))
    hire(found, "owner", name="writer")
    accepted_at(found)
    found.file()
    return found


@pytest.fixture
def accepted(office: Organisation) -> str:
    return next(iter(office.filed))


@pytest.fixture
def waiting(office: Organisation) -> str:
    return list(office.filed)[1]
