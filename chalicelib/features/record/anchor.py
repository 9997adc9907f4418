"""Anchors: the heads of all records that changed since the previous anchor, and the Merkle root over them (pure).

A tenant's anchors are numbered from 1 and chained: each has the digest of the previous one, so that a missing anchor is
detected. A head states that event `seq` of a record has a certain hash. Records only grow, so a head stays true.

A record is checked against its own hashes and against anchors, also offline, in an exported archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from chalicelib.complaints.envelope import NO_HASH, PrivateValue, break_in_chain
from chalicelib.kit import canonical, merkle
from chalicelib.kit.decoding import whole_number
from chalicelib.store.keys import ORGANISATION


class Head(NamedTuple):
    """The last event of a record. `aggregate`: a complaint's number, `U#<unit>`, or `ORG` for the organisation's."""

    aggregate: str
    seq: int
    hash: str

    def leaf(self) -> bytes:
        """The Merkle tree's leaf: canonical JSON of `[aggregate, seq, hash]`."""
        return canonical.encode(list(self))


class ChainPosition(NamedTuple):
    """An anchor's place in the tenant's chain. `at`, `prev`: see `Anchor`."""

    tenant: str
    n: int
    at: str
    prev: str


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the write-once object, which is stored as canonical JSON."""

    v: int = 1
    tenant: str
    n: int
    at: str
    """UTC text. The heads were read at this time or a moment later."""
    prev: str
    """SHA-256 of the body of anchor `n - 1`; zeros for the first."""
    root: str
    heads: list[Head]
    """Sorted by aggregate."""
    numbers: dict[str, int] = {}
    """The count of complaint numbers issued in each month. Each of these complaints is in this anchor, an earlier one,
    or one of the next two hours."""
    before: dict[str, int] = {}
    """By aggregate: the number of the previous anchor with a head of it. Aggregates without one are here for the first
    time."""

    def body(self) -> bytes:
        return canonical.encode(msgspec.to_builtins(self))

    def head_of(self, aggregate: str) -> tuple[int, Head] | None:
        """The leaf's position and the head, or None."""
        return next((found for found in enumerate(self.heads) if found[1].aggregate == aggregate), None)

    def counts(self, aggregate: str) -> bool:
        """True if the complaint's number had been issued. Always true for the organisation's record."""
        if aggregate == ORGANISATION:
            return True
        month, _, text = aggregate.partition("-")
        number = whole_number(text)
        return number is not None and number <= self.numbers.get(month, 0)


def make(
    position: ChainPosition,
    heads: Sequence[Head],
    numbers: Mapping[str, int] | None = None,
    before: Mapping[str, int] | None = None,
) -> Anchor:
    ordered = sorted(heads)
    return Anchor(
        **position._asdict(),
        root=merkle.root([head.leaf() for head in ordered]),
        heads=ordered,
        numbers=dict(numbers or {}),
        before=dict(before or {}),
    )


def digest(body: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def parse(body: bytes) -> Anchor:
    """Raises ValueError if the body is not an anchor, or its root does not match its heads."""
    anchor = msgspec.json.decode(body, type=Anchor)
    if anchor.root != merkle.root([head.leaf() for head in anchor.heads]):
        raise ValueError("the root does not match the heads")
    return anchor


def follows(anchor: Anchor, before: bytes | None) -> bool:
    """True if the anchor is next in the chain. `before`: the previous anchor's body; None: the anchor must be first."""
    if before is None:
        return anchor.n == 1 and anchor.prev == NO_HASH
    return anchor.n == parse(before).n + 1 and anchor.prev == digest(before)


def matches(head: Head, events: Sequence[dict[str, Any]]) -> bool:
    """True if the record has the head's event. `events`: the whole record."""
    return len(events) >= head.seq and events[head.seq - 1].get("hash") == head.hash


Events = Sequence[dict[str, Any]]


def record_faults(name: str, events: Events, head: str, heads: Sequence[Head] = ()) -> Iterator[str]:
    """Yields the faults of a whole record. `head`: the hash in its state; `heads`: its heads in all anchors."""
    broken = break_in_chain(events)
    if broken is not None:
        yield f"{name}: event {broken + 1} was changed, inserted or moved"
    elif head != (events[-1]["hash"] if events else NO_HASH):
        yield f"{name}: the record's last event is not the one in its state"
    for anchored in heads:
        if len(events) < anchored.seq:
            yield f"{name}: an anchor has event {anchored.seq}, but the record ends at event {len(events)}"
        elif not matches(anchored, events):
            yield f"{name}: event {anchored.seq} is not the event that an anchor has"


def erased_before(events: Events) -> int:
    """The number of the event that says that all private values before it were erased; 0 without one."""
    return max((event.get("seq", 0) for event in events if event.get("type") == "values_erased"), default=0)


def private_value_faults(
    name: str,
    events: Events,
    values: Mapping[tuple[int, int], PrivateValue],
    unreadable: Collection[tuple[int, int]] = (),
) -> Iterator[str]:
    """Yields private values that are missing or changed. Those before an erasure on record may be missing.

    `values` and `unreadable`: by event number and place.
    """
    digests = {event.get("seq"): event.get("private", []) for event in events}
    for (seq, place), value in sorted(values.items()):
        recorded = digests.get(seq, [])
        if place >= len(recorded) or recorded[place] != value.digest():
            yield f"{name}: private value {place} of event {seq} was changed"
    erased = erased_before(events)
    for event in events:
        for place in range(len(event.get("private", [])) if event.get("seq", 0) >= erased else 0):
            if (at := (event.get("seq"), place)) not in values and at not in unreadable:
                yield f"{name}: private value {place} of event {at[0]} is missing"
