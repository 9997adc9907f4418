"""What follows from the record of a complaint or a unit: one row of `PARTS` for each part that a repair writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import msgspec

from chalicelib.casework import anchor_marks, duplicates, fact_lookups, private_values, snapshot
from chalicelib.casework.committed_event import CommittedEvent
from chalicelib.features.deadlines import quarantine
from chalicelib.features.record.anchoring import LAST, last_anchor_key
from chalicelib.features.register import notice
from chalicelib.features.repair import faults
from chalicelib.features.repair.faults import Derived, Fault, Faults, Replayed
from chalicelib.features.search import entitlement, index_texts
from chalicelib.features.similar import index, signing
from chalicelib.features.units import score_unit
from chalicelib.features.worklists import work_lists
from chalicelib.kit.instants import from_text
from chalicelib.limits import plans
from chalicelib.policy.language.vocabulary import INDEXED_EVENTS
from chalicelib.store import event_log, keys, reads
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry


class Part(NamedTuple):
    """`faults`: those of one record. `kinds`, `lookups`: of the items that it writes, without the look-ups' own kind.

    `late`: reactions write the items a moment after the event.
    """

    faults: Callable[[Replayed], Faults]
    kinds: tuple[str, ...] = ()
    lookups: tuple[str, ...] = ()
    late: bool = False


def _snapshot(record: Replayed) -> Faults:
    wanted = snapshot.entry(record.ref.tenant, record.case.complaint, record.case.policy)
    kept = partial(_is_quarantined, record, wanted)
    return faults.against(record.store, record.stored, Derived(wanted, kept))


def _is_quarantined(record: Replayed, wanted: Entry, stored: Entry) -> bool:
    """True if only the key in index `due` is missing, because the entry waits for a redrive."""
    if wanted.due is None or stored != msgspec.structs.replace(wanted, due=None):
        return False
    return quarantine.waits(record.store, record.ref, stored.version or 0)


def _marks(record: Replayed) -> Faults:
    """The marks of the events that no anchor has yet."""
    found = reads.find(record.store, last_anchor_key(*record.ref))
    anchored = 0 if found is None else LAST.read(found).seq  # the anchors come first
    marks = [anchor_marks.mark(record.ref, from_text(event.recorded_at)) for event in record.events[anchored:]]
    entries = {mark.entry.key: mark.entry for mark in marks}
    return faults.compared(record.store, map(Derived, entries.values()))


def _followers(record: Replayed) -> Faults:
    found = duplicates.follower_entries(record.ref.tenant, record.ref.number, record.events)
    return faults.compared(record.store, map(Derived, found))


def _facts(record: Replayed) -> Faults:
    """Those of private values that do not open are left out: the verification reports the values."""
    if keys.is_unit(record.ref.number):
        return iter(())
    wiring, filing = record.wiring, record.events[0]
    intake = wiring.compiled.get(record.ref.tenant, filing.policy).document.intake
    facts = {**filing.fields.get("facts", {}), **_filed_values(record)}
    names = fact_lookups.keys_by_value(wiring.secrets, record.ref.tenant, intake, facts, record.ref.number)
    return faults.missing(record.store, names, fact_lookups.entry)


def _filed_values(record: Replayed) -> dict[str, Any]:
    found = record.store.get(private_values.keys_of_event(record.ref, 1))
    opened = (private_values.try_open(record.wiring.sealer, record.ref, entry) for entry in found.values())
    return {name: content for value in opened if value is not None for name, content in value.values.items()}


def _scores(record: Replayed) -> Faults:
    """The judgement that counted last, of each complaint against this unit."""
    last = {event.fields["complaint"]: event.fields["cause"] for event in record.events if event.type == "scored"}
    wanted = (
        Derived(score_unit.mark(record.ref.tenant, complaint, cause), partial(_counts_later, record, complaint, cause))
        for complaint, cause in last.items()
    )
    return faults.compared(record.store, wanted)


def _counts_later(record: Replayed, complaint: str, cause: str, stored: Entry) -> bool:
    """True if a later judgement of the complaint changed nothing, because the points were over."""
    ids = [event.id for event in event_log.read(record.store, CaseRef(record.ref.tenant, complaint).pk)]
    return cause in ids and stored.body in ids[ids.index(cause) :]


def _notices(record: Replayed) -> Faults:
    found = notice.of(record.store, *record.ref)
    lookups = [notice.lookup_of(record.ref.tenant, notice.parse(one)) for one in found if one.kind == notice.KIND]
    return faults.compared(record.store, map(Derived, lookups))


def _work_lists(record: Replayed) -> Faults:
    store, compiled, ref = record.store, record.wiring.compiled, record.ref
    if not work_lists.are_current(store, ref.tenant, record.case):
        yield Fault(work_lists.KIND, "rows", partial(work_lists.rewrite, store, compiled, ref))


def _similar(record: Replayed) -> Faults:
    """The encrypted signature has other bytes each time. What it says is compared."""
    wiring, ref = record.wiring, record.ref
    filing = _committed(record, 0)
    if keys.is_unit(ref.number) or not signing.applies(filing) or not _plan(record).similar:
        return
    private = wiring.store.get(private_values.filing_keys(ref))
    signed = signing.signature_of(wiring, ref, msgspec.structs.replace(record.case, entries=private), filing.policy)
    if signed is not None and not index.has(wiring.store, wiring.sealer, ref, *signed):
        yield Fault(index.KIND, "signature", partial(index.rewrite, wiring.store, wiring.sealer, ref, *signed))


def _searched(record: Replayed) -> Faults:
    if keys.is_unit(record.ref.number) or not entitlement.has_search(record.wiring, record.ref.tenant):
        return
    places = [place for place, event in enumerate(record.events) if event.type in INDEXED_EVENTS]
    committed = _committed(record, places[-1]) if places else None
    if committed is not None and not index_texts.is_indexed(record.wiring, committed):
        yield Fault("search", "texts", partial(index_texts.index_again, record.wiring, committed))


def _committed(record: Replayed, place: int) -> CommittedEvent:
    event = record.events[place]
    load = partial(record.wiring.compiled.get, record.ref.tenant, event.policy)
    return CommittedEvent(*record.ref, event=event, entries={}, load_policy=load, again=True)


def _plan(record: Replayed) -> plans.Plan:
    record.wiring.states.state(record.ref.tenant)
    return plans.of(record.wiring.states.plan(record.ref.tenant))


PARTS: dict[str, Part] = {
    # First: all are computed from the events, but some are written from the stored state.
    "snapshots": Part(_snapshot, kinds=(snapshot.KIND, snapshot.UNIT_KIND)),
    "facts": Part(_facts, lookups=("subject", "phone", "email")),
    "followers": Part(_followers, lookups=("follows",)),
    "scores": Part(_scores, lookups=("scored",)),
    "notices": Part(_notices, lookups=("notice",)),
    "work lists": Part(_work_lists, kinds=(work_lists.KIND,), lookups=("work",), late=True),
    "similar complaints": Part(
        _similar, kinds=(index.KIND, index.POSTING_KIND), lookups=("signatures", "similar"), late=True
    ),
    "search": Part(_searched, kinds=("search-pending",), lookups=("search",), late=True),
    "anchor marks": Part(_marks, lookups=("changed",)),
}
"""By name, in this order."""
