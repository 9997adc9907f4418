from __future__ import annotations

import pytest

from tests.api.improvements.acting import founded
from tests.clauses.organisation import Organisation


@pytest.fixture
def desk() -> Organisation:
    return founded()
