"""The merge: pending texts go into new segments.

A new object is written first. Then one transaction switches the manifest and removes the pending texts, on condition
that both are as they were read. If it fails, the object is removed and nothing has changed. Replaced objects are
removed an hour later.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from chalicelib.casework import numbers
from chalicelib.crypto.derived_keys import Altered
from chalicelib.features.search.index import manifest, pending, rebuild
from chalicelib.features.search.index.manifest import Manifest, StoredManifest
from chalicelib.features.search.index.pending import Waiting
from chalicelib.kit.instants import Instant
from chalicelib.ports.search_index import SegmentDamaged
from chalicelib.store import keys
from chalicelib.store.port import CommitConflict, Entry, Store, Write
from chalicelib.wiring import Wiring

MOST_MERGES = 10
"""Segments that one merge writes. `merge_job` goes on with the rest."""


class Merged(msgspec.Struct, frozen=True):
    """`texts`: how many pending texts went into segments. `left`: whether more are pending."""

    manifest: Manifest
    texts: int
    left: bool


def merge(wiring: Wiring, tenant: str, now: Instant) -> Merged:
    """The caller binds the tenant. Raises `CommitConflict` if another writer changed the manifest or a pending text
    meanwhile."""
    waiting = pending.read(wiring.store, tenant)
    stored = _prepared(wiring, tenant, waiting, now)
    parts = _by_block(waiting.texts)
    for block, texts in parts[:MOST_MERGES]:
        stored = _merge_block(wiring, tenant, stored, block, texts, now)
    rebuild.start_if_needed(wiring, tenant, stored, now)
    done = sum(len(texts) for _, texts in parts[:MOST_MERGES])
    return Merged(stored.manifest, done, waiting.cut or len(parts) > MOST_MERGES)


def forget(wiring: Wiring, tenant: str) -> None:
    """Removes the index of an organisation whose plan has no search any more: nothing would keep it up to date.

    The manifest goes last, with the last pending texts. Without it, a later plan's first merge builds the index anew.
    """
    if not manifest.read(wiring.store, tenant).version:
        return
    waiting = pending.read(wiring.store, tenant)
    stored = waiting.stored
    for name in (*stored.manifest.objects.values(), *(one.name for one in stored.manifest.retired)):
        wiring.search.remove(tenant, name)
    pending.forget(wiring.store, tenant, waiting)


def _by_block(texts: Mapping[str, Entry]) -> Sequence[tuple[str, Sequence[Entry]]]:
    """The blocks with the most pending texts first, each with those of one transaction."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for number, entry in texts.items():
        found[manifest.block_of(number)].append(entry)
    parts = [
        (block, entries[first : first + pending.PER_COMMIT])
        for block, entries in found.items()
        for first in range(0, len(entries), pending.PER_COMMIT)
    ]
    return sorted(parts, key=lambda part: len(part[1]), reverse=True)


def _prepared(wiring: Wiring, tenant: str, waiting: Waiting, now: Instant) -> StoredManifest:
    """The manifest without damaged segments and without objects that were replaced long ago; the first one of all."""
    stored = waiting.stored
    after = stored.manifest if stored.version else _first(wiring.store, tenant, waiting)
    for mark in waiting.damaged:
        after = after.without(keys.damaged_block(mark), now)
    gone = [one for one in after.retired if one.at + manifest.KEPT <= now]
    for one in gone:
        wiring.search.remove(tenant, one.name)
    after = replace(after, retired=[one for one in after.retired if one not in gone])
    return stored if after == stored.manifest else _commit(wiring, tenant, stored, after, waiting.removed_marks())


def _first(store: Store, tenant: str, waiting: Waiting) -> Manifest:
    """Nothing is missing if every complaint is pending, as in an organisation's first hour."""
    months = numbers.months(store, tenant)
    is_new = sum(month.count for month in months) <= len(waiting.texts)
    return Manifest(missing=[] if is_new else manifest.blocks_of(months))


def is_behind(store: Store, tenant: str) -> bool:
    """Whether an index without a manifest has lost it: not every complaint is pending, as in the first hour."""
    return bool(_first(store, tenant, pending.read(store, tenant)).missing)


def blocks_of(store: Store, tenant: str) -> list[str]:
    """The blocks of all numbers."""
    return manifest.blocks_of(numbers.months(store, tenant))


def _merge_block(
    wiring: Wiring, tenant: str, stored: StoredManifest, block: str, texts: Sequence[Entry], now: Instant
) -> StoredManifest:
    found = stored.manifest
    removed = pending.removed(texts)
    try:
        postings = [pending.posting_in(wiring.sealer, tenant, entry) for entry in texts]
    except Altered:  # the records have the texts
        return _commit(wiring, tenant, stored, found.without(block, now), removed)
    base = found.objects.get(block)
    name = f"{manifest.object_name(block, stored, postings)}-{secrets.token_hex(4)}"
    try:
        wiring.search.write(tenant, name, postings, base)
    except SegmentDamaged:
        return _commit(wiring, tenant, stored, found.without(block, now), [])
    try:
        return _commit(wiring, tenant, stored, found.with_object(block, name, now), removed)
    except CommitConflict:
        _remove_unused(wiring, tenant, name)
        raise


def _remove_unused(wiring: Wiring, tenant: str, name: str) -> None:
    """Removes the object of a refused commit. No other run writes an object of this name, because a part of it is
    random: an overlapping run that read the same may still commit its own.

    It stays if the manifest has it after all. After a crash, an object can stay as well. It is never read, and erased
    with the organisation.
    """
    found = manifest.read(wiring.store, tenant).manifest
    if name not in {*found.objects.values(), *(one.name for one in found.retired)}:
        wiring.search.remove(tenant, name)


def _commit(
    wiring: Wiring, tenant: str, stored: StoredManifest, after: Manifest, others: Sequence[Write]
) -> StoredManifest:
    wiring.store.commit([stored.write(tenant, after), *others])
    return StoredManifest(after, stored.version + 1)
