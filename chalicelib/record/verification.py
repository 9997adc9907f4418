"""Verifying a record: whether anything of it was changed, removed, reordered, inserted or cut off since (X.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib import merkle
from chalicelib.casework import private_values
from chalicelib.casework.loading import read_items, unit_number
from chalicelib.casework.queries.complaint import ComplaintRequest, load_visible_complaint
from chalicelib.casework.unit_access import UnitRequest, load_visible_unit
from chalicelib.complaints.envelope import break_in_chain
from chalicelib.evidence.storage import object_keys
from chalicelib.instants import HOUR, from_text
from chalicelib.record import anchor, anchoring, organisation_record
from chalicelib.record.anchor import Anchor
from chalicelib.record.anchoring import LastAnchor, last_anchor_key
from chalicelib.store import keys
from chalicelib.wiring import Wiring

NEWEST = 8
"""Anchors that are read for a record, whatever the table says of it."""
MOST_BEFORE = 24
"""Anchors that are gone back to; the archive has all of them."""
LATE = 2 * HOUR
"""Between a record's first event and an anchor that must have seen it, or have one before it that has."""


def verify_complaint(wiring: Wiring, look: ComplaintRequest) -> dict[str, Any]:
    """`broken_at`: the first event whose hash, place or predecessor does not fit. `cut_off`: the last event is not
    the one that the snapshot ends with, or an anchor has seen more. `altered`: events beside which a private value is
    not what it was, or does not open; `missing`: those beside which one is gone. `overdue`: anchors were made since and
    none is known to have seen it. `anchor`: the last one that saw the record's head.
    """
    key = last_anchor_key(look.tenant, look.number)
    case = load_visible_complaint(wiring, look, [key]).case
    return _verified(wiring, look.tenant, look.number, case.complaint.head, case.entries.get(key))


def verify_unit(wiring: Wiring, looking: UnitRequest) -> dict[str, Any]:
    """The same of a unit's record. Nothing recorded yet is whole."""
    number = unit_number(looking.unit)
    key = last_anchor_key(looking.tenant, number)
    unit = load_visible_unit(wiring, looking, [key])
    head = None if unit.case is None else unit.case.complaint.head
    return _verified(wiring, looking.tenant, number, head, unit.entries.get(key))


def verify_organisation(wiring: Wiring, asked: organisation_record.OrganisationRecordRequest) -> dict[str, Any]:
    """The same of the organisation's own record. Raises `Problem("forbidden")`."""
    key = last_anchor_key(asked.tenant, keys.ORGANISATION)
    head = organisation_record.authorized_organisation(wiring, asked).head
    return _verified(wiring, asked.tenant, keys.ORGANISATION, head, wiring.store.get([key]).get(key))


def _verified(wiring: Wiring, tenant: str, number: str, snapshot_head: str | None, noted: Any) -> dict[str, Any]:
    recorded = read_items(wiring, keys.aggregate(tenant, number), keys.EVENTS)
    events: list[dict[str, Any]] = [msgspec.json.decode(entry.body) for entry in recorded]
    broken = break_in_chain(events)
    head = events[-1]["hash"] if events else None
    anchored, looked_into = _anchored(wiring, tenant, number, noted, events)
    short = anchored is not None and anchored["seq"] is not None and len(events) < anchored["seq"]
    altered, missing = _private(wiring, tenant, number, events)
    found = {
        "number": number,
        "events": len(events),
        "broken_at": None if broken is None else events[broken].get("id"),
        "cut_off": head != snapshot_head or short,
        "altered": altered,
        "missing": missing,
        "overdue": anchored is None and _overdue(number, events, looked_into),
        "anchor": anchored,
    }
    faults = [broken is not None, *(bool(found[name]) for name in ("cut_off", "altered", "missing", "overdue"))]
    return {**found, "intact": not any(faults) and (anchored is None or anchored["agrees"])}


def _overdue(number: str, events: Sequence[Mapping[str, Any]], newest: Sequence[Anchor]) -> bool:
    """Whether an anchor must have seen the record, and none is said to have.

    The table's times can be forged with the rest. What is written once cannot: an anchor counts the numbers that were
    given out, and whatever bears one is anchored soon after.
    """
    if not events or not newest:
        return False
    return _expected(number, newest) or from_text(newest[0].at) - from_text(events[0]["recorded_at"]) > LATE


def _expected(number: str, newest: Sequence[Anchor]) -> bool:
    """Whether the first of these, or one before it, must have seen it."""
    return any(from_text(newest[0].at) - from_text(made.at) > LATE and made.counts(number) for made in newest)


def _agrees(wiring: Wiring, tenant: str, number: str, made: Anchor, events: Sequence[dict[str, Any]]) -> bool:
    """Whether the record agrees with this anchor and with those in which its head was before, back to its first."""
    for _ in range(MOST_BEFORE):
        found = made.head_of(number)
        if found is None or not anchor.matches(found[1], events):
            return False
        if number not in made.before:
            return _may_be_new(wiring, tenant, number, made)
        before = _read(wiring, tenant, made.before[number]) if made.before[number] < made.n else None
        if before is None:
            return False
        made = before
    return True


def _may_be_new(wiring: Wiring, tenant: str, number: str, made: Anchor) -> bool:
    """Whether none of the anchors before this one has seen it, or must have."""
    numbers = range(made.n - 1, max(made.n - 1 - NEWEST, 0), -1)
    older = [one for one in (_read(wiring, tenant, n) for n in numbers) if one is not None]
    earlier = [one for one in older if one.at < made.at]
    return not any(one.head_of(number) for one in older) and not (earlier and _expected(number, earlier))


def _anchored(
    wiring: Wiring, tenant: str, number: str, entry: Any, events: list[dict[str, Any]]
) -> tuple[dict[str, Any] | None, list[Anchor]]:
    """What the write-once objects say, not what the table says of them; and those of the newest that were looked into.

    The table's note can be turned to an older anchor: so the newest ones are asked before it. An object that is gone,
    or is no anchor, agrees with nothing.
    """
    newest: list[Anchor] = []
    seen = None if entry is None else msgspec.json.decode(entry.body, type=LastAnchor)
    for made in _newest(wiring, tenant, 0 if seen is None else seen.n):
        newest.append(made)
        if made.head_of(number) is not None:
            return _view(wiring, tenant, made, number, events), newest
    if seen is None:
        return None, newest
    noted = _read(wiring, tenant, seen.n)
    if noted is None or noted.head_of(number) is None:
        return {"n": seen.n, "at": None, "root": None, "seq": None, "path": [], "agrees": False}, newest
    return _view(wiring, tenant, noted, number, events), newest


def _newest(wiring: Wiring, tenant: str, least: int) -> Iterator[Anchor]:
    """The newest first; those are looked for too that the table does not tell of."""
    row = anchoring.latest_anchor(wiring, tenant)
    last = max(least, 0 if row is None else row.n)
    for _ in range(NEWEST):
        if _read(wiring, tenant, last + 1) is None:
            break
        last += 1
    every = (_read(wiring, tenant, n) for n in range(last, max(last - NEWEST, 0), -1))
    yield from (made for made in every if made is not None)


def _read(wiring: Wiring, tenant: str, n: int) -> Anchor | None:
    try:
        return anchor.parse(wiring.vault.first(object_keys.anchor(tenant, n)) or b"")
    except (ValueError, msgspec.DecodeError):
        return None


def _view(wiring: Wiring, tenant: str, made: Anchor, number: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    """With the head's audit path to the root."""
    found = made.head_of(number)
    assert found is not None
    position, head = found
    path = merkle.audit_path([each.leaf() for each in made.heads], position)
    agrees = _agrees(wiring, tenant, number, made, events)
    return {"n": made.n, "at": made.at, "root": made.root, "seq": head.seq, "path": path, "agrees": agrees}


def _private(
    wiring: Wiring, tenant: str, number: str, events: Sequence[Mapping[str, Any]]
) -> tuple[list[str], list[str]]:
    """The events beside which a value is not what it was; and those beside which one is gone."""
    digests = {event.get("seq"): event.get("private", []) for event in events}
    ids = {event.get("seq"): str(event.get("id")) for event in events}
    altered, there = set(), set()
    for entry in read_items(wiring, keys.aggregate(tenant, number), keys.PRIVATE_VALUES):
        _, seq, position = entry.key.sk.split("#")
        there.add((int(seq), int(position)))
        told = digests.get(int(seq), [])
        value = private_values.try_open(wiring, tenant, number, entry)
        if value is None or int(position) >= len(told) or told[int(position)] != value.digest():
            altered.add(ids.get(int(seq), seq))
    gone = {ids[seq] for seq, told in digests.items() for place in range(len(told)) if (seq, place) not in there}
    return sorted(altered), sorted(gone)
