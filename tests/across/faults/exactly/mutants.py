"""Stores and queues that each break one guarantee. The search must detect them."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.ports import QueueMessage
from chalicelib.store.port import Entry, IndexKey, Key, Put, Schedule, Update, Write
from tests.across.faults.exactly.queues import SearchedQueue
from tests.across.faults.exactly.stores import SearchedStore


class ForgetsVersions(SearchedStore):
    """Ignores the snapshot's version, and overwrites events."""

    def _condition_holds(self, write: Write) -> bool:
        return isinstance(write, Update | Put) or super()._condition_holds(write)


class ForgetsRequests(SearchedStore):
    """Forgets earlier requests."""

    def _store(self, entry: Entry) -> None:
        if entry.kind != "idempotency":
            super()._store(entry)


class LosesIndexRows(SearchedStore):
    """Some changes do not reach index `due`."""

    def _index(self, key: Key, due: IndexKey | None) -> None:
        if self.chance.random() < 0.95:
            super()._index(key, due)


class ParksBlindly(SearchedStore):
    """A quarantine ignores changes in the meantime."""

    def _condition_holds(self, write: Write) -> bool:
        return (isinstance(write, Schedule) and write.due is None) or super()._condition_holds(write)


class SwallowsMessages(SearchedQueue):
    """Loses the last message of each send."""

    def send(self, messages: Sequence[QueueMessage], pause: int = 0) -> None:
        super().send(messages[:-1], pause)


STORES = (ForgetsVersions, ForgetsRequests, LosesIndexRows, ParksBlindly)
QUEUES = (SwallowsMessages,)
