"""A store for one run of a job, which reads certain items once: many steps of the run ask for the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.store import scope, sizes
from chalicelib.store.port import CommitConflict, Entry, Key, Store, Write


class ReadOnce:
    """`port.Store`. After a commit that writes such an item, or that lost to another writer, the item is read again.

    Between, the run does not see what others write to the items. What it writes to them is conditional on their
    version, so it overwrites nothing, and a repeated attempt decides on the present item.
    """

    def __init__(self, store: Store, once: Iterable[Key]) -> None:
        """`once`: the items' keys."""
        self._store = store
        self._once = frozenset(once)
        self._known: dict[Key, Entry] = {}

    def get(self, keys: Sequence[Key]) -> dict[Key, Entry]:
        scope.check_partitions(key.pk for key in keys)
        known = {key: self._known[key] for key in keys if key in self._known}
        missing = [key for key in keys if key not in known]
        found = self._store.get(missing) if missing else {}
        self._known.update({key: entry for key, entry in found.items() if key in self._once})
        return {**known, **found}

    def commit(self, writes: Sequence[Write]) -> None:
        self._forget(map(sizes.key_of, writes))
        try:
            self._store.commit(writes)
        except CommitConflict:
            self._known.clear()
            raise

    def put_each(self, entries: Sequence[Entry]) -> None:
        self._forget(entry.key for entry in entries)
        self._store.put_each(entries)

    def _forget(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self._known.pop(key, None)

    def __getattr__(self, name: str) -> Any:
        """Queries and counters are those of the store."""
        return getattr(self._store, name)
