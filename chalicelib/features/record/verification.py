"""Verifies a record: detects events that were changed, removed, reordered, inserted or cut off (X.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from chalicelib.casework import private_values, replay
from chalicelib.casework.unit_access import UnitRequest, load_visible_unit
from chalicelib.casework.views.complaint_queries import ComplaintRequest, load_visible_complaint
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.complaints.state import Complaint
from chalicelib.features.record import anchor, anchoring, organisation_record
from chalicelib.features.record.anchor import Anchor
from chalicelib.features.record.anchoring import last_anchor_key
from chalicelib.features.record.verification_view import STATE, AnchorView, VerificationView
from chalicelib.kit import merkle
from chalicelib.kit.instants import HOUR, from_text
from chalicelib.kit.problem import LaterRelease
from chalicelib.store import event_log, keys, object_keys, reads
from chalicelib.store.event_log import Envelope, StoredRecord
from chalicelib.store.keys import CaseRef
from chalicelib.store.port import Entry
from chalicelib.tenants.organisation import Organisation
from chalicelib.tenants.people.queries import MemberRequest
from chalicelib.wiring import Wiring

NEWEST = 8
"""The number of latest anchors that are read for every record, whatever the table says."""
MOST_BEFORE = 24
"""The most earlier anchors that are read. The archive has all of them (`make verify-record`)."""
LATE = 2 * HOUR
"""The longest time between a record's first event and the first anchor that has the record."""


def verify_complaint(wiring: Wiring, request: ComplaintRequest) -> VerificationView:
    """Raises `Problem` as `load_visible_complaint`."""
    key = last_anchor_key(request.tenant, request.number)
    case = load_visible_complaint(wiring, request, [key]).case
    return verify(wiring, request.ref, case.complaint, case.entries.get(key), _stored(wiring, request.ref))


def verify_unit(wiring: Wiring, request: UnitRequest) -> VerificationView:
    """The same report for a unit's record, or that of the organisation's tasks. One without events is intact."""
    number = request.number
    key = last_anchor_key(request.tenant, number)
    unit = load_visible_unit(wiring.store, wiring.compiled, request, [key])
    state = None if unit.case is None else unit.case.complaint
    ref = CaseRef(request.tenant, number)
    return verify(wiring, ref, state, unit.entries.get(key), _stored(wiring, ref))


def verify_organisation(wiring: Wiring, request: MemberRequest) -> VerificationView:
    """The same report for the organisation's record. Raises `Problem("forbidden")`."""
    key = last_anchor_key(request.tenant, keys.ORGANISATION)
    org = organisation_record.authorized_organisation(wiring.store, wiring.compiled, request)
    ref = CaseRef(request.tenant, keys.ORGANISATION)
    return verify(wiring, ref, org, reads.find(wiring.store, key), _stored(wiring, ref))


def _stored(wiring: Wiring, ref: CaseRef) -> StoredRecord:
    return event_log.read_record(wiring.store, ref.pk, reads.PAGE_SIZE)


class _CheckedRecord(NamedTuple):
    """A record as the table has it. `number`: the aggregate; `last_anchor`: its `LastAnchor` item."""

    wiring: Wiring
    tenant: str
    number: str
    events: list[Envelope]
    private_values: list[Entry]
    last_anchor: Entry | None


def verify(
    wiring: Wiring,
    ref: CaseRef,
    state: Complaint | Organisation | None,
    last_anchor: Entry | None,
    stored: StoredRecord,
) -> VerificationView:
    """The report on a record that was read. `last_anchor`: the item of `last_anchor_key`. `state`: of the snapshot. The
    names in an organisation's state are only there, so just its head is compared."""
    events = list(map(event_log.decode_envelope, stored.events))
    record = _CheckedRecord(wiring, ref.tenant, ref.number, events, stored.private_values, last_anchor)
    broken = break_in_chain(events)
    head = events[-1]["hash"] if events else None
    anchored, newest = _find_anchor(record)
    is_current = head == (None if state is None else state.head)
    cut_off = not is_current or (anchored is not None and len(events) < (anchored.seq or 0))
    altered, missing = _private_value_faults(record)
    if isinstance(state, Complaint) and not state.later and broken is None and is_current:
        altered.extend(_state_faults(record, state, stored.events))
    overdue = anchored is None and _is_overdue(record, newest)
    has_fault = broken is not None or cut_off or bool(altered) or bool(missing) or overdue
    return VerificationView(
        number=ref.number,
        events=len(events),
        broken_at=None if broken is None else events[broken].get("id"),
        cut_off=cut_off,
        altered=altered,
        missing=missing,
        overdue=overdue,
        anchor=anchored,
        intact=not has_fault and (anchored is None or anchored.agrees),
    )


def _state_faults(record: _CheckedRecord, stored: Complaint, items: Sequence[Entry]) -> Iterator[str]:
    """Yields the first attribute of the snapshot that its events do not give. Its value may be personal data.

    Nothing is compared where only a later release knows what the events change.
    """
    compiled, events = record.wiring.compiled, event_log.events_in(record.events)
    try:
        replay.check_known(items, events)
        replayed = replay.state_of(record.number, events, lambda version: compiled.get(record.tenant, version))
    except LaterRelease:
        return
    name = replay.first_difference(stored, replayed)
    if name is not None:
        yield STATE + name


def _is_overdue(record: _CheckedRecord, newest: Sequence[Anchor]) -> bool:
    """True if an anchor must have the record by now. Called only when none is known to have it.

    The times in the table can be forged together with the record. Anchors cannot: each has the count of numbers issued,
    and every complaint with an issued number is anchored soon afterwards.
    """
    if not record.events or not newest:
        return False
    first_recorded = from_text(record.events[0]["recorded_at"])
    return _must_have(record.number, newest) or from_text(newest[0].at) - first_recorded > LATE


def _must_have(number: str, newest: Sequence[Anchor]) -> bool:
    """True if the first of these anchors, or an earlier one, must have the record. `newest`: latest first."""
    return any(from_text(newest[0].at) - from_text(made.at) > LATE and made.counts(number) for made in newest)


def _agrees(record: _CheckedRecord, made: Anchor) -> bool:
    """True if the record matches this anchor and the earlier ones with a head of it, back to its first anchor."""
    for _ in range(MOST_BEFORE):
        found = made.head_of(record.number)
        if found is None or not anchor.matches(found[1], record.events):
            return False
        if record.number not in made.before:
            return _may_be_first(record, made)
        previous = made.before[record.number]
        before = _read_anchor(record, previous) if previous < made.n else None
        if before is None:
            return False
        made = before
    return True


def _may_be_first(record: _CheckedRecord, made: Anchor) -> bool:
    """True if no earlier anchor has the record or must have it."""
    numbers = range(made.n - 1, max(made.n - 1 - NEWEST, 0), -1)
    older = [one for one in (_read_anchor(record, n) for n in numbers) if one is not None]
    earlier = [one for one in older if one.at < made.at]
    return not any(one.head_of(record.number) for one in older) and not (earlier and _must_have(record.number, earlier))


def _find_anchor(record: _CheckedRecord) -> tuple[AnchorView | None, list[Anchor]]:
    """Returns the report's `anchor`, and the anchors read to find it, latest first.

    The write-once objects decide, not the table. The record's `LastAnchor` item could have been changed to an older
    anchor, so the newest anchors are searched first. A missing or invalid anchor does not agree.
    """
    newest: list[Anchor] = []
    last = None if record.last_anchor is None else anchoring.LAST.read(record.last_anchor)
    for made in _newest_anchors(record, 0 if last is None else last.n):
        newest.append(made)
        if made.head_of(record.number) is not None:
            return _anchor_view(record, made), newest
    if last is None:
        return None, newest
    made_last = _read_anchor(record, last.n)
    if made_last is None or made_last.head_of(record.number) is None:
        return AnchorView(n=last.n, at=None, root=None, seq=None, path=[], agrees=False), newest
    return _anchor_view(record, made_last), newest


def _newest_anchors(record: _CheckedRecord, least: int) -> Iterator[Anchor]:
    """Latest first. Includes anchors after those in the table. `least`: the number of an anchor known to exist."""
    row = anchoring.latest_anchor(record.wiring.store, record.tenant)
    last = max(least, 0 if row is None else row.n)
    for _ in range(NEWEST):
        if _read_anchor(record, last + 1) is None:
            break
        last += 1
    anchors = (_read_anchor(record, n) for n in range(last, max(last - NEWEST, 0), -1))
    yield from (made for made in anchors if made is not None)


def _read_anchor(record: _CheckedRecord, n: int) -> Anchor | None:
    """None if the object is missing or is not a valid anchor."""
    try:
        return anchor.parse(record.wiring.vault.first(object_keys.anchor(record.tenant, n)) or b"")
    except (ValueError, msgspec.DecodeError):
        return None


def _anchor_view(record: _CheckedRecord, made: Anchor) -> AnchorView:
    found = made.head_of(record.number)
    assert found is not None
    position, head = found
    path = merkle.audit_path([each.leaf() for each in made.heads], position)
    agrees = _agrees(record, made)
    return AnchorView(n=made.n, at=made.at, root=made.root, seq=head.seq, path=path, agrees=agrees)


def _private_value_faults(record: _CheckedRecord) -> tuple[list[str], list[str]]:
    """Returns the ids of events with an altered value, and of events with a missing value that was not erased."""
    digests = {event.get("seq"): event.get("private", []) for event in record.events}
    ids = {event.get("seq"): str(event.get("id")) for event in record.events}
    altered, present = set(), set()
    for entry in record.private_values:
        seq, position = keys.private_place(entry.key)
        present.add((seq, position))
        recorded = digests.get(seq, [])
        value = private_values.try_open(record.wiring.sealer, CaseRef(record.tenant, record.number), entry)
        if value is None or position >= len(recorded) or recorded[position] != value.digest():
            altered.add(ids.get(seq, f"{seq:08d}"))
    erased = anchor.erased_before(record.events)
    missing = {
        ids[seq]
        for seq, recorded in digests.items()
        if (seq or 0) >= erased
        for position in range(len(recorded))
        if (seq, position) not in present
    }
    return sorted(altered), sorted(missing)
