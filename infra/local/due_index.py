"""Due: what index `due` says comes next. Read in moto's own table: by queries, moving the clock was mostly this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from chalicelib.instants import Instant, from_text
from infra import moto_queries

_DIRECTORY = "DIR#"


class DueEntry(NamedTuple):
    """One entry of the index."""

    due_sk: str
    wake_at: Instant


class DueIndex:
    """Entries of the directory are left out: hourly jobs catch up by themselves when hours are jumped."""

    def __init__(self, table: Callable[[], Any]) -> None:
        """`table`: moto's."""
        self._table = table

    def earliest(self, played: set[str]) -> DueEntry | None:
        """The earliest entry whose `due_sk` is not in `played`."""
        first = min((text for text in self._all() if text not in played), default=None)
        return None if first is None else _hit(first)

    def until(self, now: Instant) -> set[str]:
        """The `due_sk` of everything that is due by `now`."""
        return {text for text in self._all() if _hit(text).wake_at <= now}

    def _all(self) -> Iterator[str]:
        for item in moto_queries.sparse(self._table(), "due_sk"):
            if not item.hash_key.value.startswith(_DIRECTORY):
                yield item.attrs["due_sk"].value


def _hit(due_sk: str) -> DueEntry:
    """The key's first part is an instant of fixed width, so that the order of the text is that of time."""
    return DueEntry(due_sk, from_text(due_sk.partition("#")[0]))
