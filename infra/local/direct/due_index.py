"""Reads index `due` in moto's memory. Queries through the API took most of the time of moving the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any, NamedTuple

from chalicelib.kit.instants import Instant, from_text, to_text
from chalicelib.store import keys
from chalicelib.store.port import IndexKey
from infra.moto import moto_queries


class DueEntry(NamedTuple):
    """One entry of the index."""

    due_sk: str
    wake_at: Instant


class LocalDueIndex:
    """Without the directory's entries: hourly jobs catch up by themselves after the clock moves by hours."""

    def __init__(self, table: Callable[[], Any]) -> None:
        """`table` returns moto's table object."""
        self._table = table

    def earliest(self, handled: set[str]) -> DueEntry | None:
        """The earliest entry whose `due_sk` is not in `handled`."""
        with moto_queries.LOCK:
            left = (next((text for text in texts if text not in handled), None) for texts in self._partitions())
            first = min((text for text in left if text is not None), default=None)
        return None if first is None else _entry(first)

    def until(self, now: Instant) -> set[str]:
        """The `due_sk` of all entries that are due by `now`."""
        with moto_queries.LOCK:
            bound = _after(now)
            return {text for texts in self._partitions() for text in takewhile(lambda text: text < bound, texts)}

    def is_empty(self, now: Instant) -> bool:
        """True if a sweep at `now` would find nothing, also none of the directory's entries."""
        with moto_queries.LOCK:
            partitions = moto_queries.sparse(self._table(), "due")
            return not any(partition.order and partition.order[0][0] < _after(now) for partition in partitions)

    def _partitions(self) -> Iterator[Iterator[str]]:
        """The entries of each partition in the order of their times."""
        for partition in moto_queries.sparse(self._table(), "due"):
            yield (due_sk for due_sk, pk, _sk in partition.order if not pk.startswith(keys.DIRECTORY_PREFIX))


def _entry(due_sk: str) -> DueEntry:
    """The key starts with a timestamp of fixed width, so text order is time order."""
    return DueEntry(due_sk, from_text(keys.parse_due(IndexKey("", due_sk))[0]))


def _after(now: Instant) -> str:
    """Sorts after all entries that are due by `now`, and before the others: `$` sorts just behind `#`."""
    return f"{to_text(now)}$"
