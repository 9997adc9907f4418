"""The memory store for the search: with copies, a log of the writes, and a delayed index."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.store import keys, scope
from chalicelib.store.port import Entry, IndexKey, Key, Page, Write
from infra.memory_store.store import MemoryStore
from tests.across.faults.exactly.baton import Baton

TENANT = "kiosk"
LATEST = 6
"""The number of past states of index `due` that a read may see."""


class Written(NamedTuple):
    """A committed transaction. `knew`: the number of transactions when its worker last read the organisation."""

    call: int
    knew: int
    writes: list[Write]


class Spoilt(Exception):
    """The complaint is unreadable."""


class SearchedStore(MemoryStore):
    """`log`: the writes in order. `late`: the probability that a read of index `due` is outdated."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[Written] = []
        self.spoilt: set[str] = set()
        self.late = 0.0
        self.chance = random.Random(0)
        self.baton: Baton | None = None
        self._due: dict[Key, IndexKey] = {}
        self._states: list[dict[Key, IndexKey]] = [self._due]
        self._knew: dict[int, int] = {}

    @classmethod
    def holding(cls, found: Iterable[Entry]) -> SearchedStore:
        store = cls()
        for entry in found:
            store._store(entry)
        return store.copy()

    def copy(self, without: Sequence[str] = (), *, hourly: bool = True) -> SearchedStore:
        """A copy without history and without these partitions. `hourly`: the tenant's hourly job is due."""
        made = type(self)()
        made._entries = dict(self._entries)
        made._partitions = defaultdict(list, {name: list(places) for name, places in self._partitions.items()})
        made._due = dict(self._due)
        for key in [key for key in made._entries if key.pk in without]:
            made._drop(key)
        if not hourly:
            job = keys.directory(TENANT)
            made._store(msgspec.structs.replace(made._entries[job], due=None))
        made._states = [made._due]
        made.stream.clear()
        return made

    @property
    def scheduled(self) -> Mapping[Key, IndexKey]:
        """The present content of index `due`."""
        return self._due

    def listen(self, baton: Baton, late: float) -> None:
        self.baton, self.chance, self.late = baton, baton.chance, late
        self.before = lambda call: baton.before(call.name)
        self.after = lambda call: baton.after(call.name)

    def events(self) -> int:
        """The number of events of complaints."""
        return sum(entry.kind == "event" and "#C#" in entry.key.pk for entry in self._entries.values())

    def stage(self, number: str) -> str:
        """The complaint's present stage. Empty if there is no such complaint."""
        found = self._entries.get(keys.snapshot(keys.complaint(TENANT, number)))
        return "" if found is None or found.kind != "complaint" else str(msgspec.json.decode(found.body)["stage"])

    def get(self, keys_: Sequence[Key]) -> dict[Key, Entry]:
        found = super().get(keys_)
        if any(key.pk in self.spoilt for key in keys_):
            raise Spoilt
        if self.baton is not None and any(key.sk == "S" and key.pk.endswith("#ORG") for key in keys_):
            self._knew[self.baton.worker()] = len(self.log)
        return found

    def due(
        self, shard: int, until: str, *, since: str = "", limit: int = 100, after: Mapping[str, str] | None = None
    ) -> Page:
        scope.check_sweep()
        pk = keys.due_partition(shard)
        with self._call("due", 1):
            state = self._seen()
            rows = sorted(
                (index.sk, key)
                for key, index in state.items()
                if index.pk == pk and since <= index.sk < until and (after is None or index.sk > after["due_sk"])
            )
            found = [Entry(key=key, kind="", due=IndexKey(pk, sk)) for sk, key in rows[:limit]]
            more = {"due_pk": pk, "due_sk": rows[limit - 1][0]} if len(rows) >= limit else None
            return Page(found, more)

    def _seen(self) -> dict[Key, IndexKey]:
        if self.chance.random() >= self.late:
            return self._due
        return self._states[int(self.chance.random() * len(self._states))]

    def _apply(self, write: Write) -> None:
        super()._apply(write)
        call = len(self.calls)
        if not self.log or self.log[-1].call != call:
            worker = -1 if self.baton is None else self.baton.worker()
            self.log.append(Written(call, self._knew.get(worker, 0), []))
        self.log[-1].writes.append(write)

    def _store(self, entry: Entry) -> None:
        super()._store(entry)
        self._index(entry.key, entry.due)

    def _drop(self, key: Key) -> None:
        super()._drop(key)
        self._index(key, None)

    def _index(self, key: Key, due: IndexKey | None) -> None:
        if self._due.get(key) != due:
            self._due = {one: index for one, index in self._due.items() if one != key}
            if due is not None:
                self._due[key] = due
            self._states = [*self._states[1 - LATEST :], self._due]
