"""An organisation, and one whose policy requires comments on a draft."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.policies.drafts.shop import BOTH, DOCUMENT, PUBLISH, ask


@pytest.fixture
def shop() -> Organisation:
    return sign_up(InProcess("2026-11-27T09:00:00+08:00"), "corporate-standard")


@pytest.fixture
def deliberating(shop: Organisation) -> Organisation:
    """An organisation whose policy in force requires that a draft is opened to both groups."""
    assert ask(shop, "POST", PUBLISH, {"policy": {**DOCUMENT, **BOTH}}).status == 201
    return shop
