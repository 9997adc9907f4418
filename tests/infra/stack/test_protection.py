"""Stored data is not lost by a mistake, and a failed creation leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.emulator import emulated
from infra.local.resources.applier import AppliedStack
from infra.local.resources.template import load

KEPT = {"Table", "EvidenceBucket", "UserPool", "Key", "ServerKeys", "StatementKey"}
COPIES = {"PagesBucket"}
"""CloudFormation cannot delete a bucket with files, even if they are copies."""
SHARED = {"ApiLogsRole", "ApiAccount"}
"""Settings of the account and region, which other APIs may use by then."""


@pytest.fixture(params=["on", "off"])
def protection(request: pytest.FixtureRequest) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The parameter with the properties of table and pool."""
    with emulated("http://127.0.0.1:9"):
        stack = AppliedStack(parameters={"Protection": request.param})
        yield request.param, stack.properties("Table"), stack.properties("UserPool")


def test_table_and_pool_refuse_their_deletion_if_protected(protection: tuple[str, Any, Any]) -> None:
    state, table, pool = protection
    assert table["DeletionProtectionEnabled"] is (state == "on")
    assert pool["DeletionProtection"] == {"on": "ACTIVE", "off": "INACTIVE"}[state]


def test_protection_is_the_default() -> None:
    assert load()["Parameters"]["Protection"]["Default"] == "on"


def test_stored_data_outlives_the_stack_but_not_its_failed_creation() -> None:
    """After a failed creation, retained resources would be orphans: nothing refers to them, and they cost money."""
    resources = load()["Resources"]
    policies = {name: each["DeletionPolicy"] for name, each in resources.items() if "DeletionPolicy" in each}
    assert {name: policies[name] for name in KEPT} == dict.fromkeys(KEPT, "RetainExceptOnCreate")
    retained = {name for name, each in resources.items() if each.get("UpdateReplacePolicy") == "Retain"}
    assert retained == KEPT | COPIES | SHARED


@pytest.mark.parametrize("name", ["MailFrom", "Address"])
def test_what_only_the_operator_knows_has_no_default(name: str) -> None:
    """With a default, a deployment would invite people from, or to, another person's address."""
    assert "Default" not in load()["Parameters"][name]
