from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.improvements.acting import founded
from tests.kernel.web.conftest import company

__all__ = ["company", "pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def desk() -> Organisation:
    return founded()
