from __future__ import annotations

from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.kernel.web.conftest import company
from tests.organisations.signing_up.conftest import shop, staffed, world

__all__ = ["company", "pytest_runtest_setup", "repeated_steps", "shop", "staffed", "world"]
