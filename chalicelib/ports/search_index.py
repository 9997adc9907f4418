"""Ports of the blind index. A segment has the rows of up to `BLOCK` complaint numbers of a month, and never changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, Protocol

import msgspec

BLOCK = 5_000
"""Complaint numbers of one segment."""


class SegmentDamaged(Exception):
    """The segment is missing, was changed, or does not open."""


class TextPlace(NamedTuple):
    """A private item of the record whose values are indexed: event, position in the event, confidentiality class."""

    seq: int
    position: int
    holder: str


class IndexRow(msgspec.Struct, frozen=True, array_like=True):
    """A complaint in the index. `n`: its place in the month. `version`: its last event when the row was made."""

    n: int
    version: int
    unit: str | None
    places: list[TextPlace]


class Posting(msgspec.Struct, frozen=True):
    """A row with its tokens. Without tokens, the complaint leaves the index."""

    row: IndexRow
    tokens: Collection[str]


class IndexQuery(msgspec.Struct, frozen=True):
    """`all_of`: for each word, one set of tokens for each confidentiality class; one of these sets must be present.

    `units`: the complaints of these units, where None stands for those without a unit; None for all complaints.
    """

    all_of: Sequence[Sequence[Collection[str]]]
    units: Collection[str | None] | None = None

    def accepts(self, posting: Posting) -> bool:
        """Whether the complaint of the posting is an answer."""
        tokens = frozenset(posting.tokens)
        return (self.units is None or posting.row.unit in self.units) and all(
            any(tokens.issuperset(one) for one in word) for word in self.all_of
        )


class SearchIndex(Protocol):
    """Segments of blind postings. The caller has bound the tenant."""

    def write(self, tenant: str, name: str, postings: Sequence[Posting], base: str | None) -> int:
        """Writes a segment with the base's rows and the postings, and returns its bytes.

        Of two rows of a complaint, the one with the higher version stays. Raises `SegmentDamaged` for a damaged base.
        """
        ...

    def find(self, tenant: str, name: str, question: IndexQuery, before: int | None) -> Iterator[IndexRow]:
        """Yields the rows that have the tokens, from the highest number below `before`. Raises `SegmentDamaged`."""
        ...

    def version_of(self, tenant: str, name: str, n: int) -> int | None:
        """The version of a row; None without one. Raises `SegmentDamaged`."""
        ...

    def remove(self, tenant: str, name: str) -> None:
        """A missing segment is no error."""
        ...


class SegmentObjects(Protocol):
    """Objects that hold segments (Amazon S3), for engines that keep theirs in files."""

    def put(self, tenant: str, name: str, body: bytes) -> None: ...

    def get(self, tenant: str, name: str) -> bytes | None: ...

    def remove(self, tenant: str, name: str) -> None: ...
