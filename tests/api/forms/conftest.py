"""A shop on Friday 2026-11-27 at nine."""

from __future__ import annotations

import pytest

from tests.api.forms.shop import shop_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess


@pytest.fixture
def shop() -> Organisation:
    return shop_in(InProcess("2026-11-27T09:00:00+08:00"))
