"""An office at its desk, served in this process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.across.browser.served import served
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


@pytest.fixture
def url(office: Organisation) -> Iterator[str]:
    assert isinstance(office.world, InProcess)
    with served(office.world) as address:
        yield address
