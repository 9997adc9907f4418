"""Reads index `due` in moto's memory. Queries through the API took most of the time of moving the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from chalicelib.instants import Instant, from_text
from chalicelib.store import keys
from chalicelib.store.port import IndexKey
from infra import moto_queries


class DueEntry(NamedTuple):
    """One entry of the index."""

    due_sk: str
    wake_at: Instant


class DueIndex:
    """Without the directory's entries: hourly jobs catch up by themselves after the clock moves by hours."""

    def __init__(self, table: Callable[[], Any]) -> None:
        """`table` returns moto's table object."""
        self._table = table

    def earliest(self, handled: set[str]) -> DueEntry | None:
        """The earliest entry whose `due_sk` is not in `handled`."""
        first = min((text for text in self._all() if text not in handled), default=None)
        return None if first is None else _entry(first)

    def until(self, now: Instant) -> set[str]:
        """The `due_sk` of all entries that are due by `now`."""
        return {text for text in self._all() if _entry(text).wake_at <= now}

    def _all(self) -> Iterator[str]:
        for item in moto_queries.sparse(self._table(), "due_sk"):
            if not item.hash_key.value.startswith(keys.DIRECTORY_PREFIX):
                yield item.attrs["due_sk"].value


def _entry(due_sk: str) -> DueEntry:
    """The key starts with a timestamp of fixed width, so text order is time order."""
    return DueEntry(due_sk, from_text(keys.parse_due(IndexKey("", due_sk))[0]))
