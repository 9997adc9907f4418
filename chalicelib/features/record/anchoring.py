"""Anchoring: every hour, writes the heads of changed records under one Merkle root into a write-once object (X.4).

Only changed records are anchored. Records only grow, so earlier anchors stay true, and the cost depends on the number
of changes, not on the size of the archive. An hour without changes makes no anchor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from chalicelib.casework import anchor_marks, snapshot
from chalicelib.complaints.envelope import NO_HASH
from chalicelib.features.record import anchor
from chalicelib.features.record.anchor import Anchor, ChainPosition, Head
from chalicelib.jobs.hourly import Hour, HourlyStep
from chalicelib.kit.instants import Instant, to_text
from chalicelib.ports import Vault
from chalicelib.statistics.cells.collection import MARKS
from chalicelib.store import keys, object_keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import CommitConflict, Entry, Key, Put, Remove, Require, Store, Write
from chalicelib.store.sizes import MAX_KEYS, MAX_WRITES
from chalicelib.store.stored_form import Damaged, Form
from chalicelib.tenants import organisation

KIND = "anchor"
ANCHORS = "anchor"
"""The name of the look-up of all anchors."""
_READ_BATCH = MAX_KEYS
MOST_HEADS = 10_000
"""In one anchor, which is about 1.2 MB then. More changes make more anchors."""
_MONTHS = 60


class AnchorRow(msgspec.Struct, frozen=True):
    """The anchor's item: its object without the heads. `digest`: of the object's body; `heads`: their count."""

    n: int
    at: str
    root: str
    prev: str
    digest: str
    heads: int


class LastAnchor(msgspec.Struct, frozen=True):
    """The item that names an aggregate's latest anchor. `seq`: of its head there."""

    n: int
    seq: int


FORM = Form(KIND, AnchorRow, keeps=False)
LAST = Form(keys.LOOKUP_KIND, LastAnchor, of="anchored", keeps=False)


def anchor_changes(store: Store, vault: Vault, tenant: str, now: Instant, settled: Sequence[Key] | None = None) -> int:
    """Returns the number of anchors made. The caller has bound the tenant. `settled`: the settled marks, if they were
    read just now.

    Runs for one tenant may overlap or crash. The next run completes what a crashed run left.
    """
    made = 0
    while True:
        marks = _read_marks(store, tenant, now) if settled is None else list(settled[:MOST_HEADS])
        settled = None
        heads = _read_heads(store, tenant, anchor_marks.complaint_numbers(marks))
        if not heads:
            _commit(store, [Remove(mark) for mark in marks])
            return made
        # If a crashed run has written the next anchor's object, this completes that anchor and makes none. The loop
        # then reads the marks again and anchors the remaining heads.
        made += _make_anchor(store, vault, tenant, heads, marks, now)


def latest_anchor(store: Store, tenant: str) -> AnchorRow | None:
    page = store.query(anchor_key(tenant, 0).pk, limit=1, newest_first=True)
    return FORM.read(page.entries[0]) if page.entries else None


def last_anchor_key(tenant: str, aggregate: str) -> Key:
    """The key of the aggregate's `LastAnchor` item."""
    return keys.lookup(tenant, "anchored", aggregate)


def anchor_key(tenant: str, n: int) -> Key:
    return keys.lookup(tenant, ANCHORS, "", f"{n:08d}")


def _read_marks(store: Store, tenant: str, now: Instant) -> list[Key]:
    found: list[Key] = []
    for page in anchor_marks.settled_marks(store, tenant, now, _READ_BATCH):
        found.extend(page)
        if len(found) >= MOST_HEADS:
            break
    return found


def _read_heads(store: Store, tenant: str, numbers: Sequence[str]) -> list[Head]:
    found = list(_organisation_head(store, tenant))
    for entry in reads.read_all(store, [snapshot.key(CaseRef(tenant, number)) for number in numbers]).values():
        if entry.kind in (snapshot.KIND, snapshot.UNIT_KIND):
            found.extend(_head(entry))
    return found


def _head(entry: Entry) -> Iterator[Head]:
    """Yields nothing for an unreadable snapshot: the others are anchored, and its own verification reports it."""
    with suppress(Damaged):
        row = snapshot.COMPLAINT.read_part(entry, _RecordHead)
        yield Head(row.number, row.seq, row.head)


class _RecordHead(msgspec.Struct, frozen=True):
    number: str
    seq: int
    head: str


def _organisation_head(store: Store, tenant: str) -> Iterator[Head]:
    """Yields nothing if the organisation's record has not changed since its last anchor."""
    key, last_key = organisation.key(tenant), last_anchor_key(tenant, keys.ORGANISATION)
    entries = store.get([key, last_key])
    found = organisation.parse(entries[key])
    if last_key not in entries or LAST.read(entries[last_key]).seq < found.seq:
        yield Head(keys.ORGANISATION, found.seq, found.head)


def _make_anchor(store: Store, vault: Vault, tenant: str, heads: list[Head], marks: list[Key], now: Instant) -> bool:
    """Returns True if these heads were anchored, False if another run's anchor took the number.

    The object is written first, and only once: of two runs, the first to write it wins. Then the items are written from
    the object. If the process stops in between, the next run writes them.
    """
    latest = latest_anchor(store, tenant)
    n = 1 if latest is None else latest.n + 1
    position = ChainPosition(tenant, n, to_text(now), NO_HASH if latest is None else latest.digest)
    made = anchor.make(position, heads, _issued_numbers(store, tenant), _previous(store, vault, tenant, heads, n - 1))
    name = object_keys.anchor(tenant, n)
    body = made.body()
    written = body if vault.put_once(name, body) else vault.first(name) or b""
    is_ours = written == body
    _write_items(store, tenant, anchor.parse(written), written, marks if is_ours else [])
    return is_ours


def _issued_numbers(store: Store, tenant: str) -> dict[str, int]:
    """The count of numbers issued in each of the latest months."""
    first, last = keys.MONTH_COUNTERS
    pk = keys.organisation(tenant)
    page = store.query(pk, first=first, last=last, limit=_MONTHS, newest_first=True)
    return {keys.month_of(entry.key): entry.count or 0 for entry in page.entries}


def _previous(store: Store, vault: Vault, tenant: str, heads: Sequence[Head], last: int) -> dict[str, int]:
    """By aggregate: the number of its previous anchor (`Anchor.before`), fixed here against later changes of the table.

    `last`: the number of the latest anchor. Its items may be incomplete, so its object is read as well.
    """
    aggregates = {last_anchor_key(tenant, head.aggregate): head.aggregate for head in heads}
    entries = reads.read_all(store, list(aggregates))
    found = {aggregates[key]: LAST.read(entry).n for key, entry in entries.items()}
    body = vault.first(object_keys.anchor(tenant, last)) if last else None
    in_last = {head.aggregate for head in _heads_in(body)}
    return {**found, **{head.aggregate: last for head in heads if head.aggregate in in_last}}


def _heads_in(body: bytes | None) -> list[Head]:
    """Empty for a missing or invalid anchor: verification reports it, and later anchors are still made."""
    with suppress(ValueError):
        return anchor.parse(body or b"").heads
    return []


def _write_items(store: Store, tenant: str, made: Anchor, body: bytes, marks: list[Key]) -> None:
    """Writes the anchor's item, then each head's `LastAnchor`. Removes the marks last."""
    with suppress(CommitConflict):  # another run has written the item for the same object
        store.commit([Put(item_of(tenant, made, body))])
    last_anchors = [Put(last_anchor(tenant, made.n, head), if_absent=False) for head in made.heads]
    _commit(store, [*last_anchors, *map(Remove, marks)])


def none_later(tenant: str, n: int) -> Require:
    """The condition that anchor `n` is the latest. A later one writes its item before the look-ups of its records."""
    return Require(anchor_key(tenant, n + 1), present=False)


def item_of(tenant: str, made: Anchor, body: bytes) -> Entry:
    """`body`: of the anchor's object."""
    row = AnchorRow(made.n, made.at, made.root, made.prev, anchor.digest(body), len(made.heads))
    return FORM.entry(anchor_key(tenant, made.n), row)


def last_anchor(tenant: str, n: int, head: Head) -> Entry:
    return LAST.entry(last_anchor_key(tenant, head.aggregate), LastAnchor(n, head.seq))


def _commit(store: Store, writes: Sequence[Write]) -> None:
    for first in range(0, len(writes), MAX_WRITES):
        store.commit(writes[first : first + MAX_WRITES])


def _anchor(hour: Hour) -> None:
    anchor_changes(hour.wiring.store, hour.wiring.vault, hour.tenant, hour.now, hour.left.get(MARKS))


HOURLY = HourlyStep("anchors", _anchor, after=(MARKS,))
"""Anchors the records whose marks were taken over, and removes the marks (X.4)."""
