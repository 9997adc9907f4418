"""`SearchIndex` on segments in SQLite files, encrypted under a key derived from the organisation's data key.

A segment has postings in a table of FTS5, and the rows that they lead to. `content=''` and `detail=none`: the table
holds which rows have a token, and nothing else. Such a table answers AND and OR, and no phrases, so candidates are
compared with the text. It needs SQLite 3.36 with FTS5, and no later feature: the runtime of AWS Lambda may have 3.40.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from chalicelib.crypto import derived_keys
from chalicelib.features.search.index import pending
from chalicelib.ports import Sealer
from chalicelib.ports.search_index import IndexQuery, IndexRow, Posting, SegmentDamaged, SegmentObjects, TextPlace
from chalicelib.store.port import Unavailable

if TYPE_CHECKING:
    import sqlite3


_SCHEMA = """
PRAGMA page_size = 4096;
CREATE VIRTUAL TABLE postings USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
CREATE TABLE rows (n INTEGER PRIMARY KEY, version INTEGER, unit TEXT, places TEXT);
"""
_TAKE_OVER = """
INSERT INTO postings (rowid, tokens)
  SELECT doc, group_concat(term, ' ') FROM temp.terms WHERE doc NOT IN (SELECT n FROM temp.replaced) GROUP BY doc;
INSERT INTO rows SELECT * FROM base.rows WHERE n NOT IN (SELECT n FROM temp.replaced);
"""
_FIND = """
SELECT n, version, unit, places FROM postings JOIN rows ON n = postings.rowid
WHERE postings MATCH ? AND postings.rowid < ? {of_unit} ORDER BY postings.rowid DESC
"""
_BEYOND = 10**6
"""Above every number of a month."""


def merged(base: bytes | None, postings: Sequence[Posting]) -> bytes:
    """The compressed database. Raises `SegmentDamaged` for a damaged base."""
    newest: dict[int, Posting] = {}
    for one in sorted(postings, key=lambda each: each.row.version):
        newest[one.row.n] = one
    database = _new()
    if base is not None:
        newest = _take_over(database, base, newest)
    present = [one for one in newest.values() if one.tokens]
    database.executemany(
        "INSERT INTO postings (rowid, tokens) VALUES (?, ?)",
        ((one.row.n, " ".join(sorted(one.tokens))) for one in present),
    )
    database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", map(_stored, present))
    database.execute("INSERT INTO postings (postings) VALUES ('optimize')")
    database.commit()
    database.execute("VACUUM")
    return zlib.compress(database.serialize(), 6)


def opened(body: bytes) -> sqlite3.Connection:
    """Raises `SegmentDamaged`."""
    database = _connection()
    _load(database, body, "main")
    return database


def find(database: sqlite3.Connection, question: IndexQuery, before: int | None) -> Iterator[IndexRow]:
    """Yields the rows from the highest number below `before`. Raises `SegmentDamaged`."""
    import sqlite3

    of_unit, units = _of_unit(question)
    values = [_expression(question), _BEYOND if before is None else before, *units]
    try:
        for n, version, unit, places in database.execute(_FIND.format(of_unit=of_unit), values):
            yield IndexRow(n, version, unit, msgspec.json.decode(places, type=list[TextPlace]))
    except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
        raise SegmentDamaged("the segment cannot be read") from error


def version_of(database: sqlite3.Connection, n: int) -> int | None:
    """Raises `SegmentDamaged`."""
    import sqlite3

    try:
        found = database.execute("SELECT version FROM rows WHERE n = ?", (n,)).fetchone()
    except sqlite3.DatabaseError as error:
        raise SegmentDamaged("the segment cannot be read") from error
    return None if found is None else int(found[0])


def _of_unit(question: IndexQuery) -> tuple[str, list[str]]:
    """The condition on the unit, and its values."""
    if question.units is None:
        return "", []
    units = [unit for unit in question.units if unit is not None]
    or_none = " OR unit IS NULL" if None in question.units else ""
    return f"AND (unit IN ({', '.join('?' * len(units))}){or_none})", units


def _expression(question: IndexQuery) -> str:
    """Tokens are letters and digits, so nothing of a question is an operator of FTS5."""
    return " AND ".join(f"({' OR '.join(map(_every, word))})" for word in question.all_of)


def _every(tokens: Collection[str]) -> str:
    return f"({' AND '.join(sorted(tokens))})"


def _stored(posting: Posting) -> tuple[int, int, str | None, str]:
    row = posting.row
    return row.n, row.version, row.unit, msgspec.json.encode(row.places).decode()


def _take_over(database: sqlite3.Connection, base: bytes, newest: dict[int, Posting]) -> dict[int, Posting]:
    """Copies the base's other rows. Returns the postings that are not older than the base's."""
    import sqlite3

    database.execute("ATTACH ':memory:' AS base")
    _load(database, base, "base")
    try:
        versions = dict(database.execute("SELECT n, version FROM base.rows").fetchall())
        newer = {n: one for n, one in newest.items() if one.row.version >= versions.get(n, 0)}
        database.execute("CREATE TABLE temp.replaced (n INTEGER PRIMARY KEY)")
        database.executemany("INSERT INTO temp.replaced VALUES (?)", ((n,) for n in newer))
        database.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('base', 'postings', 'instance')")
        for statement in filter(str.strip, _TAKE_OVER.split(";")):
            database.execute(statement)
        database.execute("DROP TABLE temp.terms")
        database.commit()
        database.execute("DETACH base")
    except sqlite3.DatabaseError as error:
        raise SegmentDamaged("the segment cannot be read") from error
    return newer


def _load(database: sqlite3.Connection, body: bytes, name: str) -> None:
    import sqlite3

    try:
        database.deserialize(zlib.decompress(body), name=name)
        database.execute("SELECT count(*) FROM main.rows" if name == "main" else "SELECT count(*) FROM base.rows")
    except (zlib.error, sqlite3.DatabaseError) as error:
        raise SegmentDamaged("the segment does not open") from error


def _new() -> sqlite3.Connection:
    database = _connection()
    database.executescript(_SCHEMA)
    return database


def _connection() -> sqlite3.Connection:
    """Raises `Unavailable` if the runtime's SQLite lacks FTS5, so that no segment is taken for damaged."""
    import sqlite3  # few requests search

    database = sqlite3.connect(":memory:", check_same_thread=False)
    if database.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is None:
        raise Unavailable("the runtime's SQLite has no FTS5")
    return database


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
        body = merged(old, postings)
        self._objects.put(tenant, name, derived_keys.encrypt(self._key(tenant), name, body))
        return len(body)

    def find(self, tenant: str, name: str, question: IndexQuery, before: int | None) -> Iterator[IndexRow]:
        return find(self._opened(tenant, name), question, before)

    def version_of(self, tenant: str, name: str, n: int) -> int | None:
        return version_of(self._opened(tenant, name), n)

    def remove(self, tenant: str, name: str) -> None:
        with self._lock:
            self._open.pop((tenant, name), None)
        self._objects.remove(tenant, name)

    def _opened(self, tenant: str, name: str) -> sqlite3.Connection:
        with self._lock:
            known = self._open.get((tenant, name))
            if known is None:
                body = self._body(tenant, name)
                known = self._open[tenant, name] = opened(body), len(body)
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
