from __future__ import annotations

import pytest

from tests.across.faults.office import Office, opened


@pytest.fixture
def office() -> Office:
    return opened()
