from __future__ import annotations

from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.kernel.web.pages.conftest import browser, world

__all__ = ["browser", "pytest_runtest_setup", "repeated_steps", "world"]
