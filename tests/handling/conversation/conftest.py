from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation
from tests.handling.conversation import offices


@pytest.fixture
def council() -> Organisation:
    return offices.council()
