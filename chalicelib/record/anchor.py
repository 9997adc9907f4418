"""An anchor: the Merkle root over the heads of what changed since the one before, and the heads themselves (pure).

Anchors of a tenant are numbered from 1 and chained: each names the digest of the one before, so that none can be left
out unseen. A head says that the aggregate's record had an event `seq` with that hash; as records only grow, it holds
for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from chalicelib import canonical, merkle
from chalicelib.complaints.envelope import NO_HASH
from chalicelib.store.keys import ORGANISATION


class Head(NamedTuple):
    """`aggregate`: a complaint's number, or `ORG` for the organisation's own record."""

    aggregate: str
    seq: int
    hash: str

    def leaf(self) -> bytes:
        """Canonical JSON of the three."""
        return canonical.encode(list(self))


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """The body of the write-once object, as canonical JSON."""

    v: int = 1
    tenant: str
    n: int
    at: str
    """UTC text: the heads are those of this time or a moment later."""
    prev: str
    """SHA-256 of the body of anchor `n - 1`; zeros for the first."""
    root: str
    heads: list[Head]
    """By aggregate."""
    numbers: dict[str, int] = {}
    """How many complaints' numbers each month had given out: what bears one is in this anchor, in one before it, or in
    one of the next two hours."""
    before: dict[str, int] = {}
    """By aggregate: the anchor that had its head last before this one. What is not named is here for the first time."""

    def body(self) -> bytes:
        return canonical.encode(msgspec.to_builtins(self))

    def head_of(self, aggregate: str) -> tuple[int, Head] | None:
        """Its position among the leaves, and the head."""
        return next((found for found in enumerate(self.heads) if found[1].aggregate == aggregate), None)

    def counts(self, aggregate: str) -> bool:
        """Whether it was there already, by its number; the organisation's own record is there from the first."""
        if aggregate == ORGANISATION:
            return True
        month, _, number = aggregate.partition("-")
        return number.isdecimal() and int(number) <= self.numbers.get(month, 0)


def make(
    tenant: str,
    n: int,
    at: str,
    prev: str,
    heads: Sequence[Head],
    numbers: Mapping[str, int] | None = None,
    before: Mapping[str, int] | None = None,
) -> Anchor:
    ordered = sorted(heads)
    return Anchor(
        tenant=tenant,
        n=n,
        at=at,
        prev=prev,
        root=merkle.root([head.leaf() for head in ordered]),
        heads=ordered,
        numbers=dict(numbers or {}),
        before=dict(before or {}),
    )


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def parse(body: bytes) -> Anchor:
    """Raises ValueError for what is no anchor, or one whose root is not that of its heads."""
    anchor = msgspec.json.decode(body, type=Anchor)
    if anchor.root != merkle.root([head.leaf() for head in anchor.heads]):
        raise ValueError("the root is not that of the heads")
    return anchor


def follows(anchor: Anchor, before: bytes | None) -> bool:
    """Whether it stands behind the anchor with that body; None: behind none."""
    if before is None:
        return anchor.n == 1 and anchor.prev == NO_HASH
    return anchor.n == parse(before).n + 1 and anchor.prev == digest(before)


def matches(head: Head, events: Sequence[dict[str, Any]]) -> bool:
    """Whether a record, from its first event, still has the event that the head speaks of."""
    return len(events) >= head.seq and events[head.seq - 1].get("hash") == head.hash
