"""The local stack's look at index `due` agrees with what a sweep would read there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from chalicelib.kit.instants import HOUR, SECOND, Instant, from_text, to_text
from chalicelib.store import keys
from infra.local.direct.due_index import LocalDueIndex
from infra.moto import moto_shim
from tests.kernel.store.conftest import REGION, Table

NOON = from_text("2026-11-27T12:00:00Z")


@pytest.fixture
def table() -> Iterator[Table]:
    with mock_aws(), moto_shim.installed():
        yield Table(botocore.session.Session())


def index(table: Table) -> LocalDueIndex:
    return LocalDueIndex(lambda: dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[table.name])


def put(table: Table, name: str, at: Instant) -> str:
    due = keys.due("acme", name, at)
    pk = keys.due_item("acme", name)
    item: dict[str, Any] = {"pk": pk, "sk": "S", "due_pk": due.pk, "due_sk": due.sk}
    table.client.put_item(TableName=table.name, Item={attribute: {"S": text} for attribute, text in item.items()})
    return due.sk


@pytest.mark.parametrize("name", ["C#202611-000001", keys.HOURLY])
@pytest.mark.parametrize(("now", "empty"), [(NOON - SECOND, True), (NOON, False), (NOON + HOUR, False)])
def test_it_is_empty_until_an_entry_is_due(table: Table, name: str, now: Instant, empty: bool) -> None:
    put(table, name, NOON)

    assert index(table).is_empty(now) is empty


def test_an_entry_that_is_removed_is_due_no_more(table: Table) -> None:
    put(table, "C#1", NOON)
    due = index(table)
    assert not due.is_empty(NOON)

    table.client.delete_item(TableName=table.name, Key={"pk": {"S": keys.due_item("acme", "C#1")}, "sk": {"S": "S"}})

    assert due.is_empty(NOON)


def test_the_entries_of_complaints_that_are_due_are_listed(table: Table) -> None:
    early, noon, _ = (put(table, f"C#{at}", at) for at in (NOON - HOUR, NOON, NOON + SECOND))
    put(table, keys.HOURLY, NOON - HOUR)

    assert index(table).until(NOON) == {early, noon}


def test_the_earliest_entry_of_all_partitions_is_found(table: Table) -> None:
    named = [put(table, f"C#{number}", NOON + number * SECOND) for number in range(20)]
    put(table, keys.HOURLY, NOON - HOUR)

    due = index(table)

    found = [due.earliest(set(named[:number])) for number in range(21)]
    assert [one and (one.due_sk, to_text(one.wake_at)) for one in found] == [
        *((text, text.partition("#")[0]) for text in named),
        None,
    ]
