from __future__ import annotations

from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.kernel.web.conftest import company

__all__ = ["company", "pytest_runtest_setup", "repeated_steps"]
