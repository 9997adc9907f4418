"""Anchoring: each hour the heads of what changed go, under one Merkle root, into a write-once object (X.4).

Only what changed since is anchored: a record only grows, so what an earlier anchor says of a complaint stays true, and
the cost follows the work and not the archive. An hour without a change makes no anchor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

import msgspec

from chalicelib import observability
from chalicelib.casework import anchor_marks, snapshot
from chalicelib.complaints.envelope import NO_HASH
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import Instant, to_text
from chalicelib.record import anchor
from chalicelib.record.anchor import Anchor, Head
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Remove, Write
from chalicelib.tenants import organisation
from chalicelib.wiring import Wiring

KIND = "anchor"
MOST_HEADS = 10_000
"""Of one anchor, some 1.2 MB; more changes make more anchors."""
_T = TypeVar("_T")
_READ = 100
_MONTHS = 60
_WRITE_AT_ONCE = 90


class AnchorRow(msgspec.Struct, frozen=True):
    """The anchor's item: what the object holds, but for the heads. `digest`: of the object's body."""

    n: int
    at: str
    root: str
    prev: str
    digest: str
    heads: int


class LastAnchor(msgspec.Struct, frozen=True):
    """Of an aggregate: the anchor that holds its head last."""

    n: int
    seq: int


def anchor_changes(wiring: Wiring, tenant: str, now: Instant) -> int:
    """How many anchors were made. The tenant is bound by the caller; runs for one tenant may overlap, or die."""
    made = 0
    while True:
        marks = _marks(wiring, tenant, now)
        heads = _heads(wiring, tenant, anchor_marks.complaint_numbers(marks))
        if not heads:
            _commit(wiring, [Remove(mark) for mark in marks])
            return made
        # One that was left half-noted by a run that died comes first; then these heads are made again.
        made += _make(wiring, tenant, heads, marks, now)


def latest_anchor(wiring: Wiring, tenant: str) -> AnchorRow | None:
    page = wiring.store.query(_key(tenant, 0).pk, limit=1, newest_first=True)
    return _row(page.entries[0]) if page.entries else None


def _marks(wiring: Wiring, tenant: str, now: Instant) -> list[Key]:
    found: list[Key] = []
    for page in anchor_marks.settled_marks(wiring.store, tenant, now, _READ):
        found.extend(page)
        if len(found) >= MOST_HEADS:
            break
    return found


def _heads(wiring: Wiring, tenant: str, numbers: Sequence[str]) -> list[Head]:
    found = list(_organisation(wiring, tenant))
    for some in _some(numbers, _READ):
        wanted = [keys.snapshot(keys.aggregate(tenant, number)) for number in some]
        for entry in wiring.store.get(wanted).values():
            if entry.kind in (snapshot.KIND, snapshot.UNIT_KIND):
                found.extend(_head(tenant, entry))
    return found


def _head(tenant: str, entry: Entry) -> Iterator[Head]:
    """None of a snapshot that cannot be read: the others are anchored, and its own verification finds it."""
    try:
        row = msgspec.json.decode(entry.body, type=_Snapshot)
    except msgspec.DecodeError as error:
        observability.error("A snapshot cannot be read", tenant=tenant, error=observability.frames(error))
        return
    yield Head(row.number, row.seq, row.head)


class _Snapshot(msgspec.Struct, frozen=True):
    number: str
    seq: int
    head: str


def _organisation(wiring: Wiring, tenant: str) -> Iterator[Head]:
    """The organisation's own record, where it has changed since it was anchored."""
    key, seen = keys.snapshot(keys.organisation(tenant)), last_anchor_key(tenant, keys.ORGANISATION)
    entries = wiring.store.get([key, seen])
    found = organisation.parse(entries[key])
    if seen not in entries or msgspec.json.decode(entries[seen].body, type=LastAnchor).seq < found.seq:
        yield Head(keys.ORGANISATION, found.seq, found.head)


def _make(wiring: Wiring, tenant: str, heads: list[Head], marks: list[Key], now: Instant) -> bool:
    """Whether these heads are anchored.

    The object first, then the items: what was written once decides, so a run that died is made good by the next.
    """
    before = latest_anchor(wiring, tenant)
    n = 1 if before is None else before.n + 1
    prev = NO_HASH if before is None else before.digest
    wanted = anchor.make(
        tenant, n, to_text(now), prev, heads, _numbers(wiring, tenant), _before(wiring, tenant, heads, n - 1)
    )
    name = object_keys.anchor(tenant, n)
    wiring.vault.put_once(name, wanted.body())
    kept = wiring.vault.first(name) or b""
    mine = kept == wanted.body()
    _note(wiring, tenant, anchor.parse(kept), kept, marks if mine else [])
    return mine


def _numbers(wiring: Wiring, tenant: str) -> dict[str, int]:
    """How many the newest months have given out."""
    first, last = keys.month_counter(tenant, "0"), keys.month_counter(tenant, "9~")
    page = wiring.store.query(first.pk, first=first.sk, last=last.sk, limit=_MONTHS, newest_first=True)
    return {entry.key.sk.rpartition("#")[2]: entry.count or 0 for entry in page.entries}


def _before(wiring: Wiring, tenant: str, heads: Sequence[Head], last: int) -> dict[str, int]:
    """Which anchor had each last. Once this is written, what the table says of it later changes nothing.

    `last`: the one before, which may not have been noted to its end.
    """
    found: dict[str, int] = {}
    for some in _some(heads, _READ):
        names = {last_anchor_key(tenant, head.aggregate): head.aggregate for head in some}
        for key, entry in wiring.store.get(list(names)).items():
            found[names[key]] = msgspec.json.decode(entry.body, type=LastAnchor).n
    body = wiring.vault.first(object_keys.anchor(tenant, last)) if last else None
    there = {head.aggregate for head in _heads_in(body)}
    return {**found, **{head.aggregate: last for head in heads if head.aggregate in there}}


def _heads_in(body: bytes | None) -> list[Head]:
    """None of an object that is gone or is no anchor: whoever verifies finds that, and no later anchor waits for it."""
    with suppress(ValueError):
        return anchor.parse(body or b"").heads
    return []


def _note(wiring: Wiring, tenant: str, made: Anchor, body: bytes, marks: list[Key]) -> None:
    """The anchor's item, then for each head which anchor has it; the marks go last."""
    row = AnchorRow(made.n, made.at, made.root, made.prev, anchor.digest(body), len(made.heads))
    item = Entry(key=_key(tenant, made.n), kind=KIND, body=msgspec.json.encode(row).decode())
    with suppress(CommitConflict):  # another run has noted the same object
        wiring.store.commit([Put(item)])
    seen = [Put(_seen(tenant, made.n, head), if_absent=False) for head in made.heads]
    _commit(wiring, [*seen, *map(Remove, marks)])


def _commit(wiring: Wiring, writes: Sequence[Write]) -> None:
    for some in _some(writes, _WRITE_AT_ONCE):
        wiring.store.commit(some)


def _some(every: Sequence[_T], most: int) -> Iterator[Sequence[_T]]:
    yield from (every[first : first + most] for first in range(0, len(every), most))


def _seen(tenant: str, n: int, head: Head) -> Entry:
    body = msgspec.json.encode(LastAnchor(n, head.seq)).decode()
    return Entry(key=last_anchor_key(tenant, head.aggregate), kind="lookup", body=body)


def last_anchor_key(tenant: str, aggregate: str) -> Key:
    return keys.lookup(tenant, "anchored", aggregate)


def _key(tenant: str, n: int) -> Key:
    return keys.lookup(tenant, KIND, "", f"{n:08d}")


def _row(entry: Entry) -> AnchorRow:
    return msgspec.json.decode(entry.body, type=AnchorRow)
