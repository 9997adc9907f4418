"""The index of the search in memory: a second engine behind the port, without SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from chalicelib.ports.search_index import IndexQuery, IndexRow, Posting, SegmentDamaged


class FakeSearchIndex:
    """`SearchIndex`. `segments`: the postings by tenant and name. `damaged`: the names of segments that do not open.

    `meanwhile`: called once before the next segment is written, with the name of its base.
    """

    def __init__(self) -> None:
        self.meanwhile: Callable[[str | None], None] | None = None
        self.segments: dict[tuple[str, str], dict[int, Posting]] = {}
        self.damaged: set[str] = set()

    def write(self, tenant: str, name: str, postings: Sequence[Posting], base: str | None) -> int:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile(base)
        rows = {} if base is None else dict(self._segment(tenant, base))
        for one in sorted(postings, key=lambda each: each.row.version):
            if one.row.n not in rows or rows[one.row.n].row.version <= one.row.version:
                rows[one.row.n] = one
        self.segments[tenant, name] = {n: one for n, one in rows.items() if one.tokens}
        return sum(len(one.tokens) for one in rows.values())

    def find(self, tenant: str, name: str, question: IndexQuery, before: int | None) -> Iterator[IndexRow]:
        rows = self._segment(tenant, name)
        found = (rows[n] for n in sorted(rows, reverse=True) if before is None or n < before)
        return (one.row for one in found if question.accepts(one))

    def version_of(self, tenant: str, name: str, n: int) -> int | None:
        found = self._segment(tenant, name).get(n)
        return None if found is None else found.row.version

    def remove(self, tenant: str, name: str) -> None:
        self.segments.pop((tenant, name), None)

    def _segment(self, tenant: str, name: str) -> dict[int, Posting]:
        if name in self.damaged or (tenant, name) not in self.segments:
            raise SegmentDamaged(name)
        return self.segments[tenant, name]


class FakeSegmentObjects:
    """`SegmentObjects` in memory."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], bytes] = {}

    def put(self, tenant: str, name: str, body: bytes) -> None:
        self.stored[tenant, name] = body

    def get(self, tenant: str, name: str) -> bytes | None:
        return self.stored.get((tenant, name))

    def remove(self, tenant: str, name: str) -> None:
        self.stored.pop((tenant, name), None)
