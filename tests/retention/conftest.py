from __future__ import annotations

from tests.clauses.repeating import pytest_runtest_setup, repeated_steps

__all__ = ["pytest_runtest_setup", "repeated_steps"]
