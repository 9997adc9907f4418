"""Permissions of a membership."""

from __future__ import annotations

import pytest

from chalicelib.kit.problem import Problem
from chalicelib.tenants.people.membership import Membership, StoredGrant, parse, write


def _person(*grants: StoredGrant, state: str = "active") -> Membership:
    return Membership(sub="s", email="lin@shop.example", name="林", language="zh", grants=list(grants), state=state)


@pytest.mark.parametrize(
    ("grant", "role", "unit", "may"),
    [
        (StoredGrant("agent"), "agent", None, True),
        (StoredGrant("agent"), "agent", "east", True),
        (StoredGrant("agent", "east"), "agent", "east", True),
        (StoredGrant("agent", "east"), "agent", "west", False),
        (StoredGrant("agent", "east"), "agent", None, True),
        (StoredGrant("agent"), "leader", None, False),
        (StoredGrant("owner"), "agent", None, False),
        (StoredGrant("respondent", "east"), "respondent", "east", True),
        (StoredGrant("respondent", "east"), "respondent", "west", False),
        (StoredGrant("respondent", "east"), "respondent", None, False),
    ],
)
def test_a_grant_counts_for_its_role_and_unit(grant: StoredGrant, role: str, unit: str | None, may: bool) -> None:
    assert _person(grant).may(role, unit) is may


def test_a_removed_person_has_no_permissions() -> None:
    removed = _person(StoredGrant("owner"), state="removed")
    assert (removed.may("owner"), removed.owner, removed.roles) == (False, False, [])


def test_each_role_is_named_once() -> None:
    assert _person(StoredGrant("agent", "east"), StoredGrant("agent", "west"), StoredGrant("leader")).roles == [
        "agent",
        "leader",
    ]


def test_an_item_reads_as_it_was_written() -> None:
    person = _person(StoredGrant("agent", "east"))
    assert parse(write("shop", person, None).entry) == person


def test_a_missing_membership_is_rejected() -> None:
    with pytest.raises(Problem, match="forbidden"):
        parse(None)


def test_a_removed_person_is_refused() -> None:
    with pytest.raises(Problem, match="forbidden"):
        parse(write("shop", _person(StoredGrant("agent"), state="removed"), 1).entry)
