"""Reading due entries (of index `due`), which the sweep does not trust (`keys.due` builds their keys)."""

from __future__ import annotations

import msgspec

from chalicelib.kit.instants import Instant, from_text
from chalicelib.store import keys
from chalicelib.store.port import Entry, IndexKey, Key


class DueHit(msgspec.Struct, frozen=True):
    """What the sweep sends for a due entry: the aggregate, when it is due, and the key of the item to process."""

    tenant: str
    aggregate: str
    wake_at: Instant
    key: Key


class ForeignDueKey(msgspec.Struct, frozen=True):
    """A due entry whose index key does not match its table key. The sweep drops it and raises an alarm.

    Leading-key conditions in IAM do not check index attributes, so the credentials of one tenant could write the name
    of another tenant there.
    """

    key: Key
    due: IndexKey


def parse_due(entry: Entry) -> DueHit | ForeignDueKey:
    """Parse a due entry. Raises ValueError for an entry without a `due` key."""
    if entry.due is None:
        raise ValueError("the entry has no key in index `due`")
    wake_at, tenant, aggregate = keys.parse_due(entry.due)
    if not aggregate or entry.key.pk != keys.due_item(tenant, aggregate):
        return ForeignDueKey(entry.key, entry.due)
    try:
        return DueHit(tenant, aggregate, from_text(wake_at), entry.key)
    except ValueError:
        return ForeignDueKey(entry.key, entry.due)
