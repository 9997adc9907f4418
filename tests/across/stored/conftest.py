from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "platform")
