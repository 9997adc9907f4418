"""Puts the texts of a complaint on the list for the index of the search, and tells whether the index has them."""

from __future__ import annotations

from chalicelib.casework.composing.committed_event import CommittedEvent
from chalicelib.casework.composing.erased import commit_unless_erased
from chalicelib.crypto.derived_keys import Altered
from chalicelib.features.search import entitlement
from chalicelib.features.search.index import manifest, pending, texts
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.features.search.index.texts import ReadTexts
from chalicelib.kit.instants import HOUR, Instant, from_text
from chalicelib.ports.search_index import SegmentDamaged
from chalicelib.store.conflicts import retry_on_conflict
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry
from chalicelib.wiring import Wiring

_FRESH = HOUR
"""Age up to which an event is hardly in a segment. The stream reconciliation relays older ones once more."""


def index_texts(wiring: Wiring, committed: CommittedEvent, now: Instant) -> None:
    """Computed from the record as it is now, so that repeated and late runs have the same result.

    The caller binds the tenant. Raises `CommitConflict` if other runs were faster in each of several tries.
    """
    is_fresh = from_text(committed.event.recorded_at) > now - _FRESH
    if entitlement.has_search(wiring, committed.tenant) and (is_fresh or not _is_merged(wiring, committed)):
        retry_on_conflict(lambda: _attempt(wiring, committed))


def is_indexed(wiring: Wiring, committed: CommittedEvent) -> bool:
    """Whether a segment or a pending text has the complaint's texts up to this event, or a job builds its segment."""
    found = pending.find(wiring.store, committed.ref)
    if found is not None:
        return (found.version or 0) >= committed.event.seq and _opens(wiring, committed.tenant, found)
    missing = manifest.read(wiring.store, committed.tenant).manifest.missing
    return manifest.block_of(committed.number) in missing or _is_merged(wiring, committed)


def index_again(wiring: Wiring, committed: CommittedEvent) -> None:
    """Lists the texts, also if a segment has them. A damaged segment is marked, so that it is built again."""
    found = pending.find(wiring.store, committed.ref)
    if found is not None and not _opens(wiring, committed.tenant, found):
        wiring.store.commit(pending.removed([found]))
    retry_on_conflict(lambda: _attempt(wiring, committed))
    block = manifest.block_of(committed.number)
    name = manifest.read(wiring.store, committed.tenant).manifest.objects.get(block)
    try:
        if name is not None:
            wiring.search.version_of(committed.tenant, name, manifest.place_in_month(committed.number))
    except SegmentDamaged:
        pending.mark_damaged(wiring.store, committed.tenant, block)


def index_erased(wiring: Wiring, committed: CommittedEvent) -> None:
    """Lists the complaint without its private texts, which are erased. The next merge takes their tokens away.

    A plan without the search loses its index within the hour. Until then, a plan with it could take it over.
    """
    tenant, ref = committed.tenant, committed.ref
    found = pending.find(wiring.store, ref)
    if entitlement.has_search(wiring, tenant) or manifest.read(wiring.store, tenant).version:
        wiring.store.commit([pending.write_over(wiring.sealer, ref, _read(wiring, ref).posting, found)])
    elif found is not None:
        wiring.store.commit(pending.removed([found]))


def _opens(wiring: Wiring, tenant: str, found: Entry) -> bool:
    try:
        pending.posting_in(wiring.sealer, tenant, found)
    except Altered:
        return False
    return True


def _is_merged(wiring: Wiring, committed: CommittedEvent) -> bool:
    """Whether a segment has the complaint's texts up to this event."""
    found = manifest.read(wiring.store, committed.tenant).manifest
    name = found.objects.get(manifest.block_of(committed.number))
    if name is None:
        return False
    try:
        version = wiring.search.version_of(committed.tenant, name, manifest.place_in_month(committed.number))
    except SegmentDamaged:
        return False
    return version is not None and version >= committed.event.seq


def _attempt(wiring: Wiring, committed: CommittedEvent) -> None:
    found = pending.find(wiring.store, committed.ref)
    if found is not None and (found.version or 0) >= committed.event.seq:
        return
    read = _read(wiring, committed.ref)
    write = pending.write(wiring.sealer, committed.ref, read.posting, found)
    if write is not None and read.may_be_erased:
        commit_unless_erased(wiring.store, committed.ref, [write])  # the erasure lists the complaint itself
    elif write is not None:
        wiring.store.commit([write])


def _read(wiring: Wiring, ref: CaseRef) -> ReadTexts:
    return texts.read_texts(wiring.store, wiring.sealer, wiring.compiled, ref, Tokens(wiring.sealer, ref.tenant))
