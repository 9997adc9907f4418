from __future__ import annotations

import pytest

from tests.clauses.offices.company import company_in
from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.kernel.web.client import Frame

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def frame() -> Frame:
    return Frame()


@pytest.fixture
def company() -> Organisation:
    """`corporate-standard` in process, one person in each role, on Friday 2026-11-27 at nine."""
    found = company_in(InProcess("2026-11-27T09:00:00+08:00"))
    found.mails = False  # these tests count the mails to members
    return found
