"""A shop on Friday 2026-11-27 at nine."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.repeating import pytest_runtest_setup, repeated_steps
from tests.clauses.world import InProcess
from tests.forms.shop import shop_in

__all__ = ["pytest_runtest_setup", "repeated_steps"]


@pytest.fixture
def shop() -> Organisation:
    return shop_in(InProcess("2026-11-27T09:00:00+08:00"))
