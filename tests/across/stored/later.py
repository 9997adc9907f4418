"""Items as a later release would have written them, in the store of a world."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.store.port import Entry, Key, Put
from chalicelib.tenants.publication.policy_version import EDITION
from infra.memory_store.store import MemoryStore

VERSION = EDITION + 1
"""Of each form, in a later release: the edition of the policy language is the highest version."""
UNKNOWN = {"later": {"of": ["a", "later", 1]}}


def read(store: MemoryStore, tenant: str, key: Key) -> Entry:
    with binding.tenant(tenant):
        return store.get([key])[key]


def body(store: MemoryStore, tenant: str, key: Key) -> Any:
    return json.loads(read(store, tenant, key).body)


def rewrite(store: MemoryStore, tenant: str, key: Key, change: Callable[[Any], Any], form: int | None = VERSION) -> Any:
    """`change` gets the body as JSON, and returns what is written."""
    entry = read(store, tenant, key)
    changed = change(json.loads(entry.body))
    with binding.tenant(tenant):
        store.commit([Put(replace(entry, body=json.dumps(changed), form=form or entry.form), if_absent=False)])
    return changed


def damage(store: MemoryStore, tenant: str, key: Key, text: str) -> None:
    entry = read(store, tenant, key)
    with binding.tenant(tenant):
        store.commit([Put(replace(entry, body=text), if_absent=False)])


def with_row(entry: Entry, row: str) -> Put:
    return Put(replace(entry, row=row), if_absent=False)
