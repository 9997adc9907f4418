from __future__ import annotations

from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.kernel.web.conftest import company
from tests.kernel.web.pages.conftest import browser, hall, world

__all__ = ["browser", "company", "hall", "pytest_runtest_setup", "repeated_steps", "world"]
