"""The repair of the search: a lost manifest begins again, with all segments missing."""

from __future__ import annotations

from functools import partial

from chalicelib.casework.composing.derived import DerivedFault, DerivedPart, Faults, Replayed
from chalicelib.features.search import entitlement, index_texts
from chalicelib.features.search.index import manifest, merging, pending, rebuild
from chalicelib.kit.instants import Instant
from chalicelib.policy.language.vocabulary import INDEXED_EVENTS
from chalicelib.store import keys
from chalicelib.store.restoring import restore
from chalicelib.store.stored_form import Damaged
from chalicelib.wiring import Wiring


def _searched(record: Replayed) -> Faults:
    if keys.is_unit(record.ref.number) or not entitlement.has_search(record.wiring, record.ref.tenant):
        return
    places = [place for place, event in enumerate(record.events) if event.type in INDEXED_EVENTS]
    committed = record.committed(places[-1]) if places else None
    if committed is not None and not index_texts.is_indexed(record.wiring, committed):
        yield DerivedFault("search", "texts", partial(index_texts.index_again, record.wiring, committed))


def _manifest(wiring: Wiring, tenant: str) -> Faults:
    if not entitlement.has_search(wiring, tenant):
        return
    store = wiring.store
    entry = manifest.find(store, tenant)
    try:
        is_lost = not manifest.parse(entry).version and merging.is_behind(store, tenant)
    except Damaged:
        is_lost = True
    if is_lost:
        first = manifest.StoredManifest(manifest.Manifest(), 0 if entry is None else entry.version or 0)
        wanted = first.write(tenant, manifest.Manifest(missing=merging.blocks_of(store, tenant))).entry
        yield DerivedFault(
            manifest.KIND, "missing" if entry is None else "unreadable", partial(restore, store, entry, wanted)
        )


def _begin(wiring: Wiring, tenant: str, now: Instant) -> None:
    if entitlement.has_search(wiring, tenant):
        rebuild.start_if_needed(wiring, tenant, manifest.read(wiring.store, tenant), now)


PART = DerivedPart(
    "search",
    _searched,
    kinds=(pending.KIND, manifest.KIND),
    lookups=("search",),
    late=True,
    of_organisation=_manifest,
    begin=_begin,
)
