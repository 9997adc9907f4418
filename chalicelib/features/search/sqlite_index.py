"""`SearchIndex` on segments in SQLite files, encrypted under a key derived from the organisation's data key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from chalicelib.crypto import derived_keys
from chalicelib.features.search import pending, segment_file
from chalicelib.ports import Sealer
from chalicelib.ports.search_index import Posting, Question, Row, SegmentDamaged, SegmentObjects

if TYPE_CHECKING:
    import sqlite3

MAX_CACHED_BYTES = 192 * 1024 * 1024
"""Compressed bytes of the segments that a process keeps open. Open, they take about half as much again."""


class SqliteIndex:
    """The caller has bound the tenant. A process keeps the segments that it used last open: they never change."""

    def __init__(self, objects: SegmentObjects, sealer: Sealer, *, max_bytes: int = MAX_CACHED_BYTES) -> None:
        self._objects = objects
        self._sealer = sealer
        self._max_bytes = max_bytes
        self._open: OrderedDict[tuple[str, str], tuple[sqlite3.Connection, int]] = OrderedDict()
        self._lock = Lock()

    def write(self, tenant: str, name: str, postings: Sequence[Posting], base: str | None) -> int:
        old = None if base is None else self._body(tenant, base)
        body = segment_file.merged(old, postings)
        self._objects.put(tenant, name, derived_keys.encrypt(self._key(tenant), name, body))
        return len(body)

    def find(self, tenant: str, name: str, question: Question, before: int | None) -> Iterator[Row]:
        return segment_file.find(self._opened(tenant, name), question, before)

    def version_of(self, tenant: str, name: str, n: int) -> int | None:
        return segment_file.version_of(self._opened(tenant, name), n)

    def remove(self, tenant: str, name: str) -> None:
        with self._lock:
            self._open.pop((tenant, name), None)
        self._objects.remove(tenant, name)

    def _opened(self, tenant: str, name: str) -> sqlite3.Connection:
        with self._lock:
            known = self._open.get((tenant, name))
            if known is None:
                body = self._body(tenant, name)
                known = self._open[tenant, name] = segment_file.opened(body), len(body)
            self._open.move_to_end((tenant, name))
            while sum(size for _, size in self._open.values()) > self._max_bytes and len(self._open) > 1:
                self._open.popitem(last=False)
            return known[0]

    def _body(self, tenant: str, name: str) -> bytes:
        raw = self._objects.get(tenant, name)
        if raw is None:
            raise SegmentDamaged("the segment is missing")
        try:
            return derived_keys.decrypt(self._key(tenant), name, raw)
        except derived_keys.Altered as error:
            raise SegmentDamaged("the segment was changed") from error

    def _key(self, tenant: str) -> bytes:
        return self._sealer.derive(tenant, pending.PURPOSE)
