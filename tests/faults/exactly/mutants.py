"""Stores and queues that break one promise each: the search must notice."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.ports import QueueMessage
from chalicelib.store.port import Change, Entry, IndexKey, Key, Put, Schedule, Write
from tests.faults.exactly.queues import SearchedQueue
from tests.faults.exactly.stores import SearchedStore


class ForgetsVersions(SearchedStore):
    """A snapshot is changed whatever its version, and events are written over."""

    def _holds(self, write: Write) -> bool:
        return isinstance(write, Change | Put) or super()._holds(write)


class ForgetsRequests(SearchedStore):
    """What was asked before is not remembered."""

    def _store(self, entry: Entry) -> None:
        if entry.kind != "idempotency":
            super()._store(entry)


class LosesIndexRows(SearchedStore):
    """Now and then a change does not reach index `due`."""

    def _index(self, key: Key, due: IndexKey | None) -> None:
        if self.chance.random() < 0.95:
            super()._index(key, due)


class ParksBlindly(SearchedStore):
    """Parking does not look whether somebody acted meanwhile."""

    def _holds(self, write: Write) -> bool:
        return (isinstance(write, Schedule) and write.due is None) or super()._holds(write)


class SwallowsMessages(SearchedQueue):
    """What a worker could not handle does not come again, though it was received."""

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        super().send(messages[:-1], pause)


STORES = (ForgetsVersions, ForgetsRequests, LosesIndexRows, ParksBlindly)
QUEUES = (SwallowsMessages,)
