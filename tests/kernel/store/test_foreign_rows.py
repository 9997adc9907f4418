"""A row of index `list` whose item belongs to another tenant is dropped by every reader, logged and counted.

The credentials of a tenant can write such a row: IAM's leading-key conditions do not cover attributes.
"""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.access import binding
from chalicelib.kit import observability
from chalicelib.store import keys
from chalicelib.store.port import Entry, IndexKey, Key, Put, Store


def put(store: Store, tenant: str, listed_by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As code without the check of `scope.check_writes` would write it."""
    key = Key(f"T#{tenant}#C#202611-000001", f"S{listed_by}")
    entry = Entry(key=key, kind="complaint", row="{}", listed=IndexKey(keys.shelf(listed_by, "open"), tenant))
    with binding.tenant(tenant), monkeypatch.context() as patched:
        patched.setattr("chalicelib.store.scope.check_writes", lambda _: None)
        store.commit([Put(entry)])


def test_a_reader_gets_only_rows_of_its_tenants_items(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    put(store, "shop", "shop", monkeypatch)
    put(store, "thief", "shop", monkeypatch)
    measured: list[Any] = []
    monkeypatch.setattr(observability, "measure", lambda name, *_: measured.append(name))

    with binding.tenant("shop"):
        page = store.listed(keys.shelf("shop", "open"))

    assert [entry.key.pk for entry in page.entries] == ["T#shop#C#202611-000001"]
    assert measured == ["ListForeign"]
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "A row of index `list` belongs to another tenant's item"
    ]


def test_own_rows_are_not_reported(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "shop", "shop", monkeypatch)
    measured: list[Any] = []
    monkeypatch.setattr(observability, "measure", lambda name, *_: measured.append(name))
    with binding.tenant("shop"):
        assert len(store.listed(keys.shelf("shop", "open")).entries) == 1
    assert measured == []
