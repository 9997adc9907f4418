"""`put_each`: entries that are written one by one in one call, without a transaction, for half of its write units."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access.binding import Unbound
from chalicelib.store import keys
from chalicelib.store.dynamo import GET_ATTEMPTS, DynamoStore, Retrying
from chalicelib.store.port import Entry, Store, Unavailable
from chalicelib.store.sizes import MAX_PUTS
from tests.kernel.store.conftest import Table
from tests.kernel.store.contract.test_dynamo import Sent

pytestmark = pytest.mark.usefixtures("acme")


def entries(count: int, body: str = "", tenant: str = "acme") -> list[Entry]:
    found = [keys.lookup(tenant, "similar", "01", f"202611-{number:06d}") for number in range(1, count + 1)]
    return [Entry(key=key, kind="similar-band", body=body) for key in found]


def stored(store: Store, wanted: list[Entry]) -> list[Entry]:
    return list(store.get([one.key for one in wanted]).values())


def test_the_entries_come_back(store: Store) -> None:
    store.put_each(entries(MAX_PUTS))

    assert sorted(stored(store, entries(MAX_PUTS)), key=lambda one: one.key) == entries(MAX_PUTS)


def test_an_entry_that_exists_is_replaced(store: Store) -> None:
    store.put_each(entries(2))

    store.put_each(entries(1, body="{}"))

    assert {one.body for one in stored(store, entries(1))} == {"{}"}
    assert len(stored(store, entries(2))) == 2


def test_no_entries_are_no_call(store: Store) -> None:
    store.put_each([])

    assert stored(store, entries(1)) == []


def test_more_entries_than_one_call_accepts_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="at most 25"):
        store.put_each(entries(MAX_PUTS + 1))

    assert stored(store, entries(1)) == []


def test_a_key_twice_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="twice"):
        store.put_each([*entries(1), *entries(1)])


def test_an_entry_of_another_organisation_is_refused(store: Store) -> None:
    with pytest.raises(Unbound):
        store.put_each([*entries(1), *entries(1, tenant="other")])

    assert stored(store, entries(1)) == []


def test_it_is_one_call_without_a_transaction(table: Table) -> None:
    store = table.store()
    sent = Sent(store)

    store.put_each(entries(21))

    assert [name for name, _ in sent.calls] == ["BatchWriteItem"]


def unprocessed(store: DynamoStore, times: int) -> list[int]:
    """Answers as if all entries but one were unprocessed. Returns the number of entries of each call."""
    asked: list[int] = []

    def meet(params: dict[str, Any], **_: Any) -> None:
        asked.append(len(params["RequestItems"][store._table]))

    def leave(parsed: dict[str, Any], **_: Any) -> None:
        if len(asked) <= times:
            left = [{"PutRequest": {"Item": item}} for item in map(raw, entries(asked[-1])[1:])]
            parsed["UnprocessedItems"] = {store._table: left} if left else {}

    store.connection.client.meta.events.register("provide-client-params.dynamodb.BatchWriteItem", meet)
    store.connection.client.meta.events.register("after-call.dynamodb.BatchWriteItem", leave)
    return asked


def raw(entry: Entry) -> dict[str, Any]:
    return {"pk": {"S": entry.key.pk}, "sk": {"S": entry.key.sk}, "kind": {"S": entry.kind}}


def test_unprocessed_entries_are_sent_again(table: Table) -> None:
    waits: list[float] = []
    store = table.store(retrying=Retrying(wait=waits.append))
    asked = unprocessed(store, times=2)

    store.put_each(entries(4))

    assert (asked, len(waits)) == ([4, 3, 2], 2)
    assert len(stored(store, entries(4))) == 4


def test_entries_that_stay_unprocessed_make_the_store_unavailable(table: Table) -> None:
    store = table.store(retrying=Retrying(wait=lambda _: None))
    asked = unprocessed(store, times=GET_ATTEMPTS)

    with pytest.raises(Unavailable):
        store.put_each(entries(MAX_PUTS))

    assert len(asked) == GET_ATTEMPTS
