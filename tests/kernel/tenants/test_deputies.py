"""When a member has a deputy, and which grants the deputy gets."""

from __future__ import annotations

import pytest

from chalicelib.tenants.people.membership import Deputy, Membership, StoredGrant
from chalicelib.tenants.people.queries import deputy_grants, deputy_of


def absent(*grants: StoredGrant, state: str = "active") -> Membership:
    """Away from 100 until 200."""
    return Membership(
        sub="absent",
        email="lin@shop.example",
        name="林",
        language="zh",
        grants=list(grants),
        state=state,
        deputy=Deputy("deputy", 100, 200),
    )


@pytest.mark.parametrize(("now", "deputy"), [(99, None), (100, "deputy"), (199, "deputy"), (200, None)])
def test_a_deputy_stands_in_from_the_beginning_until_before_the_end(now: int, deputy: str | None) -> None:
    assert deputy_of(absent(), now) == deputy


def test_a_removed_member_has_no_deputy() -> None:
    assert deputy_of(absent(state="removed"), 150) is None


def test_a_deputy_of_an_owner_gets_all_grants_but_that_of_the_owner() -> None:
    agent, leader = StoredGrant("agent", "east"), StoredGrant("leader")
    assert deputy_grants(absent(agent, StoredGrant("owner"), leader)) == [agent, leader]
