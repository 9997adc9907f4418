from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.kernel.web.pages.conftest import browser, hall, number, world

__all__ = ["browser", "hall", "number", "world"]


@pytest.fixture
def filed(hall: Organisation) -> str:
    """The number of a complaint that was filed over the API."""
    return hall.file()
