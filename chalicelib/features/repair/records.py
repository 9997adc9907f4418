"""The faults of one complaint or unit: its events are read once, and each part is compared with what they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from chalicelib.casework import loading, replay, snapshot
from chalicelib.casework.composing.derived import DerivedFault, DerivedPart, Faults, Replayed
from chalicelib.casework.loading import Case
from chalicelib.complaints.envelope import Event, break_in_chain
from chalicelib.features.record.anchoring import LAST, last_anchor_key
from chalicelib.features.repair.parts import parts
from chalicelib.kit.instants import HOUR, Instant, from_text
from chalicelib.kit.problem import LaterRelease, Problem
from chalicelib.store import event_log
from chalicelib.store.event_log import Envelope
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry
from chalicelib.store.stored_form import Damaged
from chalicelib.wiring import Wiring

GRACE = HOUR
"""For which a check leaves a record to the reactions to its last event."""
_UNREADABLE = (Damaged, msgspec.MsgspecError, LookupError, TypeError, ValueError, Problem)
"""Raised for what cannot be decoded or computed. The store raises other errors, after which the step is tried again."""


def of_record(wiring: Wiring, ref: CaseRef, now: Instant, *, checks: bool) -> Faults:
    """Yields nothing for a number without a complaint, and for a unit about which nothing has happened.

    If events are missing or do not verify, that is the only fault. The caller binds the tenant.
    """
    key, last_key = snapshot.key(ref), last_anchor_key(*ref)
    entries = wiring.store.get([key, last_key])  # before the events, which are then not older
    stored = entries.get(key)
    try:
        items = list(event_log.read_entries(wiring.store, ref.pk))
        envelopes = list(map(event_log.decode_envelope, items))
    except Damaged:
        yield DerivedFault("events", "one cannot be read", None)
        return
    why = _broken(envelopes, stored, entries.get(last_key))
    if why:
        yield DerivedFault("events", why, None)
    elif envelopes:
        yield from _of_events(wiring, ref, items, stored, now if checks else None)


def _broken(envelopes: list[Envelope], stored: Entry | None, last_anchor: Entry | None) -> str:
    broken = break_in_chain(envelopes)
    if broken is not None:
        return f"event {broken + 1} is missing or does not verify"
    for name, least in _claimed(stored, last_anchor):
        if least > len(envelopes):
            return f"{name} has event {least}, but the record ends at event {len(envelopes)}"
    return ""


def _claimed(stored: Entry | None, last_anchor: Entry | None) -> Iterator[tuple[str, int]]:
    """How many events the record must have at least."""
    if stored is not None and stored.kind in (snapshot.KIND, snapshot.UNIT_KIND):
        yield "the snapshot", max(stored.version or 0, stored.seq or 0, 1)
    if last_anchor is not None:
        try:
            yield "an anchor", LAST.read(last_anchor).seq
        except Damaged:
            return  # the anchors themselves tell, and the repair has compared them before


def _of_events(
    wiring: Wiring, ref: CaseRef, items: list[Entry], stored: Entry | None, checked_at: Instant | None
) -> Faults:
    """`checked_at`: the time of a check; None if the faults are mended."""
    try:
        events = list(map(event_log.decode, items))
        replay.check_known(items, events)
        record = _replayed(wiring, ref, events, stored)
    except LaterRelease as later:
        yield DerivedFault("record", str(later.detail), None, is_later=True)
        return
    except _UNREADABLE as error:
        yield DerivedFault("events", f"give no state ({type(error).__name__})", None)
        return
    is_fresh = checked_at is not None and from_text(record.events[-1].recorded_at) > checked_at - GRACE
    for part in parts():
        if not (part.late and is_fresh):
            yield from _of_part(part, record)


def _replayed(wiring: Wiring, ref: CaseRef, events: Sequence[Event], stored: Entry | None) -> Replayed:
    """Raises the errors of the compiler, and `LaterRelease` if this release does not know the whole of a policy under
    which the record stands or stood."""
    compiled = wiring.compiled
    state = replay.state_of(ref.number, events, lambda version: compiled.get(ref.tenant, version))
    policy = loading.policy_of(compiled, ref.tenant, state)
    named = (*(event.policy for event in events), policy.version, *(one.version for one in policy.carried.values()))
    for version in dict.fromkeys(named):
        replay.check_words(compiled.get(ref.tenant, version))
    return Replayed(wiring, ref, events, stored, Case(state, {}, lambda: policy))


def _of_part(part: DerivedPart, record: Replayed) -> Faults:
    try:
        yield from part.of_record(record)
    except LaterRelease as later:
        yield DerivedFault(part.name, str(later.detail), None, is_later=True)
    except _UNREADABLE as error:
        yield DerivedFault(part.name, f"cannot be compared ({type(error).__name__})", None)
