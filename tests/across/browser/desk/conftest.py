"""An office at its desk, served in this process."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.sign_in.door import START


@pytest.fixture
def office() -> Organisation:
    """With three complaints of the handler's."""
    found = sign_up(InProcess(START), "platform")
    for _ in range(3):
        found.act(found.file(), "screener", "accept", responsible=found.subs["handler"])
    return found
