"""Who belongs to which organisation, as the deployment knows it (`DIR#P#<sub>`), so that an account outlives none.

Noted before the membership is committed: an account too many is kept, none too many is deleted. What somebody may do
in an organisation is its own membership item, and only that.
"""

from __future__ import annotations

from chalicelib.access import binding
from chalicelib.store import keys
from chalicelib.store.port import Entry, Put, Remove, Store

KIND = "belongs"


def add_to_index(store: Store, sub: str, tenant: str) -> None:
    with binding.directory():
        store.commit([Put(Entry(key=keys.membership_index_entry(sub, tenant), kind=KIND), if_absent=False)])


def remove_from_index(store: Store, sub: str, tenant: str) -> bool:
    """They belong to it no more. Whether they belong to no other."""
    key = keys.membership_index_entry(sub, tenant)
    with binding.directory():
        store.commit([Remove(key)])
        return not store.query(key.pk, limit=1).entries
