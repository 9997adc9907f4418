"""What follows from the record of a complaint or a unit. Features add their parts by their rows."""

from __future__ import annotations

from functools import cache, partial
from operator import attrgetter
from typing import Any

import msgspec

from chalicelib import composition
from chalicelib.casework import anchor_marks, fact_lookups, private_values, snapshot
from chalicelib.casework.composing import derived
from chalicelib.casework.composing.derived import Derived, DerivedPart, Faults, Replayed
from chalicelib.casework.composing.erased import unless_erased
from chalicelib.features.deadlines import quarantine
from chalicelib.features.record.anchoring import LAST, last_anchor_key
from chalicelib.kit.instants import from_text
from chalicelib.store import keys, reads
from chalicelib.store.port import Entry


def _snapshot(record: Replayed) -> Faults:
    wanted = snapshot.entry(record.ref.tenant, record.case.complaint, record.case.policy)
    kept = partial(_is_quarantined, record, wanted)
    return derived.against(record.store, record.stored, Derived(wanted, kept))


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
    return derived.compared(record.store, map(Derived, entries.values()))


def _facts(record: Replayed) -> Faults:
    """Those of private values that do not open are left out: the verification reports the values. An erasure of values
    removes all."""
    if keys.is_unit(record.ref.number) or record.case.complaint.erased_at is not None:
        return iter(())
    wiring, filing = record.wiring, record.events[0]
    intake = wiring.compiled.get(record.ref.tenant, filing.policy).document.intake
    facts = {**filing.fields.get("facts", {}), **_filed_values(record)}
    names = fact_lookups.keys_by_value(wiring.secrets, record.ref.tenant, intake, facts, record.ref.number)
    return derived.missing(record.store, names, fact_lookups.entry, unless_erased(record.ref))


def _filed_values(record: Replayed) -> dict[str, Any]:
    found = record.store.get(private_values.keys_of_event(record.ref, 1))
    opened = (private_values.try_open(record.wiring.sealer, record.ref, entry) for entry in found.values())
    return {name: content for value in opened if value is not None for name, content in value.values.items()}


@cache
def parts() -> tuple[DerivedPart, ...]:
    """In order. First the snapshots: all are computed from the events, but some are written from the stored state. Of
    the features' parts, those that reactions write come last."""
    return (
        DerivedPart("snapshots", _snapshot, kinds=(snapshot.KIND, snapshot.UNIT_KIND)),
        DerivedPart("facts", _facts, lookups=("subject", "phone", "email")),
        *sorted(composition.loaded("repairs"), key=attrgetter("late")),
        DerivedPart("anchor marks", _marks, lookups=("changed",)),
    )
