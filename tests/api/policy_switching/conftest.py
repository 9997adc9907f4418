"""An organisation on a preset."""

from __future__ import annotations

import pytest

from tests.api.policy_switching.shop import (
    START,
)
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess(START), "corporate-standard")
